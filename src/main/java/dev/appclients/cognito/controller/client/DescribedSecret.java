package dev.appclients.cognito.controller.client;

import java.util.Collection;
import java.util.List;

/** Whether the secret that Cognito describes may be published. Cognito describes the original secret, whatever others exist. */
sealed interface DescribedSecret {

    /** It is the only secret, and the object's Secrets name no other. */
    record Publishable() implements DescribedSecret {}

    /** Cognito lists no secret, although it describes one: the list lags. */
    record Unlisted() implements DescribedSecret {}

    /**
     * Cognito lists several secrets, and any of them may be in use.
     *
     * @param ids of the listed secrets, the oldest first
     */
    record OneOfSeveral(List<String> ids) implements DescribedSecret {}

    /**
     * The object's Secrets hold another secret, which Cognito no longer lists.
     *
     * @param published the id of that secret
     */
    record NotThePublished(String published) implements DescribedSecret {}

    /**
     * Judges a described secret.
     *
     * @param listed the ids that Cognito lists, the oldest first
     * @param published the ids that the object's Secrets record; a Secret with the original records none
     */
    static DescribedSecret judge(List<String> listed, Collection<String> published) {
        if (listed.isEmpty()) {
            return new Unlisted();
        }
        if (listed.size() > 1) {
            return new OneOfSeveral(listed);
        }
        return published.stream()
                .filter(id -> !listed.contains(id))
                .findFirst()
                .<DescribedSecret>map(NotThePublished::new)
                .orElseGet(Publishable::new);
    }
}
