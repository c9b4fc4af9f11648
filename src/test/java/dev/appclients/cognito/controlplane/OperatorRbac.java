package dev.appclients.cognito.controlplane;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The operator's ServiceAccount and RBAC from {@code deploy/kustomize}, in the size for the whole cluster. */
public final class OperatorRbac {

    public static final String NAMESPACE = "cognito-client-operator";
    public static final String SERVICE_ACCOUNT = "cognito-client-operator";

    private OperatorRbac() {}

    /** Manifests with explicit namespaces, which kustomize would not change. */
    public static Path[] manifests(Path project) {
        return Stream.of(
                        "base/namespace.yaml",
                        "base/service-account.yaml",
                        "base/leader-election.yaml",
                        "base/user-roles.yaml",
                        "base/service-binding.yaml",
                        "cluster/rbac.yaml",
                        "cluster/configmaps.yaml")
                .map(name -> project.resolve("deploy/kustomize").resolve(name))
                .toArray(Path[]::new);
    }
}
