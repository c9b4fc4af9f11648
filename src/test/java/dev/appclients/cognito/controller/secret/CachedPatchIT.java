package dev.appclients.cognito.controller.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.KubernetesEventRecorder;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretOwner;
import dev.appclients.cognito.secret.SecretRequest;
import dev.appclients.cognito.secret.SecretState;
import dev.appclients.cognito.secret.SecretStripper;
import dev.appclients.cognito.secret.SourceClient;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A value that is at hand changes a Secret by one request: the patch of the cached version. */
class CachedPatchIT {

    private static final String NAME = "copy";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final KubernetesClient admin = TestCluster.admin();
    private final KubernetesClient operator = operator(requests);
    private final SecretStripper stripper = new SecretStripper(new LeanValues(new Interner(64)));
    private final SecretWriter writer = new SecretWriter(
            new ApiServerSecretStore(operator, new Informers()),
            new RestoreHistory(OperatorSettings.DEFAULT, Clock.systemUTC()),
            new KubernetesEventRecorder(operator, Clock.systemUTC(), PassListener.NONE));
    private String namespace = "";
    private SecretOwner owner;

    @BeforeEach
    void createOwner() {
        namespace = admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName("cached-")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        String uid = admin.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("owner")
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getUid();
        owner = new SecretOwner(
                "v1", "ConfigMap", namespace, "owner", uid, new SecretOwner.OwnerMarks(Marks.CLAIM_UID, Marks.CLAIM));
    }

    @AfterEach
    void close() {
        admin.namespaces().withName(namespace).delete();
        operator.close();
        admin.close();
    }

    @Test
    void anOutdatedSecretIsPatchedWithoutARead() {
        write(request(1, "{template: {one: '1', two: '2'}, generate: [{key: cookie-secret}]}"), null, "first");
        assertThat(requests).containsExactly("POST");
        String cookie = live().getData().get("cookie-secret");
        addForeignEntries();
        Secret cached = stripper.strip(live());
        requests.clear();

        SecretRequest changed = request(2, "{template: {two: '3'}, generate: [{key: cookie-secret}, {key: other}]}");
        write(changed, cached, "second");

        assertThat(requests).containsExactly("PATCH");
        assertThat(SecretInspection.inspect(changed, live())).isEqualTo(new SecretState.Current());
        assertThat(live().getData())
                .containsEntry("client-secret", "c2Vjb25k")
                .containsEntry("two", "Mw==")
                .containsEntry("cookie-secret", cookie)
                .containsEntry("extra", "eA==")
                .containsKey("other")
                .doesNotContainKey("one");
        assertThat(live().getMetadata().getLabels()).containsEntry("team", "shop");
        assertThat(live().getMetadata().getOwnerReferences()).hasSize(1);
    }

    @Test
    void aCachedVersionThatIsNoLongerTheLiveOneIsReadAfterTheConflict() {
        write(request(1, "{}"), null, "first");
        Secret cached = stripper.strip(live());
        addForeignEntries();
        requests.clear();

        write(request(2, "{}"), cached, "second");

        assertThat(requests).containsExactly("PATCH", "GET", "PATCH");
        assertThat(live().getData()).containsEntry("client-secret", "c2Vjb25k").containsEntry("extra", "eA==");
    }

    @Test
    void aCachedSecretThatWasReplacedIsNotPatched() {
        write(request(1, "{}"), null, "first");
        Secret cached = stripper.strip(live());
        secrets().delete();
        admin.resource(new io.fabric8.kubernetes.api.model.SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(NAME)
                        .endMetadata()
                        .build())
                .create();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> write(request(2, "{}"), cached, "second"))
                .hasMessageContaining("SECRET_CONFLICT");
        assertThat(live().getData()).isNullOrEmpty();
    }

    private void write(SecretRequest request, @org.jspecify.annotations.Nullable Secret cached, String value) {
        SecretValue atHand = new SecretValue() {
            @Override
            public ClientSecret get() {
                return new ClientSecret(value);
            }

            @Override
            public boolean isAtHand() {
                return true;
            }
        };
        writer.write(new SecretWrite(request, atHand, false, false), SecretInspection.inspect(request, cached), cached);
    }

    private SecretRequest request(long revision, String shape) {
        return new SecretRequest(
                owner,
                NAME,
                true,
                true,
                new SourceClient("11111111-2222-3333-4444-555555555555", "shop/web"),
                SecretShape.of(Serialization.unmarshal("---\n" + shape, SecretSpec.class)),
                new PublicValues(
                        "3abc",
                        new PoolId("eu-west-1_AbCdEf123"),
                        "https://issuer.example.com",
                        null,
                        Sets.sorted(null),
                        null,
                        Sets.sorted(null)),
                true,
                revision);
    }

    private void addForeignEntries() {
        Edits.edit(secrets(), secret -> {
            secret.getData().put("extra", "eA==");
            secret.getMetadata().getLabels().put("team", "shop");
            return secret;
        });
    }

    private Secret live() {
        return secrets().require();
    }

    private Resource<Secret> secrets() {
        return admin.secrets().inNamespace(namespace).withName(NAME);
    }

    /** A client with the operator's identity and user agent that records its requests for Secrets. */
    private static KubernetesClient operator(List<String> requests) {
        Config config = TestCluster.operatorConfig();
        config.setUserAgent(Marks.FIELD_MANAGER);
        return Clients.of(
                config,
                http -> http.addOrReplaceInterceptor("requests", new Interceptor() {
                    @Override
                    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
                        if (request.uri().getPath().contains("/secrets")) {
                            requests.add(request.method());
                        }
                    }
                }));
    }
}
