package dev.appclients.cognito.controlplane;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.File;
import java.nio.file.Path;

/** The control plane that this test JVM was given, seen from any class loader. */
public final class TestCluster {

    static final String ADMIN = "control-plane.admin-kubeconfig";
    static final String OPERATOR = "control-plane.operator-kubeconfig";
    static final String AUDIT_LOG = "control-plane.audit-log";

    private TestCluster() {}

    /** A new client with cluster-admin; the caller closes it. */
    public static KubernetesClient admin() {
        return Clients.of(config(ADMIN));
    }

    /** For processes that want a file: kubectl. */
    public static Path adminKubeconfig() {
        return Path.of(property(ADMIN));
    }

    public static Config adminConfig() {
        return config(ADMIN);
    }

    /** The operator's ServiceAccount, holding exactly the RBAC that {@code deploy/kustomize} ships. */
    public static Config operatorConfig() {
        return config(OPERATOR);
    }

    /** As {@link ControlPlane#auditLog}. */
    public static Path auditLog() {
        return Path.of(property(AUDIT_LOG));
    }

    /** For processes that want a file: the operator as a process of its own. */
    public static Path operatorKubeconfig() {
        return Path.of(property(OPERATOR));
    }

    private static Config config(String name) {
        return Config.fromKubeconfig(new File(property(name)));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("this test needs the control plane: run it by failsafe"
                    + " (mvn verify -Dit.test=…), or with -Dcontrol-plane.start=true");
        }
        return value;
    }
}
