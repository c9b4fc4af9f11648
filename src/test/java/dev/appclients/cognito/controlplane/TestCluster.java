package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.nio.file.Path;

/** Gives access to the control plane of this test JVM, from any class loader. */
public final class TestCluster {

    static final String ADMIN = "control-plane.admin-kubeconfig";
    static final String OPERATOR = "control-plane.operator-kubeconfig";
    static final String AUDIT_LOG = "control-plane.audit-log";

    private TestCluster() {}

    /** A new client with cluster-admin. The caller closes it. */
    public static KubernetesClient admin() {
        return Clients.of(config(ADMIN));
    }

    /** The kubeconfig file of cluster-admin, for kubectl. */
    public static Path adminKubeconfig() {
        return Path.of(property(ADMIN));
    }

    public static Config adminConfig() {
        return config(ADMIN);
    }

    /** The configuration of the operator's ServiceAccount, with exactly the RBAC of {@code deploy/kustomize}. */
    public static Config operatorConfig() {
        return config(OPERATOR);
    }

    /** The file of {@link ControlPlane#auditLog}. */
    public static Path auditLog() {
        return Path.of(property(AUDIT_LOG));
    }

    /** The kubeconfig file of the operator's ServiceAccount, for an operator in its own process. */
    public static Path operatorKubeconfig() {
        return Path.of(property(OPERATOR));
    }

    private static Config config(String name) {
        return Config.fromKubeconfig(new File(property(name)));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("this test needs the control plane: run it with failsafe"
                    + " (mvn verify -Dit.test=…), or with -Dcontrol-plane.start=true");
        }
        return value;
    }
}
