package dev.appclients.cognito.rotation;

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
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A process of the operator that makes the planner's steps on the model. Each call of {@link #step} makes one call or one write, so that
 * a crash or another process may come between any two of them.
 */
final class RotationProcess {

    private static final Duration SETTLED = Duration.ofSeconds(60);

    /** A process that lost its lead makes no call that it decided longer ago. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final RotationModel model;
    private boolean isKnown;
    private @Nullable RotationRecord known;
    private int version;
    private @Nullable Instant settlingSince;
    private @Nullable String missing;
    private Instant missingSince = Instant.MIN;
    private @Nullable String publishedId;
    private Instant publishedAt = Instant.MIN;
    private @Nullable Pass pass;

    RotationProcess(RotationModel model) {
        this.model = model;
    }

    boolean isBetweenPasses() {
        return pass == null;
    }

    /** Makes the next call or write. */
    void step() {
        if (pass == null || model.now.isAfter(pass.began.plus(LEASE))) {
            pass = new Pass();
        }
        Pass current = pass;
        try {
            if (!current.advance()) {
                pass = null;
            }
        } catch (RotationModel.Conflict conflict) {
            isKnown = false;
            pass = null;
        } catch (RotationModel.Refused refused) {
            current.after = () -> {
                store(Objects.requireNonNull(known).unstaged());
                settlingSince = null;
                pass = null;
            };
        } catch (RotationModel.Unknown unknown) {
            if (known != null && known.state() instanceof Staged) {
                settlingSince = model.now;
            }
            isKnown &= known != null && current.isCall;
            pass = null;
        }
    }

    private void store(RotationRecord rotation) {
        version = model.write(version, rotation);
        known = rotation;
    }

    private @Nullable Instant publishedSince(@Nullable String id) {
        if (id == null || !id.equals(publishedId)) {
            publishedId = id;
            publishedAt = model.now;
        }
        return id == null ? null : publishedAt;
    }

    private boolean isConfirmed(String id) {
        return id.equals(missing) && !model.now.isBefore(missingSince.plus(SETTLED));
    }

    /** One reconciliation. */
    private final class Pass {

        private final Instant began = model.now;
        private @Nullable Runnable after;
        private boolean isLoaded;
        private boolean isPublished;
        private boolean isCall;
        private boolean isOutdated;
        private Progress progress = Progress.NOTHING;
        private @Nullable SecretListing listing;
        private @Nullable Carriers carriers;
        private Published.Original original = Published.Original.UNKNOWN;
        private int steps;

        /** Returns false at the end. */
        boolean advance() {
            Runnable second = after;
            if (second != null) {
                after = null;
                isCall = false;
                second.run();
                return pass == this;
            }
            if (!isLoaded) {
                load();
                return true;
            }
            if (!isPublished) {
                publish();
                return true;
            }
            RotationStep step = RotationPlanner.next(facts());
            if (step instanceof RotationStep.Blocked && model.version != version) {
                throw new RotationModel.Conflict();
            }
            if (step instanceof RotationStep.Ending || steps++ > 16) {
                boolean publishesAgain = isOutdated;
                isOutdated = false;
                isPublished = !publishesAgain;
                return publishesAgain;
            }
            make(step);
            return true;
        }

        private void load() {
            isLoaded = true;
            if (!isKnown) {
                isKnown = true;
                known = model.stored;
                version = model.version;
                settlingSince = known != null && known.state() instanceof Staged ? model.now : null;
            }
        }

        private void rebuild(PublishedSecretId named) {
            SecretId current = Objects.requireNonNull(find(named.id()));
            store(RotationRecord.rebuilt(named.revision(), current, find(named.replaced()), null));
        }

        /** The id that Cognito should list; null if it is not known. */
        private @Nullable String expected() {
            return known == null ? model.published.id() : known.current() == null ? null : known.currentId();
        }

        private @Nullable SecretId find(@Nullable String id) {
            return listing == null
                    ? null
                    : listing.secrets().stream()
                            .filter(secret -> secret.id().equals(id))
                            .findFirst()
                            .orElse(null);
        }

