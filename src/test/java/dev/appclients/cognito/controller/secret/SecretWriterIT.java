package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.controller.TestClock;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.KubernetesEventRecorder;
import dev.appclients.cognito.controller.reconcile.KubernetesFailure;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretManifest;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretPatch;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.secret.SourceClient;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The writer on a real API server, for an owner that is a ConfigMap and a value that does not come from Cognito. */
class SecretWriterIT {

    private static final String NAME = "copy";
    private static final ClientSecret VALUE = new ClientSecret("canary-51t0mk1l8kq2v3");

    private final TestClock clock = new TestClock();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final KubernetesClient admin = TestCluster.admin();
    private final KubernetesClient operator = RecordedWrites.operator(writes);
    private final RestoreHistory restores = new RestoreHistory(OperatorSettings.DEFAULT, clock);
    private final ApiServerSecretStore store = new ApiServerSecretStore(operator, new Informers());
    private final SecretWriter writer = new SecretWriter(
            store, restores, new KubernetesEventRecorder(operator, Clock.systemUTC(), PassListener.NONE));
    private final CountingValue value = new CountingValue(VALUE);
    private boolean wasPublished;
    private String namespace = "";
    private SecretOwner owner;

    @BeforeEach
    void createOwner() {
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("writer-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        owner = owner("settings");
    }

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        operator.close();
        admin.close();
    }

    @Test
    void aSecretOfAConfigMapIsCreatedRewrittenRestoredAndRemoved() {
        write(request("3abc", true));

        assertThat(writes).containsExactly("POST");
        assertThat(value.calls).isEqualTo(1);
        assertThat(live().getMetadata().getLabels()).containsEntry("cognito.appclients.dev/claim-uid", owner.uid());
        assertThat(live().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference.getKind()).isEqualTo("ConfigMap"));
        addForeignEntries();
        forget();

        write(request("3abc", false));

        assertThat(writes).as("the first change costs one write").containsExactly("PATCH");
        assertThat(value.calls).as("the published value is reused").isZero();
        assertThat(live().getData())
                .doesNotContainKeys("domain", "token-uri")
                .containsEntry("client-secret", encoded(VALUE.reveal()))
                .containsEntry("cookie-secret", encoded("cookie"));
        assertThat(live().getMetadata().getLabels()).containsEntry("team", "shop");
        assertThat(live().getMetadata().getAnnotations()).containsEntry("example.com/note", "kept");
        assertCurrent(request("3abc", false));
        forget();

        edit(secret -> secret.getData().put("issuer", encoded("forged")));
        write(request("3abc", false));

        assertThat(value.calls).as("the client secret is untouched").isZero();
        assertThat(live().getData()).containsEntry("issuer", encoded("https://issuer.example.com"));
        edit(secret -> secret.getData().put("client-secret", encoded("forged")));
        write(request("3abc", false));

        assertThat(value.calls).isEqualTo(1);
        assertThat(writes).containsExactly("PATCH", "PATCH");
        assertThat(live().getData()).containsEntry("client-secret", encoded(VALUE.reveal()));
        assertCurrent(request("3abc", false));
        assertThat(events()).isNotEmpty().allSatisfy(event -> {
            assertThat(event.getReason()).isEqualTo("SecretRestored");
            assertThat(event.getInvolvedObject().getUid()).isEqualTo(owner.uid());
        });

