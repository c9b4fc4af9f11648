package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClaimedSecret;
import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPatchTest {

    private static final SecretRequest NEXT = Requests.web("4def", true, 2);
    private static final SecretShape ENV = SecretShape.of(new ClaimedSecret(
            null, SecretPreset.ENV, null, null, null, List.of(new GeneratedKey("cookie-secret", 16, null))));

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "created",
                "created-then-applied",
                "applied",
                "others-added-their-own",
                "immutable",
                "label-changed"
            })
    void the_patch_of_a_cached_secret_equals_that_of_the_live_one(String name) {
        Secret live = Observed.secret(name);
        live.setImmutable(null);

        var cached = SecretPatch.ofCached(NEXT, Requests.SECRET, Written.stripped(live), null);

        boolean othersOwnMark = name.equals("label-changed");
        if (othersOwnMark) {
            assertThat(cached)
                    .as("a stripped Secret tells only of reserved marks")
                    .isPresent();
        }
        assertThat(cached).hasValue(SecretPatch.of(NEXT, Requests.SECRET, live, null));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "value-patched",
                "value-replaced",
                "string-data-changed-a-value",
                "inputs-changed",
                "client-id-changed",
                "label-removed",
                "of-another-tool",
                "of-former-client",
                "being-deleted",
                "of-another-type"
            })
    void a_secret_that_another_manager_wrote_to_is_read_first(String name) {
        assertThat(SecretPatch.ofCached(Requests.web(), Requests.SECRET, Written.stripped(Observed.secret(name)), null))
                .isEmpty();
    }

    @Test
    void a_current_secret_needs_no_patch() {
        assertThat(SecretPatch.ofCached(
                        Requests.web(), Requests.SECRET, Written.stripped(Observed.secret("created")), null))
                .isEmpty();
    }

    @Test
    void a_changed_value_of_a_copy_is_one_patch_that_keeps_its_generated_keys() {
        Secret copy = Written.from(Requests.copy(Requests.CLAIM, ENV, 1));
        SecretRequest rotated = Requests.copy(Requests.CLAIM, ENV, 2);

        Map<String, Object> patch = SecretPatch.ofCached(
                        rotated, Requests.SECRET, Written.stripped(copy), Written.GENERATED)
                .orElseThrow();

        assertThat(patch).isEqualTo(SecretPatch.of(rotated, Requests.SECRET, copy, Written.GENERATED));
        assertThat(keys(patch)).contains("CLIENT_SECRET").doesNotContain("cookie-secret");
        Secret after = Written.patched(copy, patch);
        assertThat(after.getData().get("cookie-secret"))
                .isEqualTo(copy.getData().get("cookie-secret"));
        assertThat(SecretInspection.inspect(rotated, Written.stored(after))).isEqualTo(new SecretState.Current());
    }

    @Test
    void a_generated_key_of_another_manager_is_kept_without_a_read() {
        Secret copy = Written.from(Requests.copy(Requests.CLAIM, ENV, 1));
        Written.edit(copy, "kubectl-edit", "cookie-secret", "cGVyc29u");

        assertThat(SecretPatch.ofCached(
                        Requests.copy(Requests.CLAIM, ENV, 2),
                        Requests.SECRET,
                        Written.stripped(copy),
                        Written.GENERATED))
                .hasValueSatisfying(patch -> assertThat(keys(patch)).doesNotContain("cookie-secret"));
    }

    @Test
    void a_generated_key_that_is_new_in_the_request_is_made_without_a_read() {
        Secret copy = Written.from(Requests.copy(Requests.CLAIM, SecretShape.STANDARD, 1));

        assertThat(SecretPatch.ofCached(
                        Requests.copy(Requests.CLAIM, ENV, 1),
                        Requests.SECRET,
                        Written.stripped(copy),
                        Written.GENERATED))
                .hasValueSatisfying(patch -> assertThat(keys(patch)).contains("cookie-secret"));
    }

    @Test
    void owner_references_are_named_only_if_they_change() {
        Secret live = Observed.secret("created");
        assertThat(metadata(SecretPatch.of(NEXT, Requests.SECRET, live, null))).doesNotContainKey("ownerReferences");

        OwnerReference other = new OwnerReferenceBuilder()
                .withApiVersion("v1")
                .withKind("ConfigMap")
                .withName("other")
                .withUid("other-uid")
                .build();
        live.getMetadata().getOwnerReferences().add(other);
        assertThat(metadata(SecretPatch.of(NEXT, Requests.SECRET, live, null))).doesNotContainKey("ownerReferences");
        assertThat(metadata(SecretPatch.of(Requests.web("3abc", false, 1), Requests.SECRET, live, null)))
                .containsEntry("ownerReferences", List.of(other));
    }

    private static Iterable<String> keys(Map<String, Object> patch) {
        return new TreeMap<>((Map<?, ?>) Objects.requireNonNull(patch.get("data")))
                .keySet().stream().map(String::valueOf).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> metadata(Map<String, Object> patch) {
        return (Map<String, Object>) Objects.requireNonNull(patch.get("metadata"));
    }
}