        /** Reads the value of the record at the version of the decision, and then writes the client's Secret. */
        private void publish() {
            isPublished = true;
            PublishedSecretId wanted = RotationRecord.published(known);
            String id = wanted.id();
            if (known == null || id == null || wanted.equals(model.published)) {
                return;
            }
            if (model.version != version) {
                throw new RotationModel.Conflict();
            }
            int expected = model.publishedVersion;
            after = () -> model.publish(expected, wanted, id);
        }

        private RotationFacts facts() {
            RotationRecord rotation = known;
            String current = rotation == null || rotation.current() == null ? null : rotation.currentId();
            boolean isSettled = settlingSince == null || !model.now.isBefore(settlingSince.plus(SETTLED));
            return new RotationFacts(
                    rotation,
                    RotationModel.POLICY,
                    model.now,
                    true,
                    demand(rotation),
                    listing,
                    expected() != null && isConfirmed(Objects.requireNonNull(expected())),
                    isSettled,
                    null,
                    progress,
                    new Published(
                            isOutdated ? Published.State.OUTDATED : Published.State.CURRENT,
                            original,
                            model.published.id() == null ? null : model.published,
                            publishedSince(isOutdated ? null : expected())),
                    current == null
                            ? Copies.UNKNOWN
                            : new Copies(model.copies.size(), (int) model.carrying(current), true),
                    carriers);
        }

        private Demand demand(@Nullable RotationRecord rotation) {
            boolean isIdle = rotation == null || rotation.state() instanceof Steady;
            String handled = rotation == null ? null : rotation.handled().request();
            Cause owed = rotation != null && rotation.state() instanceof Steady(Cause cause) ? cause : null;
            Cause due = !isIdle ? null : owed != null ? owed : model.request.equals(handled) ? null : Cause.REQUEST;
            return new Demand(due, listing == null && rotation != null, null);
        }

        private void list() {
            listing = model.list();
            carriers = null;
            String current = expected();
            if (current == null || find(current) != null) {
                missing = null;
            } else if (!current.equals(missing)) {
                missing = current;
                missingSince = model.now;
            }
        }

        private void make(RotationStep step) {
            isCall = false;
            switch (step) {
                case RotationStep.ListSecrets list -> list();
                case RotationStep.ReadCarriers read -> {
                    Set<String> own = new HashSet<>(Set.of(model.publishedId));
                    carriers = new Carriers(own, new HashSet<>(model.copies));
                }
                case RotationStep.CompareOriginal compare -> original = Published.Original.EQUAL;
                case RotationStep.Rebuild rebuild -> rebuild(rebuild.named());
                case RotationStep.Stage stage -> stage(stage);
                case RotationStep.Resume resume -> {
                    store(record().resumed(model.now));
                    progress = Progress.RESUMED;
                }
                case RotationStep.Add add -> {
                    isCall = true;
                    SecretId added = model.add();
                    settlingSince = model.now;
                    after = () -> {
                        store(record().added(added));
                        settlingSince = null;
                        listing = null;
                        progress = Progress.NOTHING;
                        isOutdated = true;
                    };
                }
                case RotationStep.DeleteStray stray -> delete(stray.secret().id(), false);
                case RotationStep.Retire retire -> {
                    delete(retire.id(), retire.hasLaggingCopies());
                    after = () -> store(record().retired());
                }
                case RotationStep.Finish finish -> store(record().retired());
                case RotationStep.RecordCarried carried -> store(record().carried(model.now));
                case RotationStep.ClearCarried clear -> store(record().carried(null));
                case RotationStep.Promote promote -> {
                    store(((Overlap) record().state()).previous() == null ? record().retired() : record().promoted());
                    listing = null;
                    isOutdated = true;
                }
                default -> throw new IllegalStateException(step.toString());
            }
        }

        private void stage(RotationStep.Stage stage) {
            RotationRecord before = known == null ? RotationRecord.unrecorded(stage.current(), model.published) : known;
            store(before.staged(stage.cause(), model.request, Objects.requireNonNull(listing)));
            progress = Progress.STAGED;
            settlingSince = null;
        }

        private void delete(String id, boolean isLate) {
            isCall = true;
            model.assertMayBeDeleted(id, isLate);
            model.delete(id);
            listing = null;
            carriers = null;
        }

        private RotationRecord record() {
            return Objects.requireNonNull(known);
        }
    }
}
