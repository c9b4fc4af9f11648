package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.Map;

/** A client with a ConfigMap that pushes its Secret into a namespace with the label {@code oidc}. Closing it removes both. */
final class SharedClient implements AutoCloseable {

    private static final String NAME = "shared";
    private static final String CONFIG_MAP = "shared-public";
    private static final String SHARING = """
            appType: Confidential
            sharing:
              namespaces: {from: Selector, selector: {matchLabels: {oidc: "yes"}}}
              push: {secret: {name: pushed}}
            """;

    private final Stage stage;
    private final String target;

    private SharedClient(Stage stage, String target) {
        this.stage = stage;
        this.target = target;
    }

    /** Lets the pool share, and applies the client. The operator serves every namespace. */
    static SharedClient apply(Stage stage) {
        String target = stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("target-")
                        .addToLabels("oidc", "yes")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        stage.applyPool(Stage.POOL, """
                namespaces: {from: All}
                sharing: {namespaces: {from: All}, pushFrom: {from: All}}
                """);
        stage.applyClient(NAME, SHARING + "configMap: {name: shared-public}\n");
        stage.awaitReady(NAME);
        return new SharedClient(stage, target);
    }

    /** Runs every path of claims, copies and ConfigMaps that needs a verb of its own. */
    void runEveryPath() {
        changeAndRemoveTheConfigMap();
        awaitCopy();
        restoreTheClaim();
        restoreTheCopy();
        withdraw();
    }

    private void changeAndRemoveTheConfigMap() {
        stage.eventually().until(() -> configMap().get() != null);
        stage.applyClient(NAME, SHARING + "configMap: {name: shared-public, preset: Env}\n");
        stage.eventually()
                .untilAsserted(() -> assertThat(configMap().require().getData()).containsKey("CLIENT_ID"));
        configMap().delete();
        stage.eventually().until(() -> configMap().get() != null);
        stage.applyClient(NAME, SHARING);
        stage.eventually().until(() -> configMap().get() == null);
    }

    private void awaitCopy() {
        stage.eventually().untilAsserted(() -> {
            ClientSecretClaim pushed = claim().require();
            assertThat(Conditions.find(pushed.getStatus().conditions(), Conditions.READY))
                    .hasValueSatisfying(ready -> {
                        assertThat(ready.getStatus()).isEqualTo("True");
                        // A reconciliation of an earlier generation may still delete the copy.
                        assertThat(ready.getObservedGeneration())
                                .isEqualTo(pushed.getMetadata().getGeneration());
                    });
            assertThat(copy().require().getData()).containsKeys("client-id", "client-secret");
        });
    }

    private void restoreTheClaim() {
        Edits.edit(claim(), claim -> {
            ClientSecretClaim edited = claim.copy();
            edited.setSpec(new ClientSecretClaimSpec(claim.getSpec().clientRef(), null));
            return edited;
        });
        stage.eventually().until(() -> claim().require().getSpec().secret() != null);
        awaitCopy();
    }

    private void restoreTheCopy() {
        Edits.edit(copy(), copy -> {
            copy.setData(Map.of());
            return copy;
        });
        awaitCopy();
    }

    private void withdraw() {
        Edits.edit(stage.admin().namespaces().withName(target), namespace -> {
            namespace.getMetadata().getLabels().remove("oidc");
            return namespace;
        });
        stage.eventually().until(() -> claim().get() == null && copy().get() == null);
    }

    private Resource<ClientSecretClaim> claim() {
        return stage.admin()
                .resources(ClientSecretClaim.class)
                .inNamespace(target)
                .withName(stage.namespace() + "." + NAME);
    }

    private Resource<Secret> copy() {
        return stage.admin().secrets().inNamespace(target).withName("pushed");
    }

    private Resource<ConfigMap> configMap() {
        return stage.admin().configMaps().inNamespace(stage.namespace()).withName(CONFIG_MAP);
    }

    @Override
    public void close() {
        stage.delete(NAME);
        stage.awaitGone(NAME);
        stage.admin().namespaces().withName(target).delete();
    }
}
