package dev.appclients.cognito.secret.fields;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.Observed;
import dev.appclients.cognito.secret.Requests;
import dev.appclients.cognito.secret.SecretInspection;
import dev.appclients.cognito.secret.SecretState;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagedFieldsTest {

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "created",
                "created-then-applied",
                "applied",
                "value-patched",
                "value-replaced",
                "key-removed",
                "all-keys-removed",
                "others-added-their-own",
                "string-data-added-a-key",
                "label-changed",
                "client-id-changed"
            })
    void no_correction_is_needed_where_the_patch_takes_every_field_back(String name) {
        assertThat(correctedFor(Observed.secret(name))).isEmpty();
    }

    @Test
    void a_value_that_was_changed_and_put_back_is_claimed_again() {
        Secret putBack = Observed.secret("value-patched");
        putBack.setData(new TreeMap<>(Observed.secret("created").getData()));

        putBack.getMetadata().setManagedFields(correctedFor(putBack).orElseThrow());

        assertThat(SecretInspection.inspect(Requests.web(), putBack)).isEqualTo(new SecretState.Current());
        assertThat(correctedFor(putBack)).isEmpty();
    }

    @Test
    void an_annotation_that_was_changed_and_put_back_is_claimed_again() {
        Secret putBack = Observed.secret("client-id-changed");
        putBack.getMetadata().getAnnotations().put(Marks.CLIENT_ID, "3abc");

        putBack.getMetadata().setManagedFields(correctedFor(putBack).orElseThrow());

        assertThat(SecretInspection.inspect(Requests.web(), putBack)).isEqualTo(new SecretState.Current());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"string-data-changed-a-value", "string-data-changed-a-value-then-restored"})
    void a_claim_by_string_data_on_a_key_of_the_operator_is_dropped(String name) {
        Secret claimed = Observed.secret(name);

        claimed.getMetadata().setManagedFields(correctedFor(claimed).orElseThrow());

        assertThat(SecretInspection.inspect(Requests.web(), claimed)).isEqualTo(new SecretState.Current());
        assertThat(correctedFor(claimed)).isEmpty();
    }

    @Test
    void a_claim_by_string_data_on_another_key_stays() {
        Secret claimed = Observed.secret("string-data-changed-a-value-then-restored");
        ManagedFieldsEntry theirs = entryOfArgo(claimed.getMetadata().getManagedFields());
        FieldsV1Tree.union(
                        FieldsV1Tree.of(theirs),
                        FieldsV1Tree.of(entryOfArgo(Observed.secret("string-data-added-a-key")
                                .getMetadata()
                                .getManagedFields())))
                .forEach(theirs.getFieldsV1()::setAdditionalProperty);

        assertThat(FieldsV1Tree.at(entryOfArgo(correctedFor(claimed).orElseThrow()), "f:stringData"))
                .containsOnlyKeys("f:theirs");
    }

    private static ManagedFieldsEntry entryOfArgo(List<ManagedFieldsEntry> entries) {
        return entries.stream()
                .filter(entry -> "argocd".equals(entry.getManager()))
                .findFirst()
                .orElseThrow();
    }

    /** The public values of the recordings are placeholders, so the desired ones are taken from a recording. */
    private static Optional<List<ManagedFieldsEntry>> correctedFor(Secret live) {
        return ManagedFields.correctedFor(Observed.secret("created"), live);
    }
}
