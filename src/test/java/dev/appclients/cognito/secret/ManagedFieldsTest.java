package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedFieldsTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"created", "created-then-applied"})
    void what_a_create_recorded_becomes_one_apply_that_owns_the_same(String name) {
        List<ManagedFieldsEntry> corrected =
                ManagedFields.asApplied(Observed.secret(name)).orElseThrow();

        assertThat(corrected).singleElement().satisfies(entry -> {
            assertThat(entry.getManager()).isEqualTo("cognito-client-operator");
            assertThat(entry.getOperation()).isEqualTo("Apply");
            assertThat(FieldTree.at(entry, "f:data").keySet())
                    .containsAll(SecretManifest.keys(Requests.web()).stream()
                            .map(key -> "f:" + key)
                            .toList());
        });
    }

    @Test
    void what_is_applied_already_needs_no_correction() {
        assertThat(ManagedFields.asApplied(Observed.secret("applied"))).isEmpty();
        assertThat(ManagedFields.asApplied(Observed.secret("strangers"))).isEmpty();
    }

    @Test
    void what_others_own_stays_theirs() {
        Secret patched = Observed.secret("value-patched");

        List<ManagedFieldsEntry> corrected = ManagedFields.asApplied(patched).orElseThrow();

        assertThat(corrected)
                .hasSize(2)
                .contains(patched.getMetadata().getManagedFields().get(1));
        patched.getMetadata().setManagedFields(corrected);
        assertThat(SecretInspection.inspect(Requests.web(), patched)).isInstanceOf(SecretState.Tampered.class);
    }

    @Test
    void a_claim_by_string_data_is_dropped_after_the_value_was_restored() {
        Secret restored = Observed.secret("string-data-changed-a-value-then-restored");

        restored.getMetadata().setManagedFields(withoutClaims(restored).orElseThrow());

        assertThat(SecretInspection.inspect(Requests.web(), restored)).isEqualTo(new SecretState.Current());
        assertThat(withoutClaims(restored)).isEmpty();
    }

    @Test
    void a_claim_by_string_data_on_keys_that_are_not_ours_stays() {
        assertThat(withoutClaims(Observed.secret("string-data-added-a-key"))).isEmpty();
    }

    @Test
    void only_the_claim_on_our_keys_is_dropped_from_an_entry_that_claims_more() {
        Secret restored = Observed.secret("string-data-changed-a-value-then-restored");
        ManagedFieldsEntry theirs = restored.getMetadata().getManagedFields().stream()
                .filter(entry -> "argocd".equals(entry.getManager()))
                .findFirst()
                .orElseThrow();
        FieldTree.union(
                        FieldTree.of(theirs),
                        FieldTree.of(
                                Observed.secret("string-data-added-a-key").getMetadata().getManagedFields().stream()
                                        .filter(entry -> "argocd".equals(entry.getManager()))
                                        .findFirst()
                                        .orElseThrow()))
                .forEach(theirs.getFieldsV1()::setAdditionalProperty);

        assertThat(withoutClaims(restored).orElseThrow())
                .filteredOn(entry -> "argocd".equals(entry.getManager()))
                .singleElement()
                .satisfies(
                        entry -> assertThat(FieldTree.at(entry, "f:stringData")).containsOnlyKeys("f:theirs"));
    }

    private static Optional<List<ManagedFieldsEntry>> withoutClaims(Secret secret) {
        return ManagedFields.withoutStringDataClaims(secret, SecretManifest.keys(Requests.web()));
    }
}