        writer.remove(owner("another"), NAME);
        assertThat(secret()).as("removed only for its owner").isNotNull();
        writer.remove(owner, NAME);
        assertThat(secret()).isNull();
    }

    @Test
    void anotherAppClientNeedsAnotherValue() {
        write(request("3abc", true));
        forget();

        write(request("4def", true));

        assertThat(value.calls).isEqualTo(1);
        assertThat(writes).containsExactly("PATCH");
        assertCurrent(request("4def", true));
    }

    @Test
    void theManagedFieldsStayOneEntryThatOwnsExactlyWhatWasWritten() {
        write(request("3abc", true));
        write(request("3abc", false));

        assertThat(live().getMetadata().getManagedFields()).singleElement().satisfies(entry -> {
            assertThat(entry.getManager()).isEqualTo(Marks.FIELD_MANAGER);
            assertThat(entry.getOperation()).isEqualTo("Update");
            Map<?, ?> data =
                    (Map<?, ?>) entry.getFieldsV1().getAdditionalProperties().get("f:data");
            assertThat(data.keySet())
                    .map(String::valueOf)
                    .filteredOn(field -> field.startsWith("f:"))
                    .containsExactlyInAnyOrderElementsOf(SecretManifest.keys(request("3abc", false)).stream()
                            .map(key -> "f:" + key)
                            .toList());
        });
    }

    /** A patch does not change such a value, so without a correction another manager would own it for ever. */
    @Test
    void aValueThatAnotherManagerChangedAndPutBackBecomesTheOperatorsAgain() {
        write(request("3abc", true));
        edit(secret -> secret.getData().put("issuer", encoded("forged")));
        edit(secret -> secret.getData().put("issuer", encoded("https://issuer.example.com")));
        edit(secret -> secret.getMetadata().getAnnotations().put(Marks.CLIENT_ID, "forged"));
        edit(secret -> secret.getMetadata().getAnnotations().put(Marks.CLIENT_ID, "3abc"));
        assertThat(inspect(request("3abc", true))).isInstanceOf(SecretState.Tampered.class);
        forget();

        write(request("3abc", true));

        assertThat(writes).containsExactly("PATCH");
        assertCurrent(request("3abc", true));
    }

    /** The API server keeps the claim on stringData after the value was restored. */
    @Test
    void aValueThatAnotherManagerAppliesAsStringDataIsRestoredByOneWrite() {
        write(request("3abc", true));
        for (String applied : List.of("forged", VALUE.reveal())) {
            admin.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace)
                            .withName(NAME)
                            .endMetadata()
                            .withStringData(Map.of("client-secret", applied, "theirs", "x"))
                            .build())
                    .fieldManager("argocd")
                    .forceConflicts()
                    .serverSideApply();
            assertThat(inspect(request("3abc", true))).isInstanceOf(SecretState.Tampered.class);
            forget();

            write(request("3abc", true));

            assertThat(writes).containsExactly("PATCH");
            assertThat(value.calls).isEqualTo(1);
            assertThat(live().getData())
                    .containsEntry("client-secret", encoded(VALUE.reveal()))
                    .containsEntry("theirs", encoded("x"));
            assertCurrent(request("3abc", true));
            assertThat(entryOf("argocd").getFieldsV1().getAdditionalProperties().toString())
                    .contains("f:theirs")
                    .doesNotContain("f:client-secret");
        }
    }

    @Test
    void aKeyThatAnotherManagerOwnsTooIsStillRewrittenAndRemoved() {
        write(request("3abc", true));
        admin.resource(SecretManifest.of(request("3abc", true), VALUE))
                .fieldManager(Marks.FIELD_MANAGER)
                .forceConflicts()
                .serverSideApply();
        admin.resource(new SecretBuilder(SecretManifest.of(request("3abc", true), VALUE))
                        .editMetadata()
                        .withLabels(Map.of())
                        .withAnnotations(Map.of())
                        .withOwnerReferences(List.of())
                        .endMetadata()
                        .build())
                .fieldManager("argocd")
                .serverSideApply();
        assertCurrent(request("3abc", true));

        write(request("4def", false));

        assertThat(live().getData()).doesNotContainKeys("domain").containsEntry("client-id", encoded("4def"));
        assertCurrent(request("4def", false));
    }

    @Test
    void anOwnerReferenceOfAnotherToolStaysWhenTheSecretIsRetained() {
        ConfigMap other = configMap("other");
        write(request("3abc", true));
        edit(secret -> secret.getMetadata().getOwnerReferences().add(reference(other)));

        write(retained());

        assertThat(live().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(reference -> assertThat(reference.getName()).isEqualTo("other"));
        assertCurrent(retained());
    }

    @Test
    void aPatchOfAnOlderVersionOrOfAReplacedSecretChangesNothing() {
        write(request("3abc", true));
        Secret inspected = live();
        Map<String, Object> patch = SecretPatch.of(request("4def", true), VALUE, inspected);

        edit(secret -> secret.getMetadata().getLabels().put("team", "shop"));
        assertRejected(inspected, patch, 409);

        admin.resource(live()).delete();
        assertRejected(inspected, patch, 404);

        admin.resource(SecretManifest.of(request("3abc", true), VALUE)).create();
        assertRejected(inspected, patch, 409);

        Map<String, Object> uidOnly = new HashMap<>();
        uidOnly.put("metadata", Map.of("uid", inspected.getMetadata().getUid()));
        assertRejected(inspected, uidOnly, 422);
        assertThat(live().getData()).containsEntry("client-id", encoded("3abc"));
    }

    @Test
    void aWriterThatIsFasterIsFollowedAndTheValueIsProvenForEachAttempt() {
        write(request("3abc", true));
        forget();
        SecretStore contested = new BeforeEachPatch(
                store,
                2,
                () -> edit(secret -> secret.getMetadata().getLabels().put("seen", Long.toString(System.nanoTime()))));

        new SecretWriter(contested, restores, new KubernetesEventRecorder(operator, clock, PassListener.NONE))
                .write(new SecretWrite(request("4def", true), value, true, false), inspect(request("4def", true)));

        assertThat(writes).containsExactly("PATCH", "PATCH", "PATCH");
        assertCurrent(request("4def", true));

        SecretStore hopeless = new BeforeEachPatch(
                store,
                3,
                () -> edit(secret -> secret.getMetadata().getLabels().put("seen", Long.toString(System.nanoTime()))));
        assertThatThrownBy(() -> new SecretWriter(
                                hopeless, restores, new KubernetesEventRecorder(operator, clock, PassListener.NONE))
                        .write(
                                new SecretWrite(request("3abc", true), value, true, false),
                                inspect(request("3abc", true))))
                .isInstanceOf(SecretChanged.class);
    }

    /** The garbage collector orphans the dependents of an owner before the owner goes. The caches may not show the deletion yet. */
    @Test
    void aSecretThatLosesAnOwnerThatIsBeingDeletedStaysAsItIs() {
        write(request("3abc", true));
        var configMap = admin.configMaps().inNamespace(namespace).withName(owner.name());
        configMap.patch(
                PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":[\"example.com/held\"]}}");
        configMap.delete();
        edit(secret -> secret.getMetadata().setOwnerReferences(List.of()));
        forget();

        assertThatThrownBy(() -> write(request("3abc", true))).isInstanceOf(SecretChanged.class);
        configMap.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
        assertThatThrownBy(() -> write(request("3abc", true))).isInstanceOf(SecretChanged.class);

        assertThat(writes).isEmpty();
        assertThat(live().getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void aFourthRestoreWaitsUnlessTheUserRequestsIt() {
        write(request("3abc", true));
        for (int i = 0; i < 3; i++) {
            edit(secret -> secret.getData().put("issuer", encoded("forged")));
            write(request("3abc", true));
        }
        edit(secret -> secret.getData().put("issuer", encoded("forged")));
        SecretState edited = inspect(request("3abc", true));

        assertThatThrownBy(() -> write(request("3abc", true)))
                .isInstanceOfSatisfying(
                        SecretContested.class,
                        contested -> assertThat(contested.retryAfter())
                                .isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        writer.write(new SecretWrite(request("3abc", true), value, true, true), edited);

        assertCurrent(request("3abc", true));
    }

    @Test
    void theSecretOfAFormerOwnerIsReplacedOnlyIfTheRequestInheritsIt() {
        SecretOwner former =
                new SecretOwner(owner.apiVersion(), owner.kind(), namespace, owner.name(), "former-uid", owner.marks());
        operator.resource(SecretManifest.of(
                        new SecretRequest(
                                former,
                                NAME,
                                false,
                                false,
                                SourceClient.of(former),
                                SecretShape.STANDARD,
                                values("3abc", true),
                                true,
                                1),
                        VALUE))
                .create();
        Secret before = live();

        assertThatThrownBy(() -> write(request("3abc", true))).isInstanceOf(StopReconciliation.class);
        assertThat(live()).isEqualTo(before);
        SecretRequest inheriting = new SecretRequest(
                owner, NAME, true, true, SourceClient.of(owner), SecretShape.STANDARD, values("3abc", true), true, 1);
        write(inheriting);

        assertThat(live().getMetadata().getUid())
                .isNotEqualTo(before.getMetadata().getUid());
        assertCurrent(inheriting);
    }

    private void write(SecretRequest request) {
        writer.write(new SecretWrite(request, value, wasPublished, false), inspect(request));
        wasPublished = true;
    }

    private SecretState inspect(SecretRequest request) {
        return SecretInspection.inspect(request, secret());
    }

    private void assertCurrent(SecretRequest request) {
        assertThat(inspect(request)).isEqualTo(new SecretState.Current());
    }

    private void assertRejected(Secret inspected, Map<String, Object> patch, int code) {
        assertThatThrownBy(() -> store.patch(inspected, patch))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).as(e.getMessage()).isEqualTo(code);
                    assertThat(KubernetesFailure.isStale(e)).isTrue();
                });
    }

    private void forget() {
        writes.clear();
        value.calls = 0;
    }

    private Secret live() {
        return Objects.requireNonNull(secret());
    }

    private @Nullable Secret secret() {
        return admin.secrets().inNamespace(namespace).withName(NAME).get();
    }

    private void edit(Consumer<Secret> change) {
        admin.secrets().inNamespace(namespace).withName(NAME).edit(secret -> {
            change.accept(secret);
            return secret;
        });
    }

    private void addForeignEntries() {
        admin.secrets().inNamespace(namespace).withName(NAME).patch(PatchContext.of(PatchType.JSON_MERGE), """
                        {"data": {"cookie-secret": "Y29va2ll"},
                         "metadata": {"labels": {"team": "shop"}, "annotations": {"example.com/note": "kept"}}}""");
    }

    private ManagedFieldsEntry entryOf(String manager) {
        return live().getMetadata().getManagedFields().stream()
                .filter(entry -> manager.equals(entry.getManager()))
                .findFirst()
                .orElseThrow();
    }

    private List<Event> events() {
        return admin.v1().events().inNamespace(namespace).list().getItems();
    }

    private SecretRequest request(String clientId, boolean withDomain) {
        return new SecretRequest(
                owner,
                NAME,
                true,
                false,
                SourceClient.of(owner),
                SecretShape.STANDARD,
                values(clientId, withDomain),
                true,
                1);
    }

    private SecretRequest retained() {
        return new SecretRequest(
                owner, NAME, false, false, SourceClient.of(owner), SecretShape.STANDARD, values("3abc", true), true, 1);
    }

    private static PublicValues values(String clientId, boolean withDomain) {
        return new PublicValues(
                clientId,
                new PoolId("eu-west-1_AbCdEf123"),
                "https://issuer.example.com",
                withDomain ? "auth.example.com" : null,
                Sets.sorted(List.of("code")),
                "https://shop.example.com/callback",
                Sets.sorted(List.of("openid")));
    }

    private SecretOwner owner(String name) {
        return new SecretOwner(
                "v1",
                "ConfigMap",
                namespace,
                name,
                configMap(name).getMetadata().getUid(),
                new SecretOwner.OwnerMarks("cognito.appclients.dev/claim-uid", "cognito.appclients.dev/claim"));
    }

    private ConfigMap configMap(String name) {
        return admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }

    private static io.fabric8.kubernetes.api.model.OwnerReference reference(HasMetadata object) {
        return new io.fabric8.kubernetes.api.model.OwnerReferenceBuilder()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .build();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
