package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationFacts.Copies;
import dev.appclients.cognito.rotation.RotationFacts.Demand;
import dev.appclients.cognito.rotation.RotationFacts.Progress;
import dev.appclients.cognito.rotation.RotationFacts.Published;
import dev.appclients.cognito.rotation.RotationState.Overlap;
import dev.appclients.cognito.rotation.RotationState.Staged;
import dev.appclients.cognito.rotation.RotationState.Steady;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Properties of the planner on random facts, also on those that no history leads to. */
class RotationPlannerPropertiesTest {

    private static final int SAMPLES = 50_000;
    private static final Instant NOW = Instant.parse("2026-12-20T12:00:00Z");
    private static final RotationPolicy POLICY =
            new RotationPolicy(Duration.ofHours(2), Duration.ofMinutes(10), Duration.ofHours(1));
    private static final List<String> IDS = List.of("A", "B", "C", "D");

    private final Random random = new Random(15);

    @Test
    void everyPictureHasAStep() {
        each((facts, step) -> assertThat(step).isNotNull());
    }

    @Test
    void theDecisionIsAlwaysTheSame() {
        each((facts, step) -> assertThat(RotationPlanner.next(facts)).isEqualTo(step));
    }

    @Test
    void thePublishedSecretIsNeverDeleted() {
        each((facts, step) -> {
            String deleted = deleted(step);
            if (deleted != null && facts.record() != null && facts.record().current() != null) {
                assertThat(deleted).isNotEqualTo(facts.record().currentId());
            }
        });
    }

    @Test
    void aSecretThatTheClientsOwnSecretCarriesIsNeverDeleted() {
        each((facts, step) -> {
            if (deleted(step) != null) {
                assertThat(facts.carriers()).isNotNull();
                assertThat(facts.carriers().own()).doesNotContain(deleted(step));
            }
        });
    }

    @Test
    void aSecretThatACopyCarriesIsDeletedAtTheDeadlineOnly() {
        each((facts, step) -> {
            String deleted = deleted(step);
            if (deleted == null) {
                return;
            }
            boolean isLate = facts.state() instanceof Overlap overlap
                    ? !facts.now().isBefore(overlap.deadline(POLICY))
                    : facts.published().state() == Published.State.LOST
                            && !facts.now()
                                    .isBefore(facts.listed().getLast().created().plus(POLICY.maxOverlap()));
            if (!isLate || step instanceof RotationStep.DeleteNamed) {
                assertThat(facts.carriers().copies()).doesNotContain(deleted);
            }
        });
    }

    @Test
    void onlyASecretOfAFreshListOfTwoIsDeleted() {
        each((facts, step) -> {
            if (deleted(step) != null) {
                assertThat(facts.listed()).hasSize(2);
                assertThat(facts.lists(deleted(step))).isTrue();
            }
        });
    }

    @Test
    void theRetiredSecretIsThePreviousOneWhileTheCurrentOneIsListed() {
        each((facts, step) -> {
            if (step instanceof RotationStep.Retire retire) {
                assertThat(facts.state())
                        .isInstanceOfSatisfying(
                                Overlap.class,
                                overlap -> assertThat(overlap.previous())
                                        .extracting(SecretId::id)
                                        .isEqualTo(retire.id()));
                assertThat(facts.lists(facts.record().currentId())).isTrue();
                assertThat(facts.published().state()).isEqualTo(Published.State.CURRENT);
            }
        });
    }

    @Test
    void aSecretIsRetiredWhenEveryMountShowsTheCurrentOneOrAPersonNamesIt() {
        each((facts, step) -> {
            if (step instanceof RotationStep.Retire retire
                    && !retire.id().equals(facts.demand().retire())) {
                Instant mounted = NOW.minus(Duration.ofMinutes(2));
                Instant carriedAt = ((Overlap) facts.state()).carriedAt();
                assertThat(Stream.of(carriedAt, facts.published().since()).filter(Objects::nonNull))
                        .anySatisfy(since -> assertThat(since).isBeforeOrEqualTo(mounted));
            }
        });
    }

    @Test
    void noAttemptIsPreparedBeforeItMayBeMade() {
        each((facts, step) -> {
            if (facts.addsFrom() != null) {
                assertThat(step).isNotInstanceOf(RotationStep.Stage.class);
                assertThat(step instanceof RotationStep.Resume && facts.progress() == Progress.NOTHING)
                        .isFalse();
            }
        });
    }

    @Test
    void aLostRecordIsRebuiltFromASecretThatCognitoLists() {
        each((facts, step) -> {
            if (step instanceof RotationStep.Rebuild(PublishedSecretId named)) {
                assertThat(facts.record()).isNull();
                assertThat(facts.lists(named.id())).isTrue();
                assertThat(facts.published().state()).isEqualTo(Published.State.CURRENT);
            }
        });
    }

