package dev.appclients.cognito.plan;

import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolCatalog;
import dev.appclients.cognito.model.PoolContents;
import dev.appclients.cognito.model.Sets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares the settings of a client with the features and contents of its pool. Skips every check whose facts are unknown. */
public final class PoolRequirements {

    /** Bounds the names in a sentence: a pool can have thousands of scopes. */
    private static final int MAX_NAMES = 40;

    private static final String COGNITO = "COGNITO";
    private static final String USER_AUTH = "ALLOW_USER_AUTH";
    private static final String LOWEST_TIER = "LITE";

    /** The prefix of a name that stands for several attributes, such as {@code oidc:profile}. */
    private static final String ATTRIBUTE_SCOPE = "oidc:";

    /** Scopes that every pool has. */
    private static final Set<String> SCOPES_OF_EVERY_POOL =
            Set.of("openid", "email", "phone", "profile", "aws.cognito.signin.user.admin");

    private PoolRequirements() {}

    /**
     * A requirement that the pool does not meet.
     *
     * @param sentence the missing names, the available names, and the remedy
     */
    public record Unmet(PoolRule rule, String sentence) {}

    /** Whether the client uses a feature that the tier LITE does not have. */
    public static boolean needsHigherTier(DesiredClient desired) {
        AppClientSettings settings = desired.settings();
        return settings.explicitAuthFlows().contains(USER_AUTH)
                || settings.refreshTokenRotation().enabled();
    }

    /** The parts of the pool to read for this client. {@code COGNITO} and the scopes of every pool need no read. */
    public static Set<PoolCatalog> catalogs(DesiredClient desired) {
        AppClientSettings settings = desired.settings();
        Set<PoolCatalog> catalogs = EnumSet.noneOf(PoolCatalog.class);
        if (!settings.readAttributes().isEmpty() || !settings.writeAttributes().isEmpty() || needsHigherTier(desired)) {
            catalogs.add(PoolCatalog.SCHEMA);
        }
        if (!customScopes(settings).isEmpty()) {
            catalogs.add(PoolCatalog.SCOPES);
        }
        if (!ownProviders(settings).isEmpty()) {
            catalogs.add(PoolCatalog.PROVIDERS);
        }
        return catalogs;
    }

    /**
     * The unmet requirements, in the order of the rules.
     *
     * @param pool the contents of the pool
     * @param shown the contents that the client's namespace may use; only these appear in a sentence
     */
    public static List<Unmet> unmet(DesiredClient desired, PoolContents pool, PoolContents shown) {
        AppClientSettings settings = desired.settings();
        List<Unmet> unmet = new ArrayList<>();
        attributes(PoolRule.READ_ATTRIBUTES_EXIST, settings.readAttributes(), pool, shown, unmet);
        attributes(PoolRule.WRITE_ATTRIBUTES_EXIST, settings.writeAttributes(), pool, shown, unmet);
        required(settings.writeAttributes(), pool.attributes(), names(shown), unmet);
        tier(settings, pool.tier(), unmet);
        scopes(settings, pool, shown, unmet);
        providers(settings, pool, shown, unmet);
        return List.copyOf(unmet);
    }

    private static void attributes(
            PoolRule rule, SortedSet<String> asked, PoolContents pool, PoolContents shown, List<Unmet> unmet) {
        PoolAttributes has = pool.attributes();
        if (has == null) {
            return;
        }
        SortedSet<String> missing = not(
                asked, name -> name.startsWith(ATTRIBUTE_SCOPE) || has.names().contains(name));
        if (missing.isEmpty()) {
            return;
        }
        SortedSet<String> prefixed = Sets.sorted(missing.stream()
                .map(name -> "custom:" + name)
                .filter(name -> names(shown).contains(name))
                .toList());
        unmet.add(
                new Unmet(
                        rule,
                        rule.field() + " has " + list(missing) + ", which the pool does not have"
                                + (prefixed.isEmpty() ? "" : " (it has " + list(prefixed) + ")") + ". Its attributes: "
                                + list(names(shown))
                                + ". Ask the platform team to add the missing attributes to the pool, or remove them from the manifest"));
    }

    private static SortedSet<String> names(PoolContents shown) {
        PoolAttributes attributes = shown.attributes();
        return attributes == null ? Sets.sorted(null) : attributes.names();
    }

