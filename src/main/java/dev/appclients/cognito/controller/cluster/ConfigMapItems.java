package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.ConfigMapForm;
import dev.appclients.cognito.secret.SecretStripper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The item store of ConfigMaps, without their values, with an index by the client UID in their mark. */
final class ConfigMapItems extends LeanItems<ConfigMap> {

    private final KeyIndex<String> byClient = new KeyIndex<>();

    /** @param stripper removes the values */
    ConfigMapItems(SecretStripper stripper) {
        super((incoming, former) -> ConfigMapForm.strip(incoming, former, stripper));
    }

    /** The ConfigMaps with the mark of this client. */
    Stream<ConfigMap> ofClient(String uid) {
        return found(byClient.of(uid)).filter(configMap -> uid.equals(clientOf(configMap)));
    }

    @Override
    protected void changed(String key, @Nullable ConfigMap before, @Nullable ConfigMap now) {
        byClient.move(key, clientOf(before), clientOf(now));
    }

    private static @Nullable String clientOf(@Nullable ConfigMap configMap) {
        Map<String, String> labels =
                configMap == null ? null : configMap.getMetadata().getLabels();
        return labels == null ? null : labels.get(Marks.CLIENT_UID);
    }
}
