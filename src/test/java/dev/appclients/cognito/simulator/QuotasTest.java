package dev.appclients.cognito.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cognitoidentityprovider.CognitoIdentityProviderClient;
import software.amazon.awssdk.services.cognitoidentityprovider.model.LimitExceededException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** Request rates and the client limit of a pool. */
class QuotasTest extends WithSimulator {

    /** Slow enough that no token is refilled during a test. */
    private static final double FROZEN_RATE_OF_ALL_BUT_ONE = 1e-9;

    @Test
    void oneOperationOnOnePoolHasFiveRequestsPerSecond() {
        var now = Instant.now();
        try (var still = Simulator.start(0, () -> now);
                var client = Sdk.cognito(still)) {
            still.pool(Sdk.POOL);

            assertThat(passed(20, Sdk.POOL, client)).isEqualTo(5);
            still.clock().advance(Duration.ofMillis(400));
            assertThat(passed(20, Sdk.POOL, client)).isEqualTo(2);
            still.clock().advance(Duration.ofHours(1));
            assertThat(passed(20, Sdk.POOL, client))
                    .as("a bucket holds the requests of one second")
                    .isEqualTo(5);
        }
    }

    @Test
    void aCategoryIsSharedByThePoolsOfAnAccountAndRegion() {
        simulator.quotas().on();
        simulator.quotas().rate(Category.USER_POOL_CLIENT_READ, FROZEN_RATE_OF_ALL_BUT_ONE);
        simulator.pool("eu-west-1_Other");

        assertThat(passed(1, Sdk.POOL, cognito)).isEqualTo(1);
        assertThat(passed(1, "eu-west-1_Other", cognito)).isZero();
    }

    @Test
    void threePoolsTogetherHaveFifteenRequestsPerSecond() {
        var now = Instant.now();
        try (var still = Simulator.start(0, () -> now);
                var client = Sdk.cognito(still)) {
            var pools = List.of("eu-west-1_A", "eu-west-1_B", "eu-west-1_C", "eu-west-1_D");
            pools.forEach(still::pool);

            assertThat(pools.stream().map(pool -> passed(6, pool, client))).containsExactly(5L, 5L, 5L, 0L);
        }
    }

    @Test
    void everyAccountAndRegionHasItsOwnQuota() {
        simulator.quotas().on();
        simulator.quotas().rate(Category.USER_POOL_CLIENT_READ, FROZEN_RATE_OF_ALL_BUT_ONE);
        simulator.access().key("AKIATHEIRS", "999999999999", "them");
        simulator.pool("eu-west-1_Theirs").account("999999999999");
        simulator.pool("us-east-1_Far");
        assertThat(passed(1, Sdk.POOL, cognito)).isEqualTo(1);

        try (var theirs = Sdk.cognito(simulator, Sdk.key("AKIATHEIRS"), Region.EU_WEST_1);
                var far = Sdk.cognito(simulator, Sdk.key("AKIADUMMY"), Region.US_EAST_1)) {
            assertThat(passed(1, "eu-west-1_Theirs", theirs)).isEqualTo(1);
            assertThat(passed(1, "us-east-1_Far", far)).isEqualTo(1);
        }
    }

    @Test
    void readsAndWritesDoNotShareACategory() {
        simulator.quotas().on();
        simulator.quotas().rate(Category.USER_POOL_CLIENT_READ, FROZEN_RATE_OF_ALL_BUT_ONE);
        passed(2, Sdk.POOL, cognito);

        assertThatCode(() -> Sdk.create(cognito, r -> r)).doesNotThrowAnyException();
    }

    @Test
    void aThrottledCallIsRefusedAndChangesNothing() {
        simulator.quotas().on();
        simulator.quotas().rate(Category.USER_POOL_CLIENT_UPDATE, FROZEN_RATE_OF_ALL_BUT_ONE);
        Sdk.create(cognito, r -> r);

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(TooManyRequestsException.class);
        assertThat(simulator.clients(Sdk.POOL)).hasSize(1);
        assertThat(simulator.journal().of("CreateUserPoolClient"))
                .extracting(JournalEntry::outcome)
                .containsExactly("OK", "TooManyRequestsException");
    }

    @Test
    void aLargerScaleAdmitsMore() {
        simulator.quotas().scale(100);
        simulator.quotas().on();

        assertThat(passed(50, Sdk.POOL, cognito)).isEqualTo(50);
    }

    @Test
    void quotasThatAreOffLimitNothing() {
        assertThat(passed(50, Sdk.POOL, cognito)).isEqualTo(50);
    }

    @Test
    void aPoolHoldsAThousandClientsByDefault() {
        IntStream.range(0, 1000).forEach(i -> simulator.createForeignClient(Sdk.POOL, "client"));

        assertThatThrownBy(() -> Sdk.create(cognito, r -> r)).isInstanceOf(LimitExceededException.class);
        simulator.deleteClient(Sdk.POOL, simulator.clients(Sdk.POOL).getFirst().clientId());
        assertThatCode(() -> Sdk.create(cognito, r -> r)).doesNotThrowAnyException();
        simulator.pool(Sdk.POOL).clientLimit(1001);
        assertThatCode(() -> Sdk.create(cognito, r -> r)).doesNotThrowAnyException();
    }

    private static long passed(int calls, String pool, CognitoIdentityProviderClient client) {
        return IntStream.range(0, calls)
                .filter(i -> {
                    try {
                        client.listUserPoolClients(r -> r.userPoolId(pool));
                        return true;
                    } catch (TooManyRequestsException e) {
                        return false;
                    }
                })
                .count();
    }
}
