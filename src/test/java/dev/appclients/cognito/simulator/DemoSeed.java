package dev.appclients.cognito.simulator;

/** The initial state of {@code make run}: an account with two pools. */
final class DemoSeed {

    private static final String ACCOUNT = "111122223333";

    private DemoSeed() {}

    static void load(Simulator simulator) {
        simulator.access().defaultAccount(ACCOUNT);
        simulator
                .pool("eu-west-1_Customers")
                .tier("ESSENTIALS")
                .prefixDomain("customers")
                .resourceServer("orders", "read", "write")
                .identityProvider("Google", "Google")
                .identityProvider("CorpSAML", "SAML")
                .attribute("custom:tenant", true, false);
        simulator.pool("eu-west-1_Staff").tier("LITE");
    }
}
