package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.controller.reconcile.AwsWaitLimit.Group;
import dev.appclients.cognito.controller.reconcile.RunningPass.Caller;
import dev.appclients.cognito.model.PoolId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Checks which reconciliations may call AWS or wait when there are too many. */
class AwsWaitLimitTest {

    private static final PoolId SHOP = new PoolId("eu-west-1_Shop");
    private static final Group BUSY = new Group(SHOP, "busy", Priority.USER);
    private static final Group OTHER = new Group(SHOP, "other", Priority.USER);

    private final List<String> woken = new ArrayList<>();
    private AwsWaitLimit limit = new AwsWaitLimit(12);

    @Test
    void oneGroupAloneGetsHalfOfThePlaces() {
        assertThat(entered(BUSY, "busy", 100)).isEqualTo(6);
        assertThat(limit.inside()).isEqualTo(6);
        assertThat(limit.outside()).isEqualTo(94);
    }

    @Test
    void theFirstOfAnotherNamespaceGetsAPlaceWhileManyWait() {
        entered(BUSY, "busy", 100);

        assertThat(enter(OTHER, "first")).isTrue();
    }

    @Test
    void aCallForAUserGetsAPlaceWhileDriftChecksOfTheSameNamespaceWait() {
        entered(new Group(SHOP, "busy", Priority.DRIFT), "drift", 100);

        assertThat(enter(BUSY, "edit")).isTrue();
    }

    @Test
    void anotherPoolOfTheSameNamespaceGetsAPlace() {
        entered(BUSY, "busy", 100);

        assertThat(enter(new Group(new PoolId("eu-west-1_Staff"), "busy", Priority.USER), "staff"))
                .isTrue();
    }

    @Test
    void aFreedPlaceGoesToTheNextObjectWhichIsWoken() {
        entered(BUSY, "busy", 8);

        limit.leave("busy0");

        assertThat(woken).containsExactly("busy6");
        assertThat(enter(BUSY, "busy6")).isTrue();
        assertThat(enter(BUSY, "busy7")).isFalse();
    }

    @Test
    void aPlaceIsReservedForAWokenObject() {
        entered(BUSY, "busy", 8);
        limit.leave("busy0");

        assertThat(enter(BUSY, "newcomer")).isFalse();
        assertThat(enter(BUSY, "busy6")).isTrue();
    }

    @Test
    void thePlaceOfAWokenObjectThatNeedsNoCallGoesToTheNext() {
        entered(BUSY, "busy", 8);
        limit.leave("busy0");

        limit.leave("busy6");

        assertThat(woken).containsExactly("busy6", "busy7");
    }

    @Test
    void anObjectThatAsksAgainKeepsItsPositionInTheQueue() {
        entered(BUSY, "busy", 8);
        assertThat(enter(BUSY, "busy6")).isFalse();

        limit.leave("busy0");

        assertThat(woken).containsExactly("busy6");
        assertThat(limit.outside()).isEqualTo(1);
    }

    @Test
    void aDeletedObjectIsRemovedFromTheQueue() {
        entered(BUSY, "busy", 8);

        limit.leave("busy6");
        limit.leave("busy0");

        assertThat(woken).containsExactly("busy7");
    }

    @Test
    void groupsAreWokenRoundRobin() {
        limit = new AwsWaitLimit(4);
        entered(BUSY, "busy", 10);
        entered(OTHER, "other", 10);
        List<String> turns = new ArrayList<>();
        for (String inside : List.of("busy0", "busy1", "other0")) {
            limit.leave(inside);
        }
        turns.addAll(woken);

        assertThat(turns).contains("busy2", "other1");
    }

    /** Random sequences never exceed the places, leave no object waiting while a place is free for it, and leave no entry behind. */
    @Test
    void noSequenceOfEventsLosesAnObjectOrExceedsThePlaces() {
        Random random = new Random(5);
        limit = new AwsWaitLimit(20);
        Deque<String> inside = new ArrayDeque<>();
        Map<String, Group> outside = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(3) > 0 && inside.size() + outside.size() < 400) {
                Group group = new Group(SHOP, "n" + random.nextInt(1 + i % 7), Priority.USER);
                String uid = "u" + i;
                if (enter(group, uid)) {
                    inside.add(uid);
                } else {
                    outside.put(uid, group);
                }
            } else if (!inside.isEmpty()) {
                limit.leave(inside.remove());
            }
            for (String uid : woken) {
                assertThat(enter(outside.remove(uid), uid)).isTrue();
                inside.add(uid);
            }
            woken.clear();
            assertThat(limit.inside()).isEqualTo(inside.size()).isLessThanOrEqualTo(20);
            assertThat(limit.outside()).isEqualTo(outside.size());
            assertThat(outside.isEmpty() || !inside.isEmpty())
                    .as("no object waits while a place is free for it")
                    .isTrue();
        }
        while (!inside.isEmpty()) {
            limit.leave(inside.remove());
            woken.forEach(uid -> {
                outside.remove(uid);
                inside.add(uid);
            });
            woken.clear();
        }
        assertThat(outside).isEmpty();
        assertThat(limit.inside() + limit.outside()).isZero();
    }

    private int entered(Group group, String name, int count) {
        return (int)
                IntStream.range(0, count).filter(i -> enter(group, name + i)).count();
    }

    private boolean enter(Group group, String uid) {
        return limit.enter(new Caller(uid, () -> woken.add(uid)), group);
    }
}
