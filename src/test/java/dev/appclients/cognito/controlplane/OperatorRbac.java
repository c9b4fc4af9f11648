package dev.appclients.cognito.controlplane;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The operator's ServiceAccount and RBAC from {@code deploy/kustomize}. */
public final class OperatorRbac {

    public static final String NAMESPACE = "cognito-client-operator";
    public static final String SERVICE_ACCOUNT = "cognito-client-operator";

    private OperatorRbac() {}

    /** Manifests with explicit namespaces, which kustomize would not change. */
    public static Path[] manifests(Path project) {
        return Stream.of("namespace.yaml", "service-account.yaml", "rbac.yaml", "user-roles.yaml")
                .map(name -> project.resolve("deploy/kustomize").resolve(name))
                .toArray(Path[]::new);
    }
}
