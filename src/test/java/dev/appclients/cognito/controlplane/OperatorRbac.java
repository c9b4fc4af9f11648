package dev.appclients.cognito.controlplane;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The part of {@code deploy/kustomize} that says who the operator is and what it may do. */
public final class OperatorRbac {

    public static final String NAMESPACE = "cognito-client-operator";
    public static final String SERVICE_ACCOUNT = "cognito-client-operator";

    private OperatorRbac() {}

    /** Plain manifests that name their namespace: what kustomize would build of them is what they say. */
    public static Path[] manifests(Path project) {
        return Stream.of("namespace.yaml", "service-account.yaml", "rbac.yaml", "user-roles.yaml")
                .map(name -> project.resolve("deploy/kustomize").resolve(name))
                .toArray(Path[]::new);
    }
}
