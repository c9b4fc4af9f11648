package dev.appclients.cognito.bench;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The Secrets and claims that are right at a moment of the part {@code reactions}, each as its namespace/name and its value or
 * reason. The methods change this object and return it.
 */
final class ExpectedCopies {

    static final int NAMESPACES = 20;
    /** The namespace of the clients. */
    static final String HOME = "bench-0";
    /** The name of the operator's claim in each other namespace. */
    static final String PUSHED_CLAIM = HOME + ".source";
    /** The redirect URI of the client {@code source}. */
    static final String FIRST = "https://source.example.com/0";
    /** The redirect URI of the client {@code other}. */
    static final String OTHER = "https://other.example.com/0";

    private final Set<String> copies = new TreeSet<>();
    private final Set<String> claims = new TreeSet<>();

    private ExpectedCopies() {}

    /** Every copy exists, with this redirect URI. */
    static ExpectedCopies all(String value) {
        ExpectedCopies expected = new ExpectedCopies()
                .copy(HOME + "/other", OTHER)
                .copy(HOME + "/source", value)
                .copy(HOME + "/second", value)
                .claim(HOME + "/second", "Synced");
        namespaces()
                .mapToObj(ExpectedCopies::name)
                .forEach(namespace -> expected.copy(namespace + "/pushed", value)
                        .copy(namespace + "/asked", value)
                        .claim(namespace + "/" + PUSHED_CLAIM, "Synced")
                        .claim(namespace + "/asked", "Synced"));
        return expected;
    }

    static ExpectedCopies all() {
        return all(FIRST);
    }

    static ExpectedCopies withoutPushes() {
        ExpectedCopies expected = all();
        namespaces().forEach(expected::noPush);
        return expected;
    }

    static ExpectedCopies withoutOtherNamespaces() {
        ExpectedCopies expected = withoutPushes();
        namespaces().forEach(i -> expected.notAvailable(name(i) + "/asked"));
        return expected;
    }

    /** Every copy is kept, and not repaired. */
    static ExpectedCopies frozen() {
        ExpectedCopies expected = all().claim(HOME + "/second", "Held");
        namespaces()
                .mapToObj(ExpectedCopies::name)
                .forEach(namespace ->
                        expected.claim(namespace + "/" + PUSHED_CLAIM, "Held").claim(namespace + "/asked", "Held"));
        return expected;
    }

    private static IntStream namespaces() {
        return IntStream.range(0, NAMESPACES);
    }

    static String name(int namespace) {
        return "reaction-" + namespace;
    }

    /** Replaces the Secret at this place. */
    ExpectedCopies copy(String place, String value) {
        noCopy(place);
        copies.add(place + " " + value);
        return this;
    }

    ExpectedCopies noCopy(String place) {
        copies.removeIf(copy -> copy.startsWith(place + " "));
        return this;
    }

    /** Replaces the claim at this place. */
    ExpectedCopies claim(String place, String reason) {
        noClaim(place);
        claims.add(place + " " + reason);
        return this;
    }

    ExpectedCopies noClaim(String place) {
        claims.removeIf(claim -> claim.startsWith(place + " "));
        return this;
    }

    ExpectedCopies noPush(int namespace) {
        return noCopy(name(namespace) + "/pushed").noClaim(name(namespace) + "/" + PUSHED_CLAIM);
    }

    /** A claim that is not permitted, and its Secret of the same name. */
    ExpectedCopies notAvailable(String place) {
        return noCopy(place).claim(place, "NotAvailable");
    }

    Set<String> copies() {
        return copies;
    }

    Set<String> claims() {
        return claims;
    }
}