    @Test
    void anotherSecretIsDeletedOnlyIfAPersonNamesIt() {
        each((facts, step) -> {
            if (step instanceof RotationStep.DeleteNamed named) {
                assertThat(named.id()).isEqualTo(facts.demand().retire());
            }
            if (step instanceof RotationStep.DeleteStray stray && facts.state() instanceof Staged staged) {
                assertThat(staged.baseline()).doesNotContain(stray.secret().id());
                assertThat(facts.progress()).isEqualTo(Progress.RESUMED);
            }
        });
    }

    @Test
    void nothingIsAddedByAPassThatHasNotWrittenTheRecord() {
        each((facts, step) -> {
            if (step instanceof RotationStep.Add) {
                assertThat(facts.progress()).isNotEqualTo(Progress.NOTHING);
            }
        });
    }

    @Test
    void aFactIsNotAskedForTwice() {
        each((facts, step) -> {
            switch (step) {
                case RotationStep.ListSecrets list ->
                    assertThat(facts.listing()).isNull();
                case RotationStep.ReadCarriers read ->
                    assertThat(facts.carriers()).isNull();
                case RotationStep.CompareOriginal compare ->
                    assertThat(facts.published().original()).isEqualTo(Published.Original.UNKNOWN);
                case RotationStep.Resume resume -> assertThat(facts.progress()).isNotEqualTo(Progress.RESUMED);
                case RotationStep.RetirementRefused refused ->
                    assertThat(facts.demand().retire()).isNotNull();
                default -> {}
            }
        });
    }

    private void each(BiConsumer<RotationFacts, RotationStep> check) {
        for (int sample = 0; sample < SAMPLES; sample++) {
            RotationFacts facts = facts();
            try {
                check.accept(facts, RotationPlanner.next(facts));
            } catch (AssertionError | RuntimeException failed) {
                throw new AssertionError(failed.getMessage() + "\n" + facts, failed);
            }
        }
    }

    private static @Nullable String deleted(RotationStep step) {
        return switch (step) {
            case RotationStep.Retire retire -> retire.id();
            case RotationStep.DeleteStray stray -> stray.secret().id();
            case RotationStep.DeleteNamed named -> named.id();
            default -> null;
        };
    }

    private RotationFacts facts() {
        List<SecretId> secrets = new ArrayList<>();
        IDS.forEach(id -> secrets.add(new SecretId(id, NOW.minusSeconds(random.nextInt(8_000)))));
        RotationRecord rotation = random.nextInt(5) == 0 ? null : rotation(secrets);
        Published.State state = random.nextInt(3) == 0 ? any(Published.State.values()) : Published.State.CURRENT;
        SecretListing listing = chance() ? listing(secrets) : null;
        return new RotationFacts(
                rotation,
                POLICY,
                NOW,
                listing != null || chance(),
                new Demand(chance() ? any(Cause.values()) : null, chance(), random.nextInt(3) == 0 ? any(IDS) : null),
                listing,
                chance(),
                chance(),
                random.nextInt(4) == 0 ? NOW.plusSeconds(60) : null,
                any(Progress.values()),
                new Published(
                        state,
                        any(Published.Original.values()),
                        chance() ? new PublishedSecretId(3, any(IDS), any(IDS)) : null,
                        chance() ? NOW.minusSeconds(random.nextInt(240)) : null),
                chance() ? Copies.UNKNOWN : new Copies(3, 1 + random.nextInt(3), true),
                chance() ? new Carriers(some(), some()) : null);
    }

    private RotationRecord rotation(List<SecretId> secrets) {
        RotationState state = switch (random.nextInt(3)) {
            case 0 -> new Steady(chance() ? any(Cause.values()) : null);
            case 1 -> {
                Instant since = NOW.minusSeconds(random.nextInt(8_000));
                yield new Staged(new ArrayList<>(some()), since, since.plusSeconds(random.nextInt(90)), 1, Cause.NEED);
            }
            default ->
                new Overlap(
                        chance() ? secrets.get(1) : null,
                        secrets.get(0).created(),
                        chance() ? NOW.minusSeconds(random.nextInt(1_200)) : null,
                        Cause.REQUEST);
        };
        boolean isCurrentKnown = state instanceof Overlap || random.nextInt(4) > 0;
        return new RotationRecord(
                2, isCurrentKnown ? secrets.get(0) : null, "B", RotationRecord.Handled.NOTHING, state);
    }

    private SecretListing listing(List<SecretId> secrets) {
        List<SecretId> shuffled = new ArrayList<>(secrets);
        Collections.shuffle(shuffled, random);
        return new SecretListing(shuffled.subList(0, random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(2)), NOW);
    }

    private Set<String> some() {
        Set<String> some = new HashSet<>();
        IDS.forEach(id -> {
            if (random.nextInt(3) == 0) {
                some.add(id);
            }
        });
        return some;
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
