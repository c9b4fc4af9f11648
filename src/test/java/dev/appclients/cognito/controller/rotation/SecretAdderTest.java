package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.CallCancelled;
import dev.appclients.cognito.controller.rotation.StoredRecord.Found;
import dev.appclients.cognito.controller.rotation.StoredRecord.Version;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.Cause;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.rotation.RotationValues;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The age of the listing at which a secret is still added, in virtual time. */
class SecretAdderTest {

    private static final PoolId POOL = new PoolId("eu-west-1_AbCdEfGhI");

    private final RotationPasses time = new RotationPasses();
    private final List<Boolean> wanted = new ArrayList<>();
    private Duration queued = Duration.ZERO;

    private final AppClients clients = (AppClients) Proxy.newProxyInstance(
            AppClients.class.getClassLoader(), new Class<?>[] {AppClients.class}, (proxy, method, arguments) -> {
                time.pass(queued);
                wanted.add(((BooleanSupplier) arguments[3]).getAsBoolean());
                throw new CallCancelled(method.getName());
            });

    private final SecretAdder adder =
            new SecretAdder(clients, new RotationRecords(null, time.memory), null, () -> time.nanos);

    @Test
    void aSecretIsAddedWithinThirtySecondsOfTheListing() {
        RotationPass pass = staged();
        time.pass(Duration.ofSeconds(15));
        queued = Duration.ofSeconds(14);

        assertThatThrownBy(() -> adder.add(pass)).isInstanceOf(CallCancelled.class);

        assertThat(wanted).containsExactly(true);
    }

    @Test
    void theTimeUntilTheCallIsQueuedCountsToo() {
        RotationPass pass = staged();
        time.pass(Duration.ofSeconds(15));
        queued = Duration.ofSeconds(15);

        assertThatThrownBy(() -> adder.add(pass)).isInstanceOf(CallCancelled.class);

        assertThat(wanted).containsExactly(false);
        assertThat(pass.memory().untilSettled(pass.version()))
                .as("no call was made")
                .isZero();
        assertThat(pass.memory().untilAdd()).isZero();
    }

    private RotationPass staged() {
        SecretListing listing = new SecretListing(List.of(new SecretId("A", time.now)), time.now);
        RotationRecord staged =
                RotationRecord.original(new SecretId("A", time.now)).staged(Cause.REQUEST, "monday", listing);
        RotationPass pass = time.pass(RotationPasses.UID, POOL, staged, "", "");
        ClientSecret next = new ClientSecret("n".repeat(48));
        pass.stored(new Found(staged, new Version("record", "1"), new RotationValues(null, next, null)));
        pass.listed(listing, time.nanos);
        return pass;
    }
}
