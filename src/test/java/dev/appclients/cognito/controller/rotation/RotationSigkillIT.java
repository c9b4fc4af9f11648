package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.crash.CrashableOperator;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.rotation.RecordText;
import dev.appclients.cognito.rotation.RotationRecord;
import dev.appclients.cognito.simulator.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGKILL of the packaged operator in the middle of rotations. The calls of six clients are held at six moments, so that one SIGKILL
 * hits them all.
 */
class RotationSigkillIT extends OnProofStage {

    private static final String ADD = "AddUserPoolClientSecret";
    private static final String DELETE = "DeleteUserPoolClientSecret";
    private static final String PATCH = "patch secrets";

    /** The moment of one client's rotation. */
    private enum Moment {
        ADD_UNANSWERED(2, 0),
        ADDED(2, 0),
        PUBLISHED(2, 1),
        HALF_COPIED(2, 3),
        RETIRING(2, 5),
        RETIRED(1, 5);

        private static final Set<Moment> OF_THE_END = EnumSet.of(RETIRING, RETIRED);

        private final int live;
        private final int carrying;

        /**
         * @param live the number of secrets that Cognito has at this moment
         * @param carrying the number of the client's five Secrets that have the newest one
         */
        Moment(int live, int carrying) {
            this.live = live;
            this.carrying = carrying;
        }

        String client() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @TempDir
    private Path directory;

    private final Map<Moment, String> ids = new EnumMap<>(Moment.class);
    private final Map<Moment, String> originals = new EnumMap<>(Moment.class);
    private int containers;

    @Override
    CrashableOperator startedOperator() {
        return CrashableOperator.packaged(stage.simulator().endpoint(), directory, "container-" + ++containers);
    }

    @Test
    void theNextContainerEndsEachRotationWithoutARefusalOrALostValue() {
        for (Moment moment : Moment.values()) {
            applyClaimed(moment.client());
        }
        for (Moment moment : Moment.values()) {
            ids.put(moment, start(moment.client()));
            originals.put(moment, live(ids.get(moment)).getFirst().id());
        }
        holdAll();
        operator.kill();
        fleet.observe();
        assertThat(Moment.values()).allSatisfy(this::assertInterrupted);

        operator = startedOperator();
        request(Moment.OF_THE_END, Annotations.RECONCILE_REQUESTED_AT);
        eventually(() -> ids.keySet().stream().allMatch(this::isPublished));
        endOverlaps();

        assertThat(stage.simulator().authentications().refused()).isZero();
        assertThat(Moment.values()).allSatisfy(this::assertRotatedOnce);
    }

    /** Returns when the rotation of each client is at its moment. */
    private void holdAll() {
        request(Moment.OF_THE_END, Annotations.ROTATE_REQUESTED_AT);
        eventually(() -> Moment.OF_THE_END.stream().allMatch(moment -> isPublished(moment) && isCarried(moment)));
        List<BooleanSupplier> held = new ArrayList<>();
        for (Moment moment : Moment.OF_THE_END) {
            held.add(operator.hold(DELETE, ids.get(moment), moment == Moment.RETIRED));
        }
        passAll(OVERLAP.plusMinutes(1));

        Set<Moment> others = EnumSet.complementOf(EnumSet.copyOf(Moment.OF_THE_END));
        held.add(operator.hold(ADD, ids.get(Moment.ADD_UNANSWERED), true));
        held.add(operator.hold(PATCH, secret(recordName(Moment.ADDED)), true));
        held.add(operator.hold(PATCH, secret(Moment.PUBLISHED.client()), true));
        holdCopies(Moment.PUBLISHED);
        held.addAll(holdCopies(Moment.HALF_COPIED));
        request(others, Annotations.ROTATE_REQUESTED_AT);
        // The listings of these rotations bring the time that has passed.
        eventually(() -> held.stream().skip(Moment.OF_THE_END.size()).allMatch(BooleanSupplier::getAsBoolean));
        request(Moment.OF_THE_END, Annotations.RECONCILE_REQUESTED_AT);
        eventually(() -> held.stream().allMatch(BooleanSupplier::getAsBoolean)
                && carrying(Moment.HALF_COPIED) == Moment.HALF_COPIED.carrying);
    }

