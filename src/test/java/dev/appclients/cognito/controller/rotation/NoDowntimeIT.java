package dev.appclients.cognito.controller.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controller.rotation.Workload.Reading;
import dev.appclients.cognito.crash.CrashableOperator.Failure;
import dev.appclients.cognito.simulator.Fault;
import dev.appclients.cognito.simulator.Faults;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The proof that rotations cause no downtime: workloads with late mounts authenticate all the time over many rotations with faults,
 * crashes and edits, and not one authentication is refused. {@code -Drotations=1000} makes a longer run.
 */
class NoDowntimeIT extends OnProofStage {

    private static final int CLIENTS = 8;
    private static final int ROTATIONS = Integer.getInteger("rotations", 104);

    /** The faults of AWS, and those of the API server, in one round. */
    private static final int FAULTY = 4;

    private static final Failure[] FAILURES = {
        Failure.ANSWER_LOST,
        Failure.CONNECTION_BROKEN,
        Failure.CONFLICT,
        Failure.TOO_MANY_REQUESTS,
        Failure.UNAVAILABLE,
        Failure.UNAVAILABLE_AFTER_THE_CHANGE
    };
    private static final String[] OPERATIONS = {
        "AddUserPoolClientSecret", "AddUserPoolClientSecret", "DeleteUserPoolClientSecret", "ListUserPoolClientSecrets"
    };

    private final Random random = new Random(15);
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<Fault> faults = new ArrayList<>();
    private int rotations;
    private int awsFaults;
    private int restarts;
    private int edits;
    private int moves;
    private Duration shortest = Duration.ofDays(1);
    private final Instant began = Instant.now();

    @Test
    void aHundredRotationsWithFaultsCauseNotOneRefusal() throws IOException {
        List<String> clients =
                IntStream.range(0, CLIENTS).mapToObj(n -> "machine-" + n).toList();
        clients.forEach(client -> {
            if (isPushing(client)) {
                applyPushing(client);
            } else {
                applyClaimed(client);
            }
        });
        clients.forEach(client -> ids.put(client, start(client)));

        for (int round = 1; rotations < ROTATIONS; round++) {
            round(round);
            report();
        }

        ids.forEach((client, id) -> assertThat(refusals(id)).as(client).isEmpty());
        assertThat(stage.simulator().authentications().refused()).isZero();
        assertThat(fleet.authentications()).isGreaterThan(100L * rotations);
        assertThat(fleet.overHttp()).isGreaterThan(rotations);
        assertThat(awsFaults).isGreaterThan(rotations / 10);
        assertThat(apiServerFaults).isGreaterThan(rotations / 10);
        assertThat(crashes).isPositive();
        assertThat(fleet.longestLag(Reading.VARIABLES)).isGreaterThan(OVERLAP.dividedBy(2));
    }

    private void round(int round) {
        Map<String, String> before = new LinkedHashMap<>();
        ids.forEach((client, id) -> before.put(client, live(id).getFirst().id()));
        stage.forgetCalls();
        armFaults();
        String paused = "machine-" + (round % CLIENTS);
        boolean hasPaused = round % 2 == 0 && !isPushing(paused);
        if (hasPaused) {
            annotateClaim(team, paused + "-oidc", Annotations.PAUSED, "true");
        }
        ids.keySet().forEach(client -> stage.annotate(client, Annotations.ROTATE_REQUESTED_AT, "round-" + round));
        disturb();

        pass(
                SLOW,
                () -> ids.entrySet().stream()
                        .filter(client -> !hasPaused || !client.getKey().equals(paused))
                        .allMatch(client -> isPublished(client.getValue(), before.get(client.getKey()))));
        interrupt();
        disturb();
        if (round == 1) {
            createLateNamespace("machine-1", "machine-0");
        }
        if (hasPaused) {
            passAll(OVERLAP.plusMinutes(2));
            annotateClaim(team, paused + "-oidc", Annotations.PAUSED, null);
            pass(SLOW, () -> isPublished(ids.get(paused), before.get(paused)));
        }
        pass(FAST, () -> ids.values().stream().allMatch(id -> live(id).size() == 1));
        countFaults();
        before.forEach((client, old) -> assertRotated(client, old));
    }

    private boolean isPushing(String client) {
        return (client.charAt(client.length() - 1) - '0') % 2 == 1;
    }

    /** Whether the Secret and every copy have another secret than this one, which is still live beside it. */
    private boolean isPublished(String clientId, String before) {
        return live(clientId).size() == 2
                ? haveAll(clientId, live(clientId).getLast().id())
                : !live(clientId).getFirst().id().equals(before)
                        && haveAll(clientId, live(clientId).getFirst().id());
    }

