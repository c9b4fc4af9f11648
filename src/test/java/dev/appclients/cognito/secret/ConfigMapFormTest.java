package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigMapFormTest {

    private static final ConfigMap LIVE = new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("shop")
            .withName("web")
            .withUid("1234")
            .withResourceVersion("7")
            .endMetadata()
            .addToData("issuer", "https://issuer.example.com/ü")
            .addToBinaryData("logo", "AP8=")
            .withImmutable(true)
            .build();

    @Test
    void aConfigMapHasTheDataAndTheMetadataOfItsSecret() {
        Secret secret = ConfigMapForm.toSecret(LIVE);

        assertThat(secret.getKind()).isEqualTo("ConfigMap");
        assertThat(secret.getMetadata()).isSameAs(LIVE.getMetadata());
        assertThat(secret.getType()).isEqualTo("Opaque");
        assertThat(secret.getImmutable()).isTrue();
        assertThat(secret.getData())
                .containsOnly(
                        Map.entry("issuer", "aHR0cHM6Ly9pc3N1ZXIuZXhhbXBsZS5jb20vw7w="), Map.entry("logo", "AP8="));
        assertThat(ConfigMapForm.of(secret).getData()).containsEntry("issuer", "https://issuer.example.com/ü");
    }

    @Test
    void aPatchHasTextsAndRemovesBinaryValuesOfItsKeys() {
        Map<String, @Nullable String> data = new TreeMap<>();
        data.put("issuer", "eA==");
        data.put("left", null);

        Map<String, Object> patch = ConfigMapForm.patch(Map.of("metadata", Map.of("uid", "1234"), "data", data));

        assertThat(Serialization.asJson(patch))
                .isEqualTo("{\"binaryData\":{\"issuer\":null,\"left\":null},"
                        + "\"data\":{\"issuer\":\"x\",\"left\":null},\"metadata\":{\"uid\":\"1234\"}}");
    }

    @Test
    void aStrippedConfigMapHasNoValues() {
        ConfigMap kept = ConfigMapForm.strip(
                new ConfigMapBuilder(LIVE).build(), null, new SecretStripper(new LeanValues(new Interner(16))));

        assertThat(kept.getData()).isEmpty();
        assertThat(kept.getBinaryData()).isEmpty();
        assertThat(kept.getMetadata().getName()).isEqualTo("web");
        assertThat(kept.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(kept.getImmutable()).isTrue();
    }
}
