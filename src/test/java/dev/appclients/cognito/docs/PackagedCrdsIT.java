package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The framework generates CRDs of its own while it packages the operator, and checks at start that the cluster has them. */
class PackagedCrdsIT {
    @ParameterizedTest
    @MethodSource("dev.appclients.cognito.docs.CrdConventionsTest#crds")
    void theFrameworkGeneratesTheSameCrds(CustomResourceDefinition crd) throws IOException {
        var packaged = Path.of("target/kubernetes", crd.getMetadata().getName() + "-v1.yml");

        assertThat(Serialization.unmarshal(Files.readString(packaged), CustomResourceDefinition.class))
                .isEqualTo(crd);
    }
}
