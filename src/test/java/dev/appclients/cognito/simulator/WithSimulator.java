package dev.appclients.cognito.simulator;

import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** A simulator without quotas, a pool with the resources that a client can refer to, and a client of the real SDK. */
abstract class WithSimulator {

    final Simulator simulator = Simulator.start();
    final CognitoIdentityProviderClient cognito = Sdk.cognito(simulator);

    @BeforeEach
    final void preparePool() {
        simulator.quotas().off();
        simulator
                .pool(Sdk.POOL)
                .resourceServer("orders", "read", "write")
                .identityProvider("Google", "Google")
                .attribute("email", true, true)
                .attribute("custom:tenant", true, false)
                .attribute("custom:fixed", false, false);
    }

    @AfterEach
    final void stop() {
        cognito.close();
        simulator.close();
    }

    /** Sets these switches to the opposite of their defaults. */
    final void flip(Set<Switch> switches) {
        switches.forEach(each -> simulator.switches().set(each, !each.initially()));
    }
}
