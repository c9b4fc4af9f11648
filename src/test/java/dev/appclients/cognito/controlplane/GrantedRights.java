package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rights that the files of {@code deploy/kustomize} grant, as {@code <group> <resource>: <verb>}. */
public final class GrantedRights {

    private GrantedRights() {}

    /** The operator's rights in the size for the whole cluster. */
    public static Set<String> ofTheWholeCluster() {
        return in("base/leader-election.yaml", "cluster/rbac.yaml", "cluster/configmaps.yaml");
    }

    /** The operator's rights in the size for a list of namespaces, wherever they apply. */
    public static Set<String> ofNamespaces() {
        return in(
                "base/leader-election.yaml",
                "namespaces/rbac.yaml",
                "namespaces/_role/rbac.yaml",
                "namespaces/_role/configmaps.yaml");
    }

    /** The rights in these files below {@code deploy/kustomize}. */
    public static Set<String> in(String... files) {
        Set<String> granted = new TreeSet<>();
        for (String file : files) {
            objects(Path.of("deploy/kustomize", file)).forEach(object -> granted.addAll(of(object)));
        }
        return granted;
    }

    private static Stream<HasMetadata> objects(Path file) {
        try {
            return Arrays.stream(Files.readString(file).split("(?m)^---$"))
                    .map(document -> Serialization.<HasMetadata>unmarshal(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> of(HasMetadata object) {
        List<PolicyRule> rules = switch (object) {
            case ClusterRole role -> role.getRules();
            case Role role -> role.getRules();
            default -> List.of();
        };
        Set<String> granted = new TreeSet<>();
        for (PolicyRule rule : rules) {
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    rule.getVerbs().forEach(verb -> granted.add(group + " " + resource + ": " + verb));
                }
            }
        }
        return granted;
    }
}
