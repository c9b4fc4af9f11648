package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.KubernetesEventRecorder;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.secret.ApiServerSecretStore;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controller.secret.SecretWriter;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A cache that is empty, incomplete or outdated removes neither a copy nor a claim that the API server permits. */
class EmptyCacheIT extends OnPushStage {

    /** The state of the caches. Each either denies the copy or not. */
    enum Cache {
        UP_TO_DATE(false),
        EMPTY(true),
        WITHOUT_CLIENT(true),
        WITHOUT_POOL(false),
        WITHOUT_TARGET(true),
        WITHOUT_SOURCE(false),
        CLIENT_BEFORE_ITS_OFFER(true),
        POOL_BEFORE_ITS_SHARING(true),
        TARGET_BEFORE_ITS_LABEL(true),
        SOURCE_OF_ANOTHER_UID(true);

        final boolean denies;

        Cache(boolean denies) {
            this.denies = denies;
        }
    }

    private String target;

    @Test
    void onlyADenialThatTheApiServerConfirmsRemovesACopyOrAPushedClaim() {
        target = target();
        pushWeb();
        awaitPushed(target);
        claim(target, "requested", "name: requested");
        awaitClaim(target, claimName(), "True", "Synced");
        awaitClaim(target, "requested", "True", "Synced");
        // A running operator would restore what this test must not remove.
        stage.stopOperator();

        for (Cache cache : Cache.values()) {
            assertNothingIsRemoved(cache, "requested", "requested");
            assertNothingIsRemoved(cache, claimName(), PUSHED);
        }

        label(target, null);
        assertThat(withdraw(claimIn(target, "requested").require(), Cache.UP_TO_DATE))
                .isTrue();
        assertThat(withdraw(pushed(target).require(), Cache.UP_TO_DATE)).isTrue();
        assertThat(secretIn(target, "requested")).isNull();
        assertThat(secretIn(target, PUSHED)).isNull();
        assertThat(claimIn(target, "requested").get()).isNotNull();
        assertThat(pushed(target).get()).isNull();
    }

    private void assertNothingIsRemoved(Cache cache, String name, String secret) {
        ClientSecretClaim claim = claimIn(target, name).require();

        if (cache.denies) {
            assertThatThrownBy(() -> withdraw(claim, cache))
                    .as("%s %s", cache, name)
                    .isInstanceOf(CacheBehind.class);
        } else {
            assertThat(withdraw(claim, cache)).as("%s %s", cache, name).isFalse();
        }

        assertThat(claimIn(target, name).get()).as("%s %s", cache, name).isEqualTo(claim);
        assertThat(secretIn(target, secret)).as("%s %s", cache, secret).isNotNull();
    }

    /** Withdraws as a pass of the claim does. Returns false if the caches permit the copy. */
    private boolean withdraw(ClientSecretClaim claim, Cache cache) {
        KubernetesView cached = view(cache);
        LiveObjects live = new LiveObjects(stage.admin());
        ApiServerSecretStore secrets = new ApiServerSecretStore(stage.admin(), new Informers());
        SecretWriter writer = new SecretWriter(
                secrets,
                new RestoreHistory(OperatorSettings.DEFAULT, clock),
                new KubernetesEventRecorder(stage.admin(), Clock.systemUTC(), PassListener.NONE));
        ClaimJudge judge = new ClaimJudge(cached, live);
        Withdrawal withdrawal = new Withdrawal(judge, new Copies(cached, secrets, writer, live), stage.admin());
        Judgement judged = judge.judge(claim);
        if (withdrawal.isUnwantedPush(claim, judged)) {
            withdrawal.withdrawPush(claim, judged);
        } else if (judged.decision().removesCopy()) {
            withdrawal.withdraw(claim, judged);
        } else {
            return false;
        }
        return true;
    }

    private KubernetesView view(Cache cache) {
        return (KubernetesView) Proxy.newProxyInstance(
                KubernetesView.class.getClassLoader(),
                new Class<?>[] {KubernetesView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "client" -> Optional.ofNullable(client((ResourceID) arguments[0], cache));
                    case "pool" -> Optional.ofNullable(pool(cache));
                    case "pools" -> pool(cache) == null ? List.of() : List.of(pool(cache));
                    case "namespace" -> Optional.ofNullable(namespaceOf((String) arguments[0], cache));
                    case "isServed" -> true;
                    case "copiesOf" -> copies((String) arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private @Nullable UserPoolClient client(ResourceID id, Cache cache) throws JsonProcessingException {
        if (cache == Cache.EMPTY || cache == Cache.WITHOUT_CLIENT) {
            return null;
        }
        UserPoolClient client = stage.client(id.getName());
        return cache == Cache.CLIENT_BEFORE_ITS_OFFER ? withoutSharing(client) : client;
    }

    private static UserPoolClient withoutSharing(UserPoolClient client) throws JsonProcessingException {
        JsonNode older = new ObjectMapper().readTree(Serialization.asJson(client));
        ((ObjectNode) older.path("spec")).remove("sharing");
        return Serialization.unmarshal(older.toString(), UserPoolClient.class);
    }

    private @Nullable ClusterUserPool pool(Cache cache) {
        if (cache == Cache.EMPTY || cache == Cache.WITHOUT_POOL) {
            return null;
        }
        ClusterUserPool pool = stage.pool();
        if (cache == Cache.POOL_BEFORE_ITS_SHARING) {
            var spec = pool.getSpec();
            pool.setSpec(new ClusterUserPoolSpec(
                    spec.userPoolId(),
                    spec.aws(),
                    spec.tenancy(),
                    spec.namespaces(),
                    spec.allow(),
                    spec.adoption(),
                    null,
                    spec.quota(),
                    spec.domain()));
        }
        return pool;
    }

    private @Nullable Namespace namespaceOf(String name, Cache cache) {
        boolean isTarget = name.equals(target);
        if (cache == Cache.EMPTY || cache == (isTarget ? Cache.WITHOUT_TARGET : Cache.WITHOUT_SOURCE)) {
            return null;
        }
        Namespace namespace = stage.admin().namespaces().withName(name).require();
        if (isTarget && cache == Cache.TARGET_BEFORE_ITS_LABEL) {
            namespace.getMetadata().getLabels().remove(LABEL);
        }
        if (!isTarget && cache == Cache.SOURCE_OF_ANOTHER_UID) {
            namespace.getMetadata().setUid("another");
        }
        return namespace;
    }

    private List<Secret> copies(String claimUid) {
        return stage.admin()
                .secrets()
                .inNamespace(target)
                .withLabel(Marks.CLAIM_UID, claimUid)
                .list()
                .getItems();
    }
}