    private static void required(
            SortedSet<String> written, @Nullable PoolAttributes has, Set<String> shown, List<Unmet> unmet) {
        boolean notJudged = written.isEmpty() || written.stream().anyMatch(name -> name.startsWith(ATTRIBUTE_SCOPE));
        if (has == null || notJudged) {
            return;
        }
        // It is not known whether Cognito requires or refuses an immutable attribute here.
        SortedSet<String> left = not(has.required(), name -> !has.mutable().contains(name) || written.contains(name));
        if (!left.isEmpty()) {
            SortedSet<String> hidden = not(left, shown::contains);
            unmet.add(new Unmet(
                    PoolRule.REQUIRED_ATTRIBUTES_ARE_WRITABLE,
                    hidden.isEmpty()
                            ? "writeAttributes lacks " + list(left)
                                    + ", which the pool requires of every user. Add the attributes, or"
                                    + " remove writeAttributes"
                            : "writeAttributes lacks attributes that the pool requires of every user. Ask the platform"
                                    + " team to add them to allow.writeAttributes of the ClusterUserPool"));
        }
    }

    private static void tier(AppClientSettings settings, @Nullable String tier, List<Unmet> unmet) {
        if (!LOWEST_TIER.equals(tier)) {
            return;
        }
        if (settings.explicitAuthFlows().contains(USER_AUTH)) {
            unmet.add(new Unmet(
                    PoolRule.USER_AUTH_NEEDS_ESSENTIALS,
                    "explicitAuthFlows has ALLOW_USER_AUTH, which needs the tier ESSENTIALS or PLUS, and the pool has "
                            + tier + ". Remove the flow from the manifest, or ask the platform team to raise the pool's"
                            + " tier"));
        }
        if (settings.refreshTokenRotation().enabled()) {
            unmet.add(new Unmet(
                    PoolRule.ROTATION_NEEDS_ESSENTIALS,
                    "refreshTokenRotation.feature is ENABLED, which needs the tier ESSENTIALS or PLUS, and the pool has "
                            + tier
                            + ". Remove refreshTokenRotation from the manifest, or ask the platform team to raise"
                            + " the pool's tier"));
        }
    }

    private static void scopes(AppClientSettings settings, PoolContents pool, PoolContents shown, List<Unmet> unmet) {
        SortedSet<String> has = pool.scopes();
        SortedSet<String> missing =
                has == null ? Sets.sorted(null) : not(customScopes(settings), name -> has.contains(name));
        if (!missing.isEmpty()) {
            unmet.add(
                    new Unmet(
                            PoolRule.SCOPES_EXIST,
                            "allowedOAuthScopes has " + list(missing)
                                    + ", which no resource server of the pool has. Its scopes: "
                                    + list(shown.scopes())
                                    + ". Ask the platform team to create the missing scopes, or remove them from the manifest"));
        }
    }

    private static void providers(
            AppClientSettings settings, PoolContents pool, PoolContents shown, List<Unmet> unmet) {
        SortedSet<String> has = pool.providers();
        SortedSet<String> missing =
                has == null ? Sets.sorted(null) : not(ownProviders(settings), name -> has.contains(name));
        if (!missing.isEmpty()) {
            unmet.add(
                    new Unmet(
                            PoolRule.PROVIDERS_EXIST,
                            "supportedIdentityProviders has " + list(missing)
                                    + ", which the pool does not have. Its providers,"
                                    + " beside COGNITO: " + list(shown.providers())
                                    + ". Ask the platform team to create the missing providers, or remove them from the manifest"));
        }
    }

    private static SortedSet<String> customScopes(AppClientSettings settings) {
        return not(settings.oauth().scopes(), SCOPES_OF_EVERY_POOL::contains);
    }

    private static SortedSet<String> ownProviders(AppClientSettings settings) {
        return not(settings.supportedIdentityProviders(), COGNITO::equals);
    }

    private static SortedSet<String> not(Collection<String> names, Predicate<String> excluded) {
        return Sets.sorted(names.stream().filter(excluded.negate()).toList());
    }

    private static String list(@Nullable SortedSet<String> names) {
        if (names == null || names.isEmpty()) {
            return "none";
        }
        String listed = String.join(", ", names.stream().limit(MAX_NAMES).toList());
        return names.size() > MAX_NAMES ? listed + " and " + (names.size() - MAX_NAMES) + " more" : listed;
    }
}
