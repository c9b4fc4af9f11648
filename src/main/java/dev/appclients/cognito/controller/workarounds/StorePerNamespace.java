package dev.appclients.cognito.controller.workarounds;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.api.config.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.ResolvedControllerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration.DefaultInformerEventSourceConfiguration;
import java.util.function.Supplier;

/**
 * Gives each informer an item store of its own. For a list of namespaces the framework starts one informer a namespace, and gives all of
 * them the one configured store (JOSDK 5.3.2). The list of one namespace then removes the objects of the others. Goes away when the
 * framework takes a factory of stores.
 */
public final class StorePerNamespace {

    private StorePerNamespace() {}

    /** The same configuration of a controller; {@code stores} makes the store of each informer. */
    public static <P extends HasMetadata> ControllerConfiguration<P> of(
            ControllerConfiguration<P> controller, Supplier<? extends ItemStore<P>> stores) {
        InformerConfiguration<P> informers = new WithStores<>(controller.getInformerConfig(), stores);
        return new ResolvedControllerConfiguration<>(controller) {
            @Override
            public InformerConfiguration<P> getInformerConfig() {
                return informers;
            }
        };
    }

    /** The same configuration of an event source; {@code stores} makes the store of each informer. */
    public static <R extends HasMetadata> InformerEventSourceConfiguration<R> of(
            InformerEventSourceConfiguration<R> source, Supplier<? extends ItemStore<R>> stores) {
        return new DefaultInformerEventSourceConfiguration<>(
                source.getGroupVersionKind().orElse(null),
                source.getPrimaryToSecondaryMapper(),
                source.getSecondaryToPrimaryMapper(),
                new WithStores<>(source.getInformerConfig(), stores),
                source.getKubernetesClient().orElse(null)) {};
    }

    /** The framework asks for the store once per informer. */
    private static final class WithStores<R extends HasMetadata> extends InformerConfiguration<R> {

        private final Supplier<? extends ItemStore<R>> stores;

        WithStores(InformerConfiguration<R> other, Supplier<? extends ItemStore<R>> stores) {
            super(
                    other.getResourceClass(),
                    other.getName(),
                    other.getNamespaces(),
                    other.getFollowControllerNamespaceChanges(),
                    other.getLabelSelector(),
                    other.getOnAddFilter(),
                    other.getOnUpdateFilter(),
                    other.getOnDeleteFilter(),
                    other.getGenericFilter(),
                    null,
                    other.getInformerListLimit(),
                    other.getFieldSelector(),
                    other.isComparableResourceVersions(),
                    other.getGhostResourceCacheCheckInterval());
            this.stores = stores;
        }

        @Override
        public ItemStore<R> getItemStore() {
            return stores.get();
        }
    }
}
