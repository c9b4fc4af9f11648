package dev.appclients.cognito.rotation;

import dev.appclients.cognito.rotation.RotationFacts.Carriers;
import dev.appclients.cognito.rotation.RotationStep.DeleteNamed;
import dev.appclients.cognito.rotation.RotationStep.Refusal;
import dev.appclients.cognito.rotation.RotationStep.RetirementRefused;

/** Decides whether the operator deletes a secret that a person named, and that is not the previous one of an overlap. */
final class NamedDeletion {

    private NamedDeletion() {}

    /** The next step for the named secret. */
    static RotationStep next(RotationFacts facts, String id) {
        if (facts.isPublishedId(id)) {
            return refused(id, Refusal.PUBLISHED);
        }
        if (facts.listing() == null) {
            return new RotationStep.ListSecrets();
        }
        if (!facts.lists(id)) {
            return refused(id, Refusal.UNKNOWN);
        }
        if (isOriginal(facts, id)) {
            return refused(id, Refusal.PUBLISHED);
        }
        if (facts.listed().size() == 1) {
            return refused(id, Refusal.LAST);
        }
        Carriers carriers = facts.carriers();
        if (carriers == null) {
            return new RotationStep.ReadCarriers();
        }
        return carriers.has(id) ? refused(id, Refusal.CARRIED) : new DeleteNamed(id);
    }

    /** Whether the secret may be the published one of a client without a record, whose Secret does not name it. */
    private static boolean isOriginal(RotationFacts facts, String id) {
        boolean isUnnamed = facts.record() == null || facts.record().current() == null;
        return isUnnamed
                && (facts.listed().size() == 1 || facts.listed().getFirst().id().equals(id))
                && !facts.published().state().isWithoutValue();
    }

    private static RetirementRefused refused(String id, Refusal why) {
        return new RetirementRefused(id, why);
    }
}
