package dev.appclients.cognito.operations;

import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.ControlPlane;
import dev.appclients.cognito.controlplane.OperatorRbac;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster of its own, with the CRDs, the RBAC and the operator of the release. */
final class SecondCluster implements AutoCloseable {

    private static final Path PROJECT = Path.of("");

    private final ControlPlane plane;
    private final KubernetesClient admin;
    private @Nullable RunningOperator operator;

    private SecondCluster(ControlPlane plane) {
        this.plane = plane;
        this.admin = Clients.of(plane.adminConfig());
    }

    static SecondCluster start(Path directory) {
        ControlPlane plane = ControlPlane.start(directory, List.of(PROJECT.resolve("crds")));
        SecondCluster cluster = new SecondCluster(plane);
        cluster.installRbac();
        return cluster;
    }

    /** Starts a control plane on the data of a cluster in {@code etcd} of this directory. Nothing is installed. */
    static SecondCluster restored(Path directory) {
        return new SecondCluster(ControlPlane.start(directory));
    }

    /** Installs the namespace, the ServiceAccount and the rights of the operator. */
    void installRbac() {
        plane.applyManifests(OperatorRbac.manifests(PROJECT));
    }

    KubernetesClient admin() {
        return admin;
    }

    void startOperator(URI cognito) {
        operator = RunningOperator.start(
                cognito,
                RunningOperator.SetUp.of(
                        Stage.SETTINGS, plane.configFor(OperatorRbac.NAMESPACE, OperatorRbac.SERVICE_ACCOUNT)));
    }

    void stopOperator() {
        if (operator != null) {
            operator.close();
            operator = null;
        }
    }

    /** Applies a trusted ClusterUserPool {@code customers} for all namespaces. */
    void applyPool(String userPoolId) {
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClusterUserPool
                metadata: {name: customers}
                spec:
                  userPoolId: %s
                  aws: {identity: Operator}
                  tenancy: Trusted
                  namespaces: {from: All}
                """.formatted(userPoolId));
    }

    /** Applies a client in the namespace {@code default}. */
    void applyClient(String name, String settings) {
        apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s, namespace: default}
                spec: {userPoolRef: {name: customers}, %s}
                """.formatted(name, settings));
    }

    /** Applies a manifest as a user. */
    void apply(String manifest) {
        admin.resource(manifest).fieldManager("user").forceConflicts().serverSideApply();
    }

    @Override
    public void close() {
        stopOperator();
        admin.close();
        plane.close();
    }
}
