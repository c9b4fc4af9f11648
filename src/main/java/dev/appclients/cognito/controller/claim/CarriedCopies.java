package dev.appclients.cognito.controller.claim;

/**
 * The number of copies that a rotation waits for, by the cache.
 *
 * @param counted the copies that exist and that the operator may write: their claims are permitted and not paused, no namespace is being
 *     deleted, and neither the client nor its pool holds them
 * @param carrying those of the counted copies that carry the client secret in question
 * @param othersBehind the copies that do not count and that carry another client secret, for example those of paused claims, and those
 *     that another writer deleted and that are not restored
 */
public record CarriedCopies(int counted, int carrying, int othersBehind) {

    /** The counted copies that carry another client secret. */
    public int lagging() {
        return counted - carrying;
    }
}
