package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;

/** The journal records every call and never a secret value. */
class JournalTest extends WithSimulator {

    @Test
    void everyCallIsRecordedWithItsCallerAndClient() {
        var client = Sdk.create(cognito, r -> r.generateSecret(true));
        Sdk.describe(cognito, client.clientId());

        assertThat(simulator.journal().entries()).hasSize(2);
        var create = simulator.journal().entries().getFirst();
        assertThat(create.operation()).isEqualTo("CreateUserPoolClient");
        assertThat(create.number()).isEqualTo(1);
        assertThat(create.caller()).isEqualTo("arn:aws:iam::123456789012:user/AKIADUMMY");
        assertThat(create.region()).isEqualTo("eu-west-1");
        assertThat(create.poolId()).isEqualTo(Sdk.POOL);
        assertThat(create.clientId()).isEqualTo(client.clientId());
        assertThat(create.clientName()).isEqualTo("web");
        assertThat(create.outcome()).isEqualTo(JournalEntry.OK);
        assertThat(create.committed()).isTrue();
        var describe = simulator.journal().entries().getLast();
        assertThat(describe.clientId()).isEqualTo(client.clientId());
        assertThat(describe.committed()).as("a read changes nothing").isFalse();
    }

    @Test
    void aRefusedCallIsRecordedWithItsErrorCode() {
        catchThrowable(() -> Sdk.create(cognito, r -> r.callbackURLs("nowhere")));

        assertThat(simulator.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("InvalidParameterException");
            assertThat(entry.committed()).isFalse();
        });
    }

    @Test
    void noSecretValueAppearsInJournalStateOrMessages() {
        var custom = "chosen_by_the_caller_0123456789";
        var generated = Sdk.create(cognito, r -> r.generateSecret(true)).clientSecret();
        Sdk.create(cognito, r -> r.clientSecret(custom));
        var refused = catchThrowable(() -> Sdk.create(cognito, r -> r.clientSecret(custom + "-!")));
        var wire = new Wire(simulator);

        assertThat(wire.admin("GET", "/_journal", "").body()
                        + wire.admin("GET", "/_state", "").body()
                        + simulator.journal().entries()
                        + simulator.clients(Sdk.POOL)
                        + refused.getMessage())
                .contains("web")
                .doesNotContain(generated)
                .doesNotContain(custom);
    }

    @Test
    void overHttpTheJournalHasOneCallPerLineAndCanBeFollowedAndCleared() throws Exception {
        Sdk.create(cognito, r -> r);
        Sdk.create(cognito, r -> r);
        var wire = new Wire(simulator);

        var lines = wire.admin("GET", "/_journal", "").body().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(Json.MAPPER.readTree(lines.get(1)).path("number").asInt()).isEqualTo(2);
        assertThat(wire.admin("GET", "/_journal?since=1", "").body().lines()).hasSize(1);

        wire.admin("DELETE", "/_journal", "");
        assertThat(wire.admin("GET", "/_journal", "").body()).isEmpty();
        Sdk.create(cognito, r -> r);
        assertThat(simulator.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.seq()).isEqualTo(3);
            assertThat(entry.number()).isEqualTo(3);
        });
    }

    @Test
    void aCallWithAnUnrecognisedKeyIsRecordedToo() {
        simulator.switches().set(Switch.UNCONFIGURED_KEYS_ACCEPTED, false);
        CognitoIdentityProviderClient stranger = cognito;

        catchThrowable(() -> Sdk.create(stranger, r -> r));

        assertThat(simulator.journal().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.outcome()).isEqualTo("UnrecognizedClientException");
            assertThat(entry.caller()).isEqualTo("anonymous");
        });
    }
}
