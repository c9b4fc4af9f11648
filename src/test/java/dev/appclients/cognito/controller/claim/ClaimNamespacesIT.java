package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controlplane.Edits;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The namespaces of client and claim come, go, and come again under the same name. */
class ClaimNamespacesIT extends OnClaimStage {

    private String source;

    @BeforeEach
    void shareFromAnotherNamespace() {
        source = namespace("source-", Map.of());
        applyClientIn(source);
        claimOn(source, "api", team, "web", "");
        awaitClaim(team, "web", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSourceNamespaceThatIsCreatedAgainIsAnotherSourceUntilTheClaimIsCreatedAgain(boolean operatorIsDown) {
        deleteNamespace(source);
        awaitClaim(team, "web", "False", "NotAvailable");
        awaitNoSecret(team, "web");

        meanwhile(operatorIsDown, () -> {
            recreate(source, Map.of());
            applyClientIn(source);
        });
        awaitClaim(team, "web", "False", "SourceReplaced");
        assertThat(secretIn(team, "web")).isNull();
        assertThat(isStalled(team, "web")).isTrue();
        claimIn(team, "web").delete();
        claimOn(source, "api", team, "web", "");

        awaitClaim(team, "web", "True", "Synced");
        assertThat(secretIn(team, "web")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTargetNamespaceThatIsDeletedLeavesNothingBehind(boolean operatorIsDown) {
        meanwhile(operatorIsDown, () -> deleteNamespace(team));

        recreate(team, Map.of("oidc", "yes"));
        claimOn(source, "api", team, "web", "");
        awaitClaim(team, "web", "True", "Synced");
        assertThat(secretIn(team, "web")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aTargetNamespaceThatIsBeingDeletedGetsNeitherASecretNorAStatusNorAnEvent(boolean operatorIsDown) {
        String held = namespace("held-", Map.of());
        // A finalizer keeps the namespace terminating.
        stage.admin()
                .resource(Serialization.unmarshal("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: {name: held, namespace: %s, finalizers: [example.com/held]}
                        """.formatted(held), io.fabric8.kubernetes.api.model.ConfigMap.class))
                .create();
        claimOn(source, "api", held, "web", "");
        awaitClaim(held, "web", "True", "Synced");

        meanwhile(
                operatorIsDown, () -> stage.admin().namespaces().withName(held).delete());

        awaitNoSecret(held, "web");
        // The operator serves the other claims of the client.
        claimOn(source, "api", team, "later", "");
        awaitClaim(team, "later", "True", "Synced");
        assertThat(secretIn(held, "web")).isNull();
        assertThat(stage.admin().namespaces().withName(held).require().isMarkedForDeletion())
                .isTrue();
        assertThat(claimEvents(held, "web")).isEmpty();
        Edits.edit(stage.admin().configMaps().inNamespace(held).withName("held"), found -> {
            found.getMetadata().getFinalizers().clear();
            return found;
        });
    }

    private void applyClientIn(String namespace) {
        UserPoolClient client = Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: api, namespace: %s}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  sharing: {namespaces: {from: All}}
                """.formatted(namespace), UserPoolClient.class);
        stage.admin().resource(client).fieldManager("user").forceConflicts().serverSideApply();
    }
}
