package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.model.OperationNotEnabledException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceNotFoundException;

/** The life cycle of a client, and the errors for pools and clients that are not found. */
class LifecycleTest extends WithSimulator {

    @Test
    void aClientIsCreatedDescribedListedAndDeleted() {
        var created = Sdk.create(cognito, r -> r.generateSecret(true));

        assertThat(created.clientId()).matches("[0-9a-z]{26}");
        assertThat(created.clientSecret()).isNotBlank();
        assertThat(Sdk.describe(cognito, created.clientId())).isEqualTo(created);
        var listed = cognito.listUserPoolClients(r -> r.userPoolId(Sdk.POOL).maxResults(60));
        assertThat(listed.userPoolClients()).singleElement().satisfies(item -> {
            assertThat(item.clientId()).isEqualTo(created.clientId());
            assertThat(item.clientName()).isEqualTo("web");
            assertThat(item.userPoolId()).isEqualTo(Sdk.POOL);
        });

        cognito.deleteUserPoolClient(r -> r.userPoolId(Sdk.POOL).clientId(created.clientId()));

        assertThatThrownBy(() -> Sdk.describe(cognito, created.clientId()))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("User pool client " + created.clientId() + " does not exist.");
        assertThat(simulator.clients(Sdk.POOL)).isEmpty();
    }

    @Test
    void namesAreNotUniqueAndCreateIsNotIdempotent() {
        Sdk.create(cognito, r -> r);
        Sdk.create(cognito, r -> r);

        assertThat(simulator.clients(Sdk.POOL)).extracting(AppClient::name).containsExactly("web", "web");
    }

    @Test
    void aPublicClientHasNoSecret() {
        assertThat(Sdk.create(cognito, r -> r).clientSecret()).isNull();
    }

    @Test
    void theSwitchForShortIdsShortensClientIds() {
        simulator.switches().set(Switch.SHORT_CLIENT_IDS, true);

        assertThat(Sdk.create(cognito, r -> r).clientId()).matches("[0-9a-z]{25}");
    }

    @Test
    void aCustomSecretIsDescribedOnlyIfItsSwitchIsOn() {
        var secret = "chosen_by_the_caller_0123456789";
        var id = Sdk.create(cognito, r -> r.clientSecret(secret)).clientId();

        assertThat(Sdk.describe(cognito, id).clientSecret()).isNull();
        simulator.switches().set(Switch.CUSTOM_SECRET_ECHOED, true);
        assertThat(Sdk.describe(cognito, id).clientSecret()).isEqualTo(secret);
    }

    @Test
    void theErrorForAMissingPoolNamesThePool() {
        assertThatThrownBy(() -> cognito.listUserPoolClients(r -> r.userPoolId("eu-west-1_Gone")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("User pool eu-west-1_Gone does not exist.");
    }

    @Test
    void aPoolOfAnotherAccountIsNotFoundWithOrWithoutNamingTheAccount() {
        simulator.pool("eu-west-1_Theirs").account("999999999999");

        assertThatThrownBy(() -> cognito.describeUserPool(r -> r.userPoolId("eu-west-1_Theirs")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("in account 123456789012");
        simulator.switches().set(Switch.WRONG_ACCOUNT_LOOKS_LIKE_A_MISSING_POOL, true);
        assertThatThrownBy(() -> cognito.describeUserPool(r -> r.userPoolId("eu-west-1_Theirs")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("User pool eu-west-1_Theirs does not exist.");
    }

    @Test
    void aPoolInAnotherRegionIsNotFoundOrNotEnabled() {
        try (var elsewhere = Sdk.cognito(simulator, Sdk.key("AKIADUMMY"), Region.US_EAST_1)) {
            assertThatThrownBy(() -> elsewhere.describeUserPool(r -> r.userPoolId(Sdk.POOL)))
                    .isInstanceOf(ResourceNotFoundException.class);
            simulator.switches().set(Switch.WRONG_REGION_IS_NOT_ENABLED, true);
            assertThatThrownBy(() -> elsewhere.describeUserPool(r -> r.userPoolId(Sdk.POOL)))
                    .isInstanceOf(OperationNotEnabledException.class);
        }
    }

    @Test
    void datesComeFromTheServicesOwnClock() {
        simulator.clock().skew(Duration.ofDays(-30));

        var client = Sdk.create(cognito, r -> r);

        assertThat(client.creationDate())
                .isBetween(
                        Instant.now().minus(Duration.ofDays(31)), Instant.now().minus(Duration.ofDays(29)));
        var date = cognito.describeUserPool(r -> r.userPoolId(Sdk.POOL))
                .sdkHttpResponse()
                .firstMatchingHeader("Date")
                .orElseThrow();
        assertThat(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant())
                .isBefore(Instant.now().minus(Duration.ofDays(29)));
    }
}
