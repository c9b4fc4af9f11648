package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contents and the answers of the item stores of clients and Secrets. */
class LeanItemsTest {

    private final LeanValues values = new LeanValues(new Interner(1024));
    private final ClientItemStore clients = new ClientItemStore(values, (before, now) -> {});
    private final SecretItems secrets = new SecretItems(new SecretStripper(values));

    @Test
    void aClientIsKeptWithTheFieldsThatAReconciliationReads() {
        UserPoolClient sent = client("5");
        UserPoolClient same = client("5");
        clients.put(clients.getKey(sent), sent);

        UserPoolClient kept = clients.get("shop/web");

        assertThat(kept).isNotNull();
        assertThat(kept.getSpec()).isEqualTo(same.getSpec());
        assertThat(kept.getStatus()).isEqualTo(same.getStatus());
        assertThat(kept.getKind()).isEqualTo("UserPoolClient");
        assertThat(kept.getApiVersion()).isEqualTo("cognito.appclients.dev/v1beta1");
        assertThat(kept.getMetadata())
                .usingRecursiveComparison()
                .ignoringFields("annotations", "labels", "managedFields", "ownerReferences", "generateName")
                .isEqualTo(same.getMetadata());
        assertThat(kept.getMetadata().getAnnotations()).containsOnlyKeys(Annotations.PAUSED);
        assertThat(kept.getMetadata().getLabels()).isEmpty();
        assertThat(kept.getMetadata().getManagedFields()).isEmpty();
        assertThat(kept.getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void twoVersionsOfAClientShareTheUnchangedParts() {
        UserPoolClient first = client("5");
        clients.put(clients.getKey(first), first);
        UserPoolClient before = clients.get("shop/web");
        UserPoolClient second = client("6");
        clients.put(clients.getKey(second), second);

        UserPoolClient after = clients.get("shop/web");

        assertThat(after.getMetadata().getResourceVersion()).isEqualTo("6");
        assertThat(after.getMetadata().getUid()).isSameAs(before.getMetadata().getUid());
        assertThat(after.getSpec()).isSameAs(before.getSpec());
        assertThat(after.getStatus()).isSameAs(before.getStatus());
    }

    @Test
    void anEventCarriesTheReducedObject() {
        UserPoolClient sent = client("5");
        clients.put(clients.getKey(sent), sent);

        assertThat(sent.getMetadata().getManagedFields()).isEmpty();
        Secret secret = secret("web", "uid-1");
        secrets.put(secrets.getKey(secret), secret);
        assertThat(secret.getData()).isEmpty();
    }

    @Test
    void theKeyStaysOneInstance() {
        UserPoolClient sent = client("5");
        String key = clients.getKey(sent);
        clients.put(key, sent);

        assertThat(clients.getKey(client("6"))).isSameAs(key);
    }

    @Test
    void theFirstListIsSentInTheKeptForm() {
        assertThat(clients.isFullState()).isTrue();
        assertThat(secrets.isFullState()).isTrue();
    }

    @Test
    void aSecretIsFoundByTheUidOfItsMark() {
        put(secret("web", "uid-1"));
        put(secret("former", "uid-1"));
        put(secret("other", "uid-2"));

        assertThat(names("uid-1")).containsExactlyInAnyOrder("web", "former");
        assertThat(names("uid-2")).containsExactly("other");
        assertThat(names("uid-3")).isEmpty();
    }

    @Test
    void aMarkThatChangedOrWasRemovedIsNotFound() {
        put(secret("web", "uid-1"));
        put(secret("web", "uid-2"));
        assertThat(names("uid-1")).isEmpty();
        assertThat(names("uid-2")).containsExactly("web");

        put(secret("web", null));
        assertThat(names("uid-2")).isEmpty();
        assertThat(secrets.uids()).isZero();
    }

    @Test
    void theIndexForgetsDeletedSecrets() {
        put(secret("web", "uid-1"));
        put(secret("web", "uid-1"));
        put(secret("former", "uid-1"));

        secrets.remove("shop/web");
        assertThat(names("uid-1")).containsExactly("former");
        secrets.remove("shop/former");
        secrets.remove("shop/unknown");

        assertThat(secrets.uids()).isZero();
        assertThat(secrets.size()).isZero();
        assertThat(secrets.keySet()).isEmpty();
    }

    private void put(Secret secret) {
        secrets.put(secrets.getKey(secret), secret);
    }

    private List<String> names(String uid) {
        return secrets.ofClient(uid)
                .map(secret -> secret.getMetadata().getName())
                .toList();
    }

    private static Secret secret(String name, @Nullable String uid) {
        var metadata = new SecretBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(uid == null ? Map.of() : Map.of(Marks.CLIENT_UID, uid))
                .endMetadata();
        return metadata.addToData("client-secret", "dmFsdWU=").build();
    }

    private static UserPoolClient client(String version) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata:
                  name: web
                  namespace: shop
                  generateName: we
                  uid: 7f0d5b1e-0000-4000-8000-000000000000
                  resourceVersion: "%s"
                  generation: 2
                  creationTimestamp: "2026-01-01T00:00:00Z"
                  finalizers: [cognito.appclients.dev/app-client]
                  labels: {team: shop}
                  annotations:
                    cognito.appclients.dev/paused: "true"
                    kubectl.kubernetes.io/last-applied-configuration: "{}"
                  ownerReferences:
                  - {apiVersion: v1, kind: ConfigMap, name: shop, uid: u}
                  managedFields:
                  - {manager: kubectl, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {"f:spec": {}}}
                spec: {userPoolRef: {name: customers}, appType: Confidential}
                status: {observedGeneration: 2, clientId: 1example23456789}
                """.formatted(version), UserPoolClient.class);
    }
}
