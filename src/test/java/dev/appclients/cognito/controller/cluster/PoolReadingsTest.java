package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolFacts;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A read of a pool ends at any point of the look at its result. */
class PoolReadingsTest {

    private static final PoolFacts USED = facts("https://issuer");

    private final List<ResourceID> wokenPools = new ArrayList<>();
    private final List<ResourceID> wokenClients = new ArrayList<>();
    private final PoolReadings readings = new PoolReadings(wokenPools::add, wokenClients::add);
    private final UserPoolClient client = new UserPoolClient();

    @ParameterizedTest
    @CsvSource({"https://issuer", "https://another"})
    void aClientWaitsOnlyForAReadThatHasNotEnded(String issuer) {
        client.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("web").build());
        int looks = 0;
        boolean duringTheLook;
        do {
            wokenPools.clear();
            wokenClients.clear();
            readings.forget("uid");
            ReadMeanwhile read = new ReadMeanwhile(++looks, facts(issuer));

            boolean awaited = awaits(read.pool);

            duringTheLook = read.isRead;
            if (!duringTheLook) {
                read.read();
            }
            assertThat(readings.hasWaiters(read.pool))
                    .as("after look %d", looks)
                    .isFalse();
            if (awaited) {
                assertThat(wokenClients).as("after look %d", looks).hasSize(1);
            }
        } while (duringTheLook);
        assertThat(looks).as("points at which the read ended").isGreaterThan(4);
        assertThat(wokenPools).hasSize(1);
    }

    private boolean awaits(ClusterUserPool pool) {
        try {
            readings.require(pool, USED, client);
            return false;
        } catch (PoolUnread unread) {
            return !unread.isOvertaken();
        }
    }

    private static PoolFacts facts(String issuer) {
        return new PoolFacts(
                new PoolArn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123"),
                issuer,
                null,
                "ESSENTIALS",
                PoolAttributes.of(Set.of(), Set.of(), Set.of()));
    }

    /** The metadata of a pool that another thread reads when its UID is looked at for the nth time. */
    private final class ReadMeanwhile extends ObjectMeta {

        private final ClusterUserPool pool = new ClusterUserPool();
        private final PoolFacts found;
        private int looksLeft;
        private boolean isRead;

        private ReadMeanwhile(int look, PoolFacts found) {
            this.looksLeft = look;
            this.found = found;
            setName("customers");
            setGeneration(1L);
            pool.setMetadata(this);
        }

        @Override
        public String getUid() {
            if (--looksLeft == 0) {
                read();
            }
            return "uid";
        }

        private void read() {
            looksLeft = 0;
            isRead = true;
            readings.recordRead(pool, found);
        }
    }
}
