package dev.appclients.cognito.api.v1beta1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordsTest {
    private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.of(
            "UserPoolClient", UserPoolClient.class,
            "ClientSecretClaim", ClientSecretClaim.class,
            "ClusterUserPool", ClusterUserPool.class);

    static Stream<Manifest> valid() {
        return Manifest.valid();
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aManifestIsReadAndWrittenUnchanged(Manifest manifest) {
        for (GenericKubernetesResource document : manifest.documents()) {
            var read = Serialization.unmarshal(Serialization.asYaml(document), TYPES.get(document.getKind()));

            assertThat(Serialization.unmarshal(Serialization.asJson(read), Map.class)
                            .get("spec"))
                    .isEqualTo(document.<Object>get("spec"));
        }
    }

    @Test
    void anUnknownFieldIsIgnored() {
        var client = read("""
                spec: {userPoolRef: {name: customers, region: mars}, appType: Public, telepathy: true}
                status: {observedGeneration: 1, mood: good}
                """);

        assertThat(client.getSpec().appType()).isEqualTo(AppType.PUBLIC);
        assertThat(client.getStatus().observedGeneration()).isEqualTo(1);
    }

    @Test
    void anUnknownEnumValueIsReadAsUnknownSoThatOneObjectCannotBreakTheInformer() {
        var client = read("""
                spec: {userPoolRef: {name: customers}, appType: Telepathic, deletionPolicy: Bury, secret: {preset: Loud, generate: [{key: k, encoding: Morse}]}}
                """);

        assertThat(client.getSpec().appType()).isEqualTo(AppType.UNKNOWN);
        assertThat(client.getSpec().deletionPolicy()).isEqualTo(DeletionPolicy.UNKNOWN);
        assertThat(client.getSpec().secret().preset()).isEqualTo(SecretPreset.UNKNOWN);
        assertThat(client.getSpec().secret().generate())
                .extracting(GeneratedKey::encoding)
                .containsExactly(KeyEncoding.UNKNOWN);
    }

    @Test
    void aNewObjectHasNeitherSpecNorStatusSoThatAStatusCanBeAppliedWithoutSpec() {
        var client = new UserPoolClient();

        assertThat(client.getSpec()).isNull();
        assertThat(client.getStatus()).isNull();
        assertThat(Serialization.asJson(client)).doesNotContain("spec", "status");
    }

    private static UserPoolClient read(String rest) {
        return Serialization.unmarshal(
                "apiVersion: cognito.appclients.dev/v1beta1\nkind: UserPoolClient\nmetadata: {name: web}\n" + rest,
                UserPoolClient.class);
    }
}
