package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PresetKeys;
import dev.appclients.cognito.model.TemplateVariable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The entries of a Secret, apart from its generated keys: those of its preset, then those of its template. */
public final class SecretContents {

    private final Variables variables;
    private final SortedMap<String, String> publicEntries;
    private final SortedMap<String, Template> secretTemplates;
    private final @Nullable String presetSecretKey;

    private SecretContents(SecretShape shape, Variables variables, boolean confidential) {
        this.variables = variables;
        publicEntries = PresetEntries.of(shape, variables, confidential);
        secretTemplates = new TreeMap<>();
        presetSecretKey = confidential ? PresetKeys.key(shape.preset(), TemplateVariable.CLIENT_SECRET) : null;
        shape.template().forEach((key, text) -> addTemplate(key, Template.parse(text), confidential));
    }

    /**
     * The entries of a Secret.
     *
     * @param confidential whether the Secret holds a client secret; if not, the variable is empty
     * @param namespace of the Secret itself
     * @param name of the Secret itself
     */
    public static SecretContents of(
            SecretShape shape, PublicValues values, boolean confidential, String namespace, String name) {
        return new SecretContents(shape, Variables.of(values, namespace, name), confidential);
    }

    /**
     * The reasons why no Secret of this shape can be written, each as sentences with the action for the user.
     *
     * @param confidential whether the client has a secret
     * @param forConfigMap whether the shape is that of a ConfigMap
     */
    public static List<String> check(SecretShape shape, boolean confidential, boolean forConfigMap) {
        return ShapeProblems.of(shape, confidential, forConfigMap || shape.configMap());
    }

    /** The key that holds the client secret of a confidential client, unchanged; null if the shape has none. */
    public static @Nullable String secretKey(SecretShape shape) {
        return shape.secretKey();
    }

    private void addTemplate(String key, Template template, boolean confidential) {
        if (confidential && template.isSecret()) {
            publicEntries.remove(key);
            secretTemplates.put(key, template);
        } else {
            publicEntries.put(key, template.render(variables::value));
        }
    }

    /** Every entry that does not depend on the client secret. */
    public SortedMap<String, String> publicEntries() {
        return Collections.unmodifiableSortedMap(publicEntries);
    }

    /** The keys whose values depend on the client secret. */
    public SortedSet<String> secretKeys() {
        SortedSet<String> keys = new TreeSet<>(secretTemplates.keySet());
        if (presetSecretKey != null) {
            keys.add(presetSecretKey);
        }
        return keys;
    }

    /** The entries that hold secret values: for {@code Secret.data} and nowhere else. */
    public SortedMap<String, String> secretEntries(ClientSecret secret) {
        SortedMap<String, String> entries = new TreeMap<>();
        secretTemplates.forEach((key, template) -> entries.put(
                key,
                template.render(variable ->
                        variable == TemplateVariable.CLIENT_SECRET ? secret.reveal() : variables.value(variable))));
        if (presetSecretKey != null) {
            entries.put(presetSecretKey, secret.reveal());
        }
        return entries;
    }

    /** The parts of the secret values that are public, by key, for a digest. */
    public SortedMap<String, List<String>> secretSources() {
        SortedMap<String, List<String>> sources = new TreeMap<>();
        secretTemplates.forEach((key, template) -> sources.put(key, template.publicParts(variables::value)));
        if (presetSecretKey != null) {
            sources.put(presetSecretKey, List.of());
        }
        return sources;
    }
}
