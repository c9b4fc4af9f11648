package dev.appclients.cognito.authorization;

import dev.appclients.cognito.api.v1beta1.MetadataLimits;
import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.model.MetadataKeys;
import dev.appclients.cognito.model.SecretTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The types and the metadata that a pool permits on Secrets.
 *
 * @param limited whether only the lists count; otherwise every type and key is permitted that no other controller acts on
 * @param types the permitted types; {@code domain/*} stands for all of a domain. Null permits the common ones
 * @param labelKeys the permitted keys, beside those that every pool permits
 * @param annotationKeys as {@code labelKeys}
 */
record SecretLimits(
        boolean limited, @Nullable List<String> types, List<String> labelKeys, List<String> annotationKeys) {

    /** No limits but those of every pool. */
    static final SecretLimits TRUSTED = new SecretLimits(false, null, List.of(), List.of());

    private static final String ALL_OF_DOMAIN = "/*";
    private static final String TYPE = "secret.type";

    /** The limits of a Restricted pool; null permits the safe minimum. */
    static SecretLimits of(@Nullable PoolLimits written) {
        MetadataLimits metadata = written == null ? null : written.secretMetadata();
        return new SecretLimits(
                true,
                written == null ? null : written.secretTypes(),
                orEmpty(metadata == null ? null : metadata.labelKeys()),
                orEmpty(metadata == null ? null : metadata.annotationKeys()));
    }

    /** Each field that exceeds a limit. */
    List<Violation> violations(String type, Set<String> labels, Set<String> annotations) {
        List<Violation> violations = new ArrayList<>();
        if (!permitsType(type)) {
            boolean never = SecretTypes.isNever(type);
            violations.add(Violation.of(TYPE, List.of(type), never ? Violation.OF_EVERY_POOL : "allow.secretTypes"));
        }
        keys("secret.metadata.labels", labels, labelKeys, "allow.secretMetadata.labelKeys", violations);
        keys(
                "secret.metadata.annotations",
                annotations,
                annotationKeys,
                "allow.secretMetadata.annotationKeys",
                violations);
        return List.copyOf(violations);
    }

    private boolean permitsType(String type) {
        if (SecretTypes.isNever(type)) {
            return false;
        }
        if (!limited) {
            return SecretTypes.isCommon(type) || !SecretTypes.isForeignDomain(type);
        }
        return types == null
                ? SecretTypes.isCommon(type)
                : types.stream().anyMatch(permitted -> covers(permitted, type));
    }

    private static boolean covers(String permitted, String type) {
        return permitted.equals(type)
                || (permitted.endsWith(ALL_OF_DOMAIN)
                        && permitted.equals(MetadataKeys.domain(type) + ALL_OF_DOMAIN)
                        && type.contains("/"));
    }

    private void keys(
            String field, Set<String> asked, List<String> permitted, String limit, List<Violation> violations) {
        SortedSet<String> never = new TreeSet<>();
        SortedSet<String> unlisted = new TreeSet<>();
        for (String key : asked) {
            if (!MetadataKeys.isPermitted(key)) {
                never.add(key);
            } else if (limited && !MetadataKeys.isAlwaysPermitted(key) && !permitted.contains(key)) {
                unlisted.add(key);
            }
        }
        if (!never.isEmpty()) {
            violations.add(Violation.of(field, never, Violation.OF_EVERY_POOL));
        }
        if (!unlisted.isEmpty()) {
            violations.add(Violation.of(field, unlisted, limit));
        }
    }

    private static List<String> orEmpty(@Nullable List<String> list) {
        return Objects.requireNonNullElse(list, List.of());
    }
}
