package dev.appclients.cognito.controller.workarounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The changes of another writer that the answer to a status write shows. */
class LostChangeTest {

    private static final List<String> FINALIZERS = List.of("cognito.appclients.dev/secret-claim");
    private static final Map<String, String> PUSHED = Map.of(Marks.PUSHED, "true");

    @Test
    void theSameMetadataIsNoChange() {
        assertThat(LostChange.happened(claim(FINALIZERS, PUSHED), claim(FINALIZERS, PUSHED)))
                .isFalse();
    }

    @Test
    void aRemovedFinalizerIsAChange() {
        assertThat(LostChange.happened(claim(FINALIZERS, PUSHED), claim(List.of(), PUSHED)))
                .isTrue();
    }

    @Test
    void theMarkOfAPushedClaimIsAChange() {
        assertThat(LostChange.happened(claim(FINALIZERS, PUSHED), claim(FINALIZERS, Map.of())))
                .isTrue();
        assertThat(LostChange.happened(claim(FINALIZERS, Map.of()), claim(FINALIZERS, PUSHED)))
                .isTrue();
    }

    /** The cache keeps no label of a client, and a live one may have any. */
    @Test
    void anyOtherLabelIsNoChange() {
        assertThat(LostChange.happened(claim(FINALIZERS, PUSHED), claim(FINALIZERS, withTeam())))
                .isFalse();
        assertThat(LostChange.happened(
                        with(new UserPoolClient(), FINALIZERS, Map.of()),
                        with(new UserPoolClient(), FINALIZERS, PUSHED)))
                .isFalse();
    }

    private static Map<String, String> withTeam() {
        return Map.of(Marks.PUSHED, "true", "team", "a");
    }

    private static ClientSecretClaim claim(List<String> finalizers, Map<String, String> labels) {
        return with(new ClientSecretClaim(), finalizers, labels);
    }

    private static <T extends HasMetadata> T with(T object, List<String> finalizers, Map<String, String> labels) {
        object.setMetadata(new ObjectMetaBuilder()
                .withGeneration(1L)
                .withFinalizers(finalizers)
                .withLabels(labels)
                .build());
        return object;
    }
}
