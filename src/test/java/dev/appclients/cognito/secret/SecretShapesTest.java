package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.ConfigMapSpec;
import dev.appclients.cognito.api.v1beta1.GeneratedKey;
import dev.appclients.cognito.api.v1beta1.SecretMetadata;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretState.Current;
import dev.appclients.cognito.secret.SecretState.Edit;
import dev.appclients.cognito.secret.SecretState.Outdated;
import dev.appclients.cognito.secret.SecretState.Tampered;
import dev.appclients.cognito.secret.SecretState.Unwritable;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Manifests, inspections and patches of every shape. */
class SecretShapesTest {

    private static final SecretShape RICH = shape(
            SecretPreset.STANDARD,
            new SecretMetadata(Map.of("example.com/team", "shop"), Map.of("example.com/note", "x")),
            Map.of("config.json", "{\"s\": $(json(clientSecret))}", "home", "https://$(namespace)"),
            List.of(new GeneratedKey("cookie-secret", 16, null)));

    private static final SecretShape ENV = shape(SecretPreset.ENV, null, null, null);

    @ParameterizedTest
    @EnumSource(
            value = SecretPreset.class,
            names = {"UNKNOWN", "NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_written_secret_is_current_whole_and_stripped(SecretPreset preset) {
        SecretRequest request =
                Requests.shaped(shape(preset, metadata(), Map.of("a", "$(clientSecret)"), RICH.generate()));
        Secret written = Written.from(request);

        assertThat(SecretInspection.inspect(request, written)).isEqualTo(new Current());
        assertThat(SecretInspection.inspect(request, Written.stripped(written))).isEqualTo(new Current());
        assertThat(SecretInspection.reusableSecret(request, written)).isEqualTo(Requests.SECRET);
        assertThat(written.getData().keySet()).isEqualTo(SecretManifest.keys(request));
        assertThat(written.getType())
                .isEqualTo(preset == SecretPreset.SERVICE_BINDING ? "servicebinding.io/oauth2" : "Opaque");
    }

    @Test
    void every_part_of_the_shape_changes_the_inputs() {
        assertThat(Stream.of(
                                RICH,
                                ENV,
                                SecretShape.STANDARD,
                                shape(SecretPreset.STANDARD, metadata(), null, null),
                                shape(
                                        SecretPreset.STANDARD,
                                        new SecretMetadata(null, Map.of("example.com/team", "shop")),
                                        null,
                                        null),
                                shape(SecretPreset.STANDARD, null, Map.of("a", "$(json(clientSecret))"), null),
                                shape(SecretPreset.STANDARD, null, Map.of("a", "$$(json(clientSecret))"), null),
                                shape(SecretPreset.STANDARD, null, Map.of("a", "$(clientSecret)"), null),
                                shape(SecretPreset.STANDARD, null, null, List.of(new GeneratedKey("a", 16, null))),
                                shape(SecretPreset.STANDARD, null, null, List.of(new GeneratedKey("a", 17, null))))
                        .map(Requests::shaped)
                        .map(SecretManifest::inputs))
                .doesNotHaveDuplicates();
    }

    @Test
    void neither_the_client_secret_nor_a_generated_value_changes_the_metadata() {
        SecretRequest request = Requests.shaped(RICH);

        assertThat(Written.from(request).getMetadata())
                .isEqualTo(Written.stored(SecretManifest.of(request, new ClientSecret("another"), Written.GENERATED))
                        .getMetadata());
    }

    @Test
    void a_template_with_the_client_secret_is_a_secret_key() {
        SecretRequest request = Requests.shaped(RICH);
        Secret written = Written.from(request);
        Written.edit(written, "kubectl-patch", "config.json", "eA==");

        SecretState state = SecretInspection.inspect(request, written);

        assertThat(state).isEqualTo(new Tampered(edit("kubectl-patch", "config.json")));
        assertThat(SecretInspection.changesSecret(request, edit("kubectl-patch", "config.json")))
                .isTrue();
        assertThat(SecretInspection.changesSecret(request, edit("kubectl-patch", "home")))
                .isFalse();
        assertThat(SecretInspection.reusableSecret(request, written))
                .as("the plain key is intact")
                .isEqualTo(Requests.SECRET);
    }

    @Test
    void a_generated_key_is_restored_when_absent_and_a_value_of_a_person_stays() {
        SecretRequest request = Requests.shaped(RICH);
        Secret written = Written.from(request);

        Written.edit(written, "kubectl-edit", "cookie-secret", "cGVyc29u");
        assertThat(SecretInspection.inspect(request, written)).isEqualTo(new Current());
        assertThat(data(SecretPatch.of(request, Requests.SECRET, written, Written.GENERATED)))
                .doesNotContainKey("cookie-secret");

        Written.removeKey(written, "cookie-secret");
        written.getMetadata().getManagedFields().removeLast();
        SecretState state = SecretInspection.inspect(request, written);
        assertThat(state).isEqualTo(new Tampered(edit("unknown", "cookie-secret")));
        assertThat(SecretInspection.changesSecret(request, edit("unknown", "cookie-secret")))
                .isFalse();
        assertThat(data(SecretPatch.of(request, Requests.SECRET, written, Written.GENERATED)))
                .containsKey("cookie-secret");
    }

    @Test
    void a_generated_key_survives_every_rewrite_and_goes_with_its_entry() {
        SecretRequest request = Requests.shaped(RICH);
        Secret written = Written.from(request);
        SecretRequest other = Requests.shaped(shape(SecretPreset.ENV, null, null, RICH.generate()));

        assertThat(data(SecretPatch.of(other, Requests.SECRET, written, Written.GENERATED)))
                .doesNotContainKey("cookie-secret")
                .containsEntry("client-secret", null)
                .containsKey("CLIENT_SECRET");
        assertThat(data(SecretPatch.of(Requests.shaped(ENV), Requests.SECRET, written, null)))
                .containsEntry("cookie-secret", null);
    }

    @Test
    void another_preset_under_the_same_name_is_one_patch_with_the_value_under_the_former_key() {
        Secret written = Written.from(Requests.shaped(RICH));
        SecretRequest env = Requests.shaped(ENV);

        assertThat(SecretInspection.inspect(env, written)).isEqualTo(new Outdated("3abc"));
        assertThat(SecretInspection.reusableSecret(env, written)).isEqualTo(Requests.SECRET);

        Written.edit(written, "kubectl-patch", "client-secret", "eA==");
        assertThat(SecretInspection.inspect(env, written))
                .isEqualTo(new Tampered(edit("kubectl-patch", "client-secret")));
        assertThat(SecretInspection.reusableSecret(env, written)).isNull();
    }

    @Test
    void without_its_record_the_client_secret_is_read_from_the_requested_key() {
        SecretRequest env = Requests.shaped(ENV);
        Secret written = Written.from(env);
        Written.editAnnotation(written, "kubectl-annotate", Marks.INPUTS, null);
        Written.editAnnotation(written, "kubectl-annotate", Marks.VALUES, null);

        assertThat(SecretInspection.inspect(env, written)).isInstanceOf(SecretState.Edited.class);
        assertThat(SecretInspection.reusableSecret(env, written)).isEqualTo(Requests.SECRET);
        assertThat(SecretInspection.reusableSecret(Requests.web(), written)).isNull();
    }

    @Test
    void a_key_that_another_writer_put_in_the_place_of_a_new_secret_key_is_taken_back() {
        Secret written = Written.from(Requests.web());
        Written.edit(written, "argocd", "CLIENT_SECRET", "eA==");

        assertThat(SecretInspection.inspect(Requests.shaped(ENV), written))
                .isEqualTo(new Tampered(edit("argocd", "CLIENT_SECRET")));
    }

    @Test
    void a_value_of_a_former_revision_is_not_reused() {
        assertThat(SecretInspection.reusableSecret(Requests.web("3abc", true, 2), Written.from(Requests.web())))
                .isNull();
    }

    @Test
    void labels_and_annotations_that_leave_the_manifest_are_removed_and_those_of_others_stay() {
        Secret written = Written.from(Requests.shaped(RICH));
        written.getMetadata().getLabels().put("team", "platform");
        SecretRequest plain = Requests.web();

        for (Map<String, Object> patch : List.of(
                SecretPatch.of(plain, Requests.SECRET, written, null),
                SecretPatch.ofCached(plain, Requests.SECRET, Written.stripped(written), null)
                        .orElseThrow())) {
            assertThat(metadata(patch, "labels"))
                    .containsEntry("example.com/team", null)
                    .doesNotContainKey("team");
            assertThat(metadata(patch, "annotations")).containsEntry("example.com/note", null);
            assertThat(data(patch)).containsEntry("config.json", null).containsEntry("home", null);
        }
    }

    @Test
    void requested_metadata_that_another_tool_changed_causes_no_write() {
        SecretRequest request = Requests.shaped(RICH);
        Secret written = Written.from(request);
        written.getMetadata().getLabels().put("example.com/team", "theirs");

        assertThat(SecretInspection.inspect(request, written)).isEqualTo(new Current());
    }

    @Test
    void another_type_cannot_be_written() {
        SecretRequest binding = Requests.shaped(shape(SecretPreset.SERVICE_BINDING, null, null, null));

        assertThat(SecretInspection.inspect(binding, Written.from(Requests.web())))
                .isInstanceOfSatisfying(
                        Unwritable.class,
                        unwritable -> assertThat(unwritable.message())
                                .isEqualTo("Secret 'web' has the type Opaque, and Kubernetes does not allow a change to"
                                        + " servicebinding.io/oauth2. Change spec.secret.name too, or change the type back."
                                        + " The operator keeps the Secret as it is."));
    }

    @Test
    void a_shape_with_a_problem_is_never_built() {
        SecretRequest request = Requests.shaped(shape(SecretPreset.STANDARD, null, Map.of("a", "$(nope)"), null));

        assertThatThrownBy(() -> SecretManifest.of(request, Requests.SECRET, Written.GENERATED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Secret 'web' was to be written although spec.secret.template[a]");
        assertThat(SecretInspection.inspect(request, Written.from(Requests.web())))
                .isInstanceOf(Outdated.class);
    }

    @Test
    void a_config_map_has_the_public_keys_and_records_no_values() {
        SecretShape shape =
                SecretShape.of(new ConfigMapSpec("web-public", null, Map.of("app.js", "id=$(json(clientId))")));
        SecretRequest request = Requests.shaped(shape);
        Secret written = Written.from(request);

        assertThat(written.getKind()).isEqualTo("ConfigMap");
        assertThat(written.getData())
                .containsKeys("client-id", "app.js", "issuer")
                .doesNotContainKey("client-secret");
        assertThat(written.getMetadata().getAnnotations()).doesNotContainKey(Marks.VALUES);
        assertThat(SecretInspection.inspect(request, written)).isEqualTo(new Current());
        written.getMetadata().setManagedFields(null);
        assertThat(SecretInspection.inspect(request, written))
                .asString()
                .contains("ConfigMap 'web'", "set another name in spec.configMap.name");
    }

    private static SecretMetadata metadata() {
        return new SecretMetadata(Map.of("example.com/team", "shop"), null);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable String> data(Map<String, Object> patch) {
        return (Map<String, @Nullable String>) Objects.requireNonNull(patch.get("data"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable String> metadata(Map<String, Object> patch, String part) {
        return (Map<String, @Nullable String>)
                Objects.requireNonNull(((Map<String, Object>) Objects.requireNonNull(patch.get("metadata"))).get(part));
    }

    private static SecretShape shape(
            SecretPreset preset,
            @Nullable SecretMetadata metadata,
            @Nullable Map<String, String> template,
            @Nullable List<GeneratedKey> generate) {
        return SecretShape.of(new SecretSpec(null, preset, null, metadata, template, generate, null));
    }

    private static Edit edit(String manager, String... fields) {
        return new Edit(manager, new TreeSet<>(List.of(fields)));
    }
}
