package dev.appclients.cognito.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.controller.OnClaimStage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The marks by which Argo CD, Flux and Helm track an object do not reach the objects that the operator writes for it. So no tool takes
 * them for its own and prunes them.
 */
class TrackingIT extends OnClaimStage {

    private static final String TRACKED = """
            apiVersion: cognito.appclients.dev/v1beta1
            kind: %s
            metadata:
              name: web
              namespace: %s
              labels:
                app.kubernetes.io/instance: shop-web
                app.kubernetes.io/managed-by: Helm
                argocd.argoproj.io/instance: shop-web
                kustomize.toolkit.fluxcd.io/name: shop-web
                kustomize.toolkit.fluxcd.io/namespace: flux-system
                helm.toolkit.fluxcd.io/name: shop-web
                team: shop
              annotations:
                argocd.argoproj.io/tracking-id: shop-web:cognito.appclients.dev/%s:%s/web
                argocd.argoproj.io/installation-id: main
                argocd.argoproj.io/sync-wave: "0"
                argocd.argoproj.io/sync-options: Prune=false
                meta.helm.sh/release-name: shop-web
                meta.helm.sh/release-namespace: shop
                owner: shop
            spec:
            """;

    @BeforeEach
    void permitPushes() {
        applyPoolSharing("sharing: {namespaces: {from: All}, pushFrom: {from: All}}");
    }

    @Test
    void noObjectOfTheOperatorCarriesAMarkOfATrackingTool() {
        stage.apply(tracked("UserPoolClient", stage.namespace()) + """
                  userPoolRef: {name: customers}
                  appType: Confidential
                  configMap: {name: web-public}
                  sharing:
                    namespaces: {from: Names, names: [%s]}
                    push: {secret: {name: web-oidc}}
                """.formatted(team));
        stage.awaitReady("web");
        String pushed = stage.namespace() + ".web";
        awaitClaim(team, pushed, "True", "Synced");

        ConfigMap configMap = stage.admin()
                .configMaps()
                .inNamespace(stage.namespace())
                .withName("web-public")
                .require();
        assertUntracked(
                Objects.requireNonNull(stage.secret("web")),
                configMap,
                awaitSecret(team, "web-oidc"),
                claimIn(team, pushed).require());
    }

    @Test
    void aCopyCarriesNoMarkOfItsClaim() {
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");
        ClientSecretClaim claim = Serialization.unmarshal(
                tracked("ClientSecretClaim", team) + "  clientRef: {namespace: %s, name: web}\n".formatted(stage.namespace()),
                ClientSecretClaim.class);
        claim.setStatus(null);
        stage.admin().resource(claim).fieldManager("argocd-controller").serverSideApply();

        awaitClaim(team, "web", "True", "Synced");

        assertUntracked(awaitSecret(team, "web"));
    }

    private static void assertUntracked(HasMetadata... written) {
        for (HasMetadata object : written) {
            List<String> keys = Stream.of(
                            object.getMetadata().getLabels(), object.getMetadata().getAnnotations())
                    .filter(Objects::nonNull)
                    .flatMap(marks -> marks.keySet().stream())
                    .toList();
            assertThat(keys)
                    .as("%s %s", object.getKind(), object.getMetadata().getName())
                    .isNotEmpty()
                    .allMatch(key -> key.startsWith("cognito.appclients.dev/") || key.equals("app.kubernetes.io/managed-by"));
            assertThat(object.getMetadata().getLabels()).doesNotContainEntry("app.kubernetes.io/managed-by", "Helm");
        }
    }

    private static String tracked(String kind, String namespace) {
        return TRACKED.formatted(kind, namespace, kind, namespace);
    }
}
