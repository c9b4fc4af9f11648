package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.cluster.KubernetesView;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Another writer deletes a pushed claim, and the watch delivers it, before the operator has the answer to its create. */
class DisturbedPushIT extends OnPushStage {

    private final PushBackOff backOff = new PushBackOff(System::nanoTime);

    @Test
    void aDeletionBeforeTheAnswerToTheCreateCountsToo() {
        String target = target();
        pushWeb();
        ClientSecretClaim claim = awaitPushed(target);
        // A running operator would write the claim too.
        stage.stopOperator();
        UserPoolClient web = stage.client("web");
        Writes writes = new Writes();
        try (KubernetesClient kubernetes =
                Clients.of(TestCluster.operatorConfig(), http -> http.addOrReplaceInterceptor("writes", writes))) {
            Pushes pushes = pushes(kubernetes, view(web, target, null));
            writes.afterEach = () -> pushes.claimChanged(claim, null);
            pushed(target).delete();
            pushes.claimChanged(claim, null);

            for (int i = 0; i < OperatorSettings.DEFAULT.restoreLimit(); i++) {
                assertThat(pushes.push(web).next()).isNull();
                assertThat(pushed(target).get()).as("restore %d", i + 1).isNotNull();
                pushed(target).delete();
            }
            assertThat(pushes.push(web).next()).isPositive();
        }
        assertThat(pushed(target).get()).as("the claim during the wait").isNull();
    }

    @Test
    void anEditThatTheOtherWriterTakesBackIsForgotten() {
        String target = target();
        pushWeb();
        ClientSecretClaim claim = awaitPushed(target);
        ClientSecretClaim edited = Serialization.clone(claim);
        edited.setSpec(new ClientSecretClaimSpec(new ClientRef(stage.namespace(), "another"), null));
        UserPoolClient web = stage.client("web");
        Pushes pushes = pushes(stage.admin(), view(web, target, claim));

        pushes.claimChanged(claim, edited);
        assertThat(pushes.size()).as("while the claim is edited").isOne();

        assertThat(pushes.push(web).next()).isNull();
        assertThat(pushes.size()).isZero();
    }

    private Pushes pushes(KubernetesClient kubernetes, KubernetesView cached) {
        return new Pushes(
                new PushedClaims(kubernetes),
                cached,
                () -> true,
                new RestoreHistory(OperatorSettings.DEFAULT, clock),
                backOff,
                System::nanoTime);
    }

    /** @param claim the only one in the caches; null if they have none */
    private KubernetesView view(UserPoolClient web, String target, @Nullable ClientSecretClaim claim) {
        ClusterUserPool pool = stage.pool();
        List<Namespace> namespaces = Stream.of(stage.namespace(), target)
                .map(name -> stage.admin().namespaces().withName(name).require())
                .toList();
        return (KubernetesView) Proxy.newProxyInstance(
                KubernetesView.class.getClassLoader(),
                new Class<?>[] {KubernetesView.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "client" -> Optional.of(web);
                    case "pool" -> Optional.of(pool);
                    case "namespaces" -> namespaces;
                    case "namespace" ->
                        namespaces.stream()
                                .filter(namespace ->
                                        namespace.getMetadata().getName().equals(arguments[0]))
                                .findFirst();
                    case "isServed" -> true;
                    case "claim" -> Optional.ofNullable(claim);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static final class Writes implements Interceptor {

        private Runnable afterEach = () -> {};

        @Override
        public void after(
                HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            if (request.method().equals("POST")) {
                afterEach.run();
            }
        }
    }
}
