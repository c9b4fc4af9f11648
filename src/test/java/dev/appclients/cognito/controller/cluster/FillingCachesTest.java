package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.config.BaseConfigurationService;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cache of the claims is filled, the others are not. A listener that fails would break the cache that calls it. */
class FillingCachesTest {

    private static final ClientSecretClaim CLAIM = Serialization.unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: ClientSecretClaim
            metadata: {name: copy, namespace: team, uid: uid-of-copy, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {clientRef: {namespace: shop, name: web}}
            """, ClientSecretClaim.class);
    private static final UserPoolClient CLIENT = Serialization.unmarshal("""
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata: {name: web, namespace: shop, uid: uid-of-web, creationTimestamp: "2026-01-01T00:00:00Z"}
            spec: {userPoolRef: {name: customers}, appType: Confidential}
            """, UserPoolClient.class);

    private final Informers informers = new Informers();
    private final ItemStore<ClientSecretClaim> claims =
            store(informers.watches().claims(new BaseConfigurationService().getConfigurationFor(new Claims())));
    private final ItemStore<UserPoolClient> clients =
            store(informers.watches().clients(new BaseConfigurationService().getConfigurationFor(new Clients())));
    private final List<ClientSecretClaim> changes = new ArrayList<>();

    @BeforeEach
    void fillTheClaims() {
        var unused = informers.claimEventSources(context());
        claims.put("team/copy", CLAIM);
    }

    @Test
    void aClaimThatGoesReachesNoListenerThatReadsTheOtherCaches() {
        informers.whenClaimChanges((before, now) -> changes.add(before));

        assertThat(claims.remove("team/copy")).isNotNull();

        assertThat(changes).isEmpty();
    }

    @Test
    void aClientThatGoesGivesNoPlace() {
        clients.put("shop/web", CLIENT);

        assertThat(clients.remove("shop/web")).isNotNull();
    }

    @Test
    void aClaimThatGoesReachesEveryListenerOnceAllCachesAreFilled() {
        ClaimInformer filled = new ClaimInformer(() -> true);
        var unused = filled.eventSources(context());
        filled.listenOnceFilled((before, now) -> changes.add(before));

        filled.changed(CLAIM, null);

        assertThat(changes).containsExactly(CLAIM);
    }

    private static <P extends HasMetadata> ItemStore<P> store(ControllerConfiguration<P> controller) {
        return controller.getInformerConfig().getItemStore();
    }

    private static EventSourceContext<ClientSecretClaim> context() {
        RunningCache cache = new RunningCache();
        cache.start();
        return new EventSourceContext<>(cache, null, null, ClientSecretClaim.class);
    }

    private static final class Claims implements Reconciler<ClientSecretClaim> {

        @Override
        public UpdateControl<ClientSecretClaim> reconcile(ClientSecretClaim claim, Context<ClientSecretClaim> context) {
            return UpdateControl.noUpdate();
        }
    }

    private static final class Clients implements Reconciler<UserPoolClient> {

        @Override
        public UpdateControl<UserPoolClient> reconcile(UserPoolClient client, Context<UserPoolClient> context) {
            return UpdateControl.noUpdate();
        }
    }

    private static final class RunningCache extends AbstractEventSource<Void, ClientSecretClaim>
            implements IndexerResourceCache<ClientSecretClaim> {

        private RunningCache() {
            super(Void.class, "claims");
        }

        @Override
        public Optional<ClientSecretClaim> get(ResourceID id) {
            return Optional.empty();
        }

        @Override
        public Stream<ResourceID> keys() {
            return Stream.empty();
        }

        @Override
        public Stream<ClientSecretClaim> list(Predicate<ClientSecretClaim> predicate) {
            return Stream.empty();
        }

        @Override
        public Stream<ClientSecretClaim> list(String namespace, Predicate<ClientSecretClaim> predicate) {
            return Stream.empty();
        }

        @Override
        public List<ClientSecretClaim> byIndex(String name, String key) {
            return List.of();
        }

        @Override
        public void addIndexers(Map<String, Function<ClientSecretClaim, List<String>>> indexers) {}

        @Override
        public Set<Void> getSecondaryResources(ClientSecretClaim claim) {
            return Set.of();
        }
    }
}