    private void armFaults() {
        for (int nth = 0; nth < FAULTY; nth++) {
            String id = ids.get("machine-" + random.nextInt(CLIENTS));
            Faults.Builder fault = stage.simulator()
                    .faults()
                    .on(OPERATIONS[random.nextInt(OPERATIONS.length)])
                    .pool(Stage.POOL_ID)
                    .client(id);
            faults.add(
                    switch (random.nextInt(6)) {
                        case 0 -> fault.failBeforeCommit("InternalErrorException", 500, "Injected.");
                        case 1 -> fault.failAfterCommit("InternalErrorException", 500, "Injected.");
                        case 2 -> fault.dropBeforeCommit();
                        case 3 -> fault.dropAfterCommit();
                        case 4 -> fault.resetInAnswer();
                        default -> fault.throttle();
                    });
        }
        for (int nth = 0; nth < FAULTY; nth++) {
            operator.fail(FAILURES[random.nextInt(FAILURES.length)], 1 + random.nextInt(60));
        }
        if (random.nextBoolean()) {
            operator.fail(random.nextBoolean() ? Failure.CRASH_BEFORE : Failure.CRASH_AFTER, 1 + random.nextInt(150));
        }
    }

    /** Another writer deletes or edits a Secret or a copy, and a workload moves to another node. */
    private void disturb() {
        fleet.move(anyWorkload());
        moves++;
        Workload victim = anyWorkload();
        if (random.nextBoolean()) {
            stage.admin()
                    .secrets()
                    .inNamespace(victim.namespace())
                    .withName(victim.secret())
                    .delete();
        } else if (secretIn(victim.namespace(), victim.secret()) != null) {
            editSecretIn(
                    victim.namespace(),
                    victim.secret(),
                    secret -> secret.getData().put(anotherKey(secret, victim.key()), "eA=="));
        }
        edits++;
    }

    private Workload anyWorkload() {
        List<Workload> workloads = fleet.of(ids.get("machine-" + random.nextInt(CLIENTS)));
        return workloads.get(random.nextInt(workloads.size()));
    }

    private static String anotherKey(Secret secret, String key) {
        return secret.getData().keySet().stream()
                .filter(other -> !other.equals(key))
                .max(Comparator.naturalOrder())
                .orElse("another");
    }

    /** Ends the operator in the middle of the overlap, unless it crashed in this round. */
    private void interrupt() {
        if (operator.hasCrashed()) {
            return;
        }
        if (random.nextBoolean()) {
            operator.stop();
            restarts++;
        } else {
            operator.kill();
            crashes++;
        }
        restart();
    }

    private void countFaults() {
        for (Fault fault : faults) {
            awsFaults += fault.hits();
            fault.remove();
        }
        faults.clear();
        apiServerFaults += operator.faultsHit();
        operator.clearFaults();
    }

    private void assertRotated(String client, String old) {
        String id = ids.get(client);
        String now = live(id).getFirst().id();
        assertThat(now).as("secret of %s", client).isNotEqualTo(old);
        assertThat(published(client)).isEqualTo(now);
        assertThat(refusals(id)).as("refusals of %s", client).isEmpty();
        Instant deleted = deletedAt(old);
        Duration kept = Duration.between(carriedSince(id), deleted);
        // The time of the workloads runs ahead of the operator: a minute of it may pass in a second of a busy machine.
        assertThat(kept.plusMinutes(1))
                .as("time that the old secret of %s stayed valid after the last copy had the new one", client)
                .isGreaterThanOrEqualTo(OVERLAP);
        shortest = kept.compareTo(shortest) < 0 ? kept : shortest;
        rotations++;
    }

    /** Writes the figures for the page on rotation. */
    private void report() throws IOException {
        Path file = Path.of("target", "no-downtime.txt");
        Files.writeString(file, """
                rotations: %d
                clients: %d, Secrets with a workload: %d
                authentications: %d, over HTTP: %d, refused: %d
                faults of AWS: %d, of the API server: %d, crashes: %d, restarts: %d, edits and deletions: %d
                moves to another node: %d
                longest lag of a mount: %s, of a workload that reads variables: %s
                shortest time that an old secret stayed valid after the last copy had the new one: %s
                time: %d s
                """.formatted(
                        rotations,
                        CLIENTS,
                        fleet.size(),
                        fleet.authentications(),
                        fleet.overHttp(),
                        stage.simulator().authentications().refused(),
                        awsFaults,
                        apiServerFaults,
                        crashes,
                        restarts,
                        edits,
                        moves,
                        fleet.longestLag(Reading.FILES),
                        fleet.longestLag(Reading.VARIABLES),
                        shortest,
                        Duration.between(began, Instant.now()).toSeconds()));
    }
}
