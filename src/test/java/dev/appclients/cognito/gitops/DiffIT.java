package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.controller.Kubectl;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.simulator.Simulator;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No example differs from its manifest after the operator has acted, in either way in which Argo CD and Flux compare. */
class DiffIT {

    /** The claims of the examples: those in the files, and those that a push writes. */
    private static final int COPIES = 5;

    private static final String NAMESPACES = "shop shop-jobs team-c platform";
    private static final String OF_CONSUMERS =
            "argo argocd dex flux-system headlamp istio-system monitoring openshift-config pomerium";
    private static final String FILES =
            " -f deploy/examples -f deploy/examples/restricted -f deploy/examples/gitops/platform -f deploy/examples/gitops/team";
    private static final String CONSUMERS =
            " -f deploy/examples/consumers/pool.yaml $(printf -- ' -f %s' deploy/examples/consumers/*/client.yaml)";
    private static final String CLIENT_SIDE = "";
    private static final String SERVER_SIDE = " --server-side --force-conflicts --field-manager=argocd-controller";
    private static final String OURS = "upc,csc,cup";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Simulator simulator = Simulator.start();
    private RunningOperator operator;

    @BeforeEach
    void open() {
        // Another test may have used these namespaces, which then still terminate.
        shell("for n in " + NAMESPACES + " " + OF_CONSUMERS
                + "; do kubectl wait --for=delete ns/$n --timeout=60s || true; done");
        simulator.quotas().off();
        simulator
                .pool("eu-west-1_Customers")
                .prefixDomain("customers")
                .resourceServer("orders", "read", "write")
                .identityProvider("Google", "Google");
        simulator.pool("eu-west-1_Tenants").prefixDomain("tenants");
        simulator.pool("eu-west-1_Shop").prefixDomain("shop");
        simulator.pool("eu-west-1_Staff").prefixDomain("staff");
        operator = RunningOperator.start(simulator.endpoint());
        shell("kubectl apply -f deploy/examples/00-namespaces.yaml && kubectl label ns shop tenant=yes");
    }

    @AfterEach
    void close() {
        shell(
                "kubectl delete csc,upc --all -A && kubectl delete cup --all && kubectl delete ns --wait=false --ignore-not-found "
                        + NAMESPACES + " " + OF_CONSUMERS);
        operator.close();
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {CLIENT_SIDE, SERVER_SIDE})
    void noExampleDiffersAndASecondSyncWritesNothing(String how) {
        shell("kubectl apply" + how + FILES);
        awaitReady(COPIES);
        String written = shell(written());

        assertNoDifference(FILES);

        shell("kubectl apply" + how + FILES);
        assertThat(shell(written())).isEqualTo(written).contains("Z");
    }

    @Test
    void noRecipeForAConsumerDiffers() {
        shell("for n in " + OF_CONSUMERS + "; do kubectl create ns $n; done");

        shell("kubectl apply" + CONSUMERS);

        awaitReady(claimsOfConsumers());
        assertNoDifference(CONSUMERS);
    }

    /** The annotations that an action of Argo CD writes are not in Git. */
    @Test
    void theAnnotationOfAnActionIsNoDifferenceAndStaysAfterASync() {
        shell("kubectl apply" + SERVER_SIDE + FILES);
        awaitReady(COPIES);

        shell("kubectl annotate upc web -n shop cognito.appclients.dev/paused=true");

        assertNoDifference(FILES);
        shell("kubectl apply" + SERVER_SIDE + FILES);
        assertThat(shell("kubectl get upc web -n shop -o jsonpath='{.metadata.annotations}'"))
                .contains("paused");
    }

    /** Argo CD replaces with {@code Replace=true}. The manifest has no finalizer, so the API server removes it. */
    @Test
    void aReplacedObjectGetsItsFinalizerBackAndKeepsItsClient() {
        shell("kubectl apply" + FILES);
        awaitReady(COPIES);
        String field = "kubectl get upc web -n shop -o jsonpath='{.metadata.finalizers}{.status.clientId}'";
        String before = shell(field);

        shell("kubectl replace -f deploy/examples/20-web.yaml -f deploy/examples/10-customers.yaml");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(shell(field)).isEqualTo(before).contains("appclients"));
        awaitReady(COPIES);
        assertThat(simulator.clients("eu-west-1_Customers")).hasSize(5);
    }

    /** Client-side apply stores the manifest in an annotation, and the API server limits all annotations to 262144 bytes. */
    @Test
    void eachCrdCanBeAppliedFromTheClient() {
        assertThat(shell("kubectl apply --dry-run=server -f crds")).contains("userpoolclients", "server dry run");
        assertThat(Integer.parseInt(shell(
                                "kubectl create --dry-run=client -o json -f crds/userpoolclients.cognito.appclients.dev.yaml | wc -c")
                        .strip()))
                .as("bytes of the largest CRD, indented")
                .isLessThan(262_144);
    }

    private static int claimsOfConsumers() {
        return Integer.parseInt(
                shell("cat deploy/examples/consumers/*/client.yaml | grep -c '^kind: ClientSecretClaim$'")
                        .strip());
    }

    private static void assertNoDifference(String files) {
        assertThat(Kubectl.shell("kubectl diff" + files))
                .as("the comparison with the last applied manifest")
                .isEqualTo(new Kubectl.Output(0, ""));
        // It reads the object first, so it also shows a status that the operator writes in between.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Kubectl.shell("kubectl diff" + SERVER_SIDE + files))
                        .as("the server-side diff")
                        .isEqualTo(new Kubectl.Output(0, "")));
    }

    /** A state of the objects that no write of the operator's status changes. */
    private static String written() {
        return "kubectl get " + OURS
                + " -A -o jsonpath='{range .items[*]}{.metadata.name}{\"=\"}{.metadata.generation}{.metadata.annotations}"
                + "{.metadata.managedFields[?(@.manager!=\"cognito-client-operator\")].time}{\" \"}{end}'";
    }

    private static void awaitReady(int claims) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(shell("kubectl get csc -A -o name").lines()).hasSize(claims));
        shell("kubectl wait " + OURS + " --all -A --for=condition=Ready --timeout=60s");
    }

    private static String shell(String line) {
        Kubectl.Output output = Kubectl.shell(line);
        assertThat(output.exitCode()).as("%s: %s", line, output.text()).isZero();
        return output.text();
    }
}
