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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A read of a pool ends at any point of the look at its result, and a client looks at any point of its end. */
class PoolReadingsTest {

    private static final PoolFacts USED = facts("https://issuer");

    private final List<ResourceID> wokenPools = new ArrayList<>();
    private final List<ResourceID> wokenClients = new ArrayList<>();
    private final PoolReadings readings = new PoolReadings(wokenPools::add, wokenClients::add);
    private final UserPoolClient client = web();

    @ParameterizedTest
    @CsvSource({"https://issuer", "https://another"})
    void aClientWaitsOnlyForAReadThatHasNotEnded(String issuer) {
        int looks = 0;
        boolean duringTheLook;
        do {
            forgetAll();
            Meanwhile read = new Meanwhile(++looks, pool -> readings.recordRead(pool, facts(issuer)));

            boolean awaited = awaits(read.pool);

            duringTheLook = read.happened;
            if (!duringTheLook) {
                read.happen();
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

    @Test
    void aWaitingClientLearnsOfAFailedReadWheneverItFails() {
        int looks = 0;
        boolean duringTheLook;
        do {
            forgetAll();
            Meanwhile failure = new Meanwhile(++looks, readings::recordFailure);

            boolean told = isToldOfTheFailure(failure.pool);

            duringTheLook = failure.happened;
            if (!duringTheLook) {
                failure.happen();
            }
            assertThat(told || !wokenClients.isEmpty())
                    .as("told or woken after look %d", looks)
                    .isTrue();
        } while (duringTheLook);
        assertThat(looks).as("points at which the read failed").isGreaterThan(4);
    }

    @Test
    void aFailedReadReachesAClientThatBeginsToWaitMeanwhile() {
        int looks = 0;
        boolean duringTheEnd;
        do {
            forgetAll();
            AtomicBoolean told = new AtomicBoolean();
            Meanwhile join = new Meanwhile(++looks, pool -> told.set(isToldOfTheFailure(pool)));

            readings.recordFailure(join.pool);

            duringTheEnd = join.happened;
            if (!duringTheEnd) {
                join.happen();
            }
            assertThat(told.get() || !wokenClients.isEmpty())
                    .as("told or woken after look %d", looks)
                    .isTrue();
        } while (duringTheEnd);
        assertThat(looks).as("points at which the client began to wait").isGreaterThan(2);
    }

    private void forgetAll() {
        wokenPools.clear();
        wokenClients.clear();
        readings.forget("uid");
    }

    private boolean isToldOfTheFailure(ClusterUserPool pool) {
        try {
            readings.require(pool, USED, client);
            return false;
        } catch (PoolUnread unread) {
            return unread.isFailing();
        }
    }

    private boolean awaits(ClusterUserPool pool) {
        try {
            readings.require(pool, USED, client);
            return false;
        } catch (PoolUnread unread) {
            return !unread.isOvertaken();
        }
    }

    private static UserPoolClient web() {
        UserPoolClient web = new UserPoolClient();
        web.setMetadata(
                new ObjectMetaBuilder().withNamespace("shop").withName("web").build());
        return web;
    }

    private static PoolFacts facts(String issuer) {
        return new PoolFacts(
                new PoolArn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_AbCdEf123"),
                issuer,
                null,
                "ESSENTIALS",
                PoolAttributes.of(Set.of(), Set.of(), Set.of()));
    }

    /** The metadata of a pool on which another thread acts when its UID is looked at for the nth time. */
    private static final class Meanwhile extends ObjectMeta {

        private final ClusterUserPool pool = new ClusterUserPool();
        private final Consumer<ClusterUserPool> action;
        private int looksLeft;
        private boolean happened;

        private Meanwhile(int look, Consumer<ClusterUserPool> action) {
            this.looksLeft = look;
            this.action = action;
            setName("customers");
            setGeneration(1L);
            pool.setMetadata(this);
        }

        @Override
        public String getUid() {
            if (--looksLeft == 0) {
                happen();
            }
            return "uid";
        }

        private void happen() {
            looksLeft = 0;
            happened = true;
            action.accept(pool);
        }
    }
}