    /** Holds the writes of all four copies of a client, or of two. */
    private List<BooleanSupplier> holdCopies(Moment moment) {
        String client = moment.client();
        List<String> copies = new ArrayList<>(
                List.of(secret(client + "-own"), "namespaces/" + team + "/secrets/" + client + "-oidc"));
        if (moment == Moment.PUBLISHED) {
            copies.add("namespaces/" + target + "/secrets/" + client + "-oidc");
            copies.add("namespaces/" + target + "/secrets/" + client + "-password");
        }
        return copies.stream().map(copy -> operator.hold(PATCH, copy, false)).toList();
    }

    private String secret(String name) {
        return "namespaces/" + stage.namespace() + "/secrets/" + name;
    }

    private void request(Set<Moment> moments, String annotation) {
        moments.forEach(moment -> stage.annotate(moment.client(), annotation, "request-" + containers));
    }

    private void assertInterrupted(Moment moment) {
        assertThat(live(ids.get(moment))).as("live secrets, %s", moment).hasSize(moment.live);
        assertThat(carrying(moment))
                .as("Secrets with the newest one, %s", moment)
                .isEqualTo(moment.carrying);
    }

    private long carrying(Moment moment) {
        String newest = live(ids.get(moment)).getLast().id();
        return fleet.of(ids.get(moment)).stream()
                .filter(workload -> workload.storedId().equals(newest))
                .count();
    }

    private boolean isPublished(Moment moment) {
        String published = published(moment.client());
        return !published.isEmpty() && !published.equals(originals.get(moment)) && haveAll(ids.get(moment), published);
    }

    private boolean isCarried(Moment moment) {
        return stage.data(recordName(moment)).get("state").contains("carriedAt");
    }

    /** Lets the workloads get the new secrets, and then has the operator delete the old ones without waiting for its clock. */
    private void endOverlaps() {
        passAll(OVERLAP);
        for (Moment moment : ids.keySet()) {
            if (live(ids.get(moment)).size() == 2) {
                stage.annotate(moment.client(), Annotations.RETIRE_SECRET, originals.get(moment));
            }
        }
        eventually(() -> ids.values().stream().allMatch(id -> live(id).size() == 1)
                && ids.keySet().stream()
                        .allMatch(moment -> "Steady"
                                .equals(stage.status(moment.client()).rotation().phase())));
        passAll(Duration.ofMinutes(2));
    }

    private void assertRotatedOnce(Moment moment) {
        String client = moment.client();
        String id = ids.get(moment);
        stage.awaitReady(client);
        assertThat(live(id)).extracting(secret -> secret.id()).containsExactly(published(client));
        assertThat(isPublished(moment)).as("every copy of %s", client).isTrue();
        assertThat(rotationRecord(moment).revision())
                .as("revision of %s", client)
                .isEqualTo(2);
        assertThat(adds(id)).as("adds of %s", client).isEqualTo(moment == Moment.ADD_UNANSWERED ? 2 : 1);
        assertThat(stage.simulator().journal().of(ADD))
                .filteredOn(call -> id.equals(call.clientId()))
                .as("a third secret of %s", client)
                .noneMatch(call -> call.outcome().startsWith("LimitExceeded"));
    }

    private long adds(String id) {
        return stage.simulator().journal().of(ADD).stream()
                .filter(JournalEntry::committed)
                .filter(call -> id.equals(call.clientId()))
                .count();
    }

    private RotationRecord rotationRecord(Moment moment) {
        return ((RecordText.Usable)
                        RecordText.parse(stage.data(recordName(moment)).get("state")))
                .rotation();
    }

    private String recordName(Moment moment) {
        String uid = stage.client(moment.client()).getMetadata().getUid();
        return "rotation-" + ClientName.suffix(uid).substring(1);
    }

    /** Waits without letting time pass for the workloads and Cognito. */
    private void eventually(BooleanSupplier condition) {
        stage.eventually().until(() -> {
            fleet.observe();
            return condition.getAsBoolean();
        });
    }
}
