package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.collection.Interner;
import dev.appclients.cognito.collection.LeanValues;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.SecretState.Current;
import dev.appclients.cognito.secret.SecretState.Edit;
import dev.appclients.cognito.secret.SecretState.Edited;
import dev.appclients.cognito.secret.SecretState.Foreign;
import dev.appclients.cognito.secret.SecretState.FormerOwner;
import dev.appclients.cognito.secret.SecretState.Outdated;
import dev.appclients.cognito.secret.SecretState.Tampered;
import dev.appclients.cognito.secret.SecretState.Unwritable;
import dev.appclients.cognito.secret.fields.FieldsV1Tree;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretInspectionTest {

    private static final String FORMER = "99999999-2222-3333-4444-555555555555";
    private static final SecretRequest RETAINED = Requests.web("3abc", false, 1);

    static Stream<Arguments> recorded() {
        return Stream.of(
                arguments("created", new Current()),
                arguments("created-then-applied", new Current()),
                arguments("applied", new Current()),
                arguments("immutable", new Current()),
                arguments("others-added-their-own", new Current()),
                arguments("string-data-added-a-key", new Current()),
                arguments("value-patched", tampered("kubectl-patch", "client-secret")),
                arguments("value-replaced", tampered("kubectl-replace", "issuer")),
                arguments("key-removed", tampered("unknown", "issuer")),
                arguments(
                        "all-keys-removed",
                        tampered("unknown", SecretManifest.keys(Requests.web()).toArray(String[]::new))),
                arguments("string-data-changed-a-value", tampered("argocd", "client-secret")),
                arguments("string-data-changed-a-value-then-restored", tampered("argocd", "client-secret")),
                arguments("label-removed", edited("unknown", "metadata.labels[cognito.appclients.dev/client-uid]")),
                arguments("label-changed", new Current()),
                arguments(
                        "inputs-changed",
                        edited("kubectl-annotate", "metadata.annotations[cognito.appclients.dev/inputs]")),
                arguments("inputs-removed", edited("unknown", "metadata.annotations[cognito.appclients.dev/inputs]")),
                arguments(
                        "client-id-changed",
                        new Edited(
                                null,
                                edit("kubectl-annotate", "metadata.annotations[cognito.appclients.dev/client-id]"))),
                arguments("owner-removed", edited("unknown", "metadata.ownerReferences")),
                arguments(
                        "immutable-with-changed-label",
                        edited("kubectl-label", "metadata.labels[cognito.appclients.dev/client-uid]")));
    }

    static Stream<Arguments> unwritable() {
        return Stream.of(
                arguments("immutable-with-changed-value", Unwritable.class, "immutable"),
                arguments("being-deleted", Unwritable.class, "example.com/hold"),
                arguments("of-another-type", Unwritable.class, "example.com/other"),
                arguments("forged-marks", Foreign.class, "written by field manager 'kubectl-create'"),
                arguments("forged-marks-and-owner", Foreign.class, "written by field manager 'kubectl-create'"),
                arguments("of-another-tool", Foreign.class, "by field manager 'kubectl-create'"),
                arguments("of-another-client", Foreign.class, "controlled by UserPoolClient 'admin'"),
                arguments("of-another-client-retained", Foreign.class, "belongs to UserPoolClient 'shop/admin'"),
                arguments("taken-over", Foreign.class, "controlled by ExternalSecret 'web'"),
                arguments("of-former-client", FormerOwner.class, "app client 3abc"),
                arguments("of-former-client-restored", FormerOwner.class, "app client 3abc"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recorded")
    void edits_are_detected_by_the_managed_fields(String name, SecretState expected) {
        assertThat(SecretInspection.inspect(Requests.web(), Observed.secret(name)))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unwritable")
    void an_unwritable_secret_has_a_message(String name, Class<?> state, String why) {
        assertThat(SecretInspection.inspect(Requests.web(), Observed.secret(name)))
                .isInstanceOf(state)
                .asString()
                .contains(why, "Secret 'web'");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"recorded", "unwritable"})
    void a_stripped_secret_is_judged_like_the_complete_one(String name) {
        Secret whole = Observed.secret(name);
        Secret stripped = new SecretStripper(new LeanValues(new Interner(64))).strip(whole);

        for (SecretRequest desired : List.of(Requests.web(), Requests.web("4def", true, 2), RETAINED)) {
            assertThat(SecretInspection.inspect(desired, stripped)).isEqualTo(SecretInspection.inspect(desired, whole));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"created", "value-patched", "label-removed", "being-deleted", "of-another-type"})
    void the_owners_own_secret_is_no_obstacle(String name) {
        assertThat(SecretInspection.obstacle(Requests.WEB, Observed.secret(name)))
                .isNull();
        assertThat(SecretInspection.obstacle(Requests.WEB, null)).isNull();
    }

    @Test
    void a_secret_of_another_owner_is_an_obstacle() {
        assertThat(SecretInspection.obstacle(Requests.WEB, Observed.secret("of-another-tool")))
                .isInstanceOf(Foreign.class);
        assertThat(SecretInspection.obstacle(Requests.WEB, Observed.secret("of-former-client")))
                .isInstanceOfSatisfying(FormerOwner.class, former -> {
                    assertThat(former.formerUid()).isEqualTo(FORMER);
                    assertThat(former.clientId()).isEqualTo("3abc");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-former-client", "of-former-client-restored"})
    void a_former_owners_secret_is_inherited_only_for_the_same_app_client(String name) {
        assertThat(SecretInspection.inspect(Requests.inheriting("3abc"), Observed.secret(name)))
                .isEqualTo(new SecretState.Inherited());
        assertThat(SecretInspection.inspect(Requests.inheriting("4def"), Observed.secret(name)))
                .isInstanceOf(FormerOwner.class);
    }

    @Test
    void no_secret_is_absent() {
        assertThat(SecretInspection.inspect(Requests.web(), null)).isEqualTo(new SecretState.Absent());
    }

    @Test
    void a_changed_request_makes_it_outdated_and_is_no_edit() {
        Secret observed = Observed.secret("created");
        for (SecretRequest desired : List.of(
                Requests.web("3abc", true, 2),
                Requests.web("4def", true, 1),
                RETAINED,
                Requests.webReturningTo("https://shop.example.com/new"))) {
            assertThat(SecretInspection.inspect(desired, observed)).isEqualTo(new Outdated("3abc"));
        }
    }

    @Test
    void a_key_that_is_new_in_the_request_is_no_edit() {
        Secret observed = Observed.secret("created");
        observed.getMetadata()
                .getManagedFields()
                .getFirst()
                .getFieldsV1()
                .getAdditionalProperties()
                .computeIfPresent("f:data", (name, keys) -> {
                    var older = FieldsV1Tree.node(keys);
                    older.remove("f:logout-uri");
                    return older;
                });

        assertThat(SecretInspection.inspect(Requests.web("3abc", true, 2), observed))
                .isEqualTo(new Outdated("3abc"));
    }

    /** A mutating policy changes the operator's own write, so the operator owns the field. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_label_outside_the_operators_prefix_is_no_edit(boolean sameInputs) {
        Secret observed = Observed.secret("created");
        observed.getMetadata().getLabels().put(Marks.MANAGED_BY, "platform");
        SecretRequest desired = sameInputs ? Requests.web() : Requests.web("3abc", true, 2);

        assertThat(SecretInspection.inspect(desired, observed))
                .isEqualTo(sameInputs ? new Current() : new Outdated("3abc"));
        observed.getMetadata().getLabels().remove(Marks.MANAGED_BY);
        assertThat(SecretInspection.inspect(desired, observed))
                .isEqualTo(sameInputs ? new Current() : new Outdated("3abc"));
    }

    @Test
    void a_later_writer_of_other_fields_is_not_named() {
        assertThat(SecretInspection.inspect(Requests.web(), withOtherWriter("value-patched")))
                .isEqualTo(tampered("kubectl-patch", "client-secret"));
        assertThat(SecretInspection.inspect(Requests.web(), withOtherWriter("key-removed")))
                .isEqualTo(tampered("unknown", "issuer"));
        assertThat(SecretInspection.inspect(Requests.web(), withOtherWriter("inputs-changed")))
                .isEqualTo(edited("kubectl-annotate", "metadata.annotations[cognito.appclients.dev/inputs]"));
        assertThat(SecretInspection.inspect(Requests.web(), withOtherWriter("label-removed")))
                .isEqualTo(edited("unknown", "metadata.labels[cognito.appclients.dev/client-uid]"));
    }

    @Test
    void of_several_editors_the_newest_is_named() {
        Secret observed = Observed.secret("value-patched");
        claim(observed, "older", "2026-11-20T00:00:00Z", Map.of("f:data", Map.of("f:issuer", Map.of())));
        claim(observed, "newer", "2026-12-01T00:00:00Z", Map.of("f:data", Map.of("f:client-secret", Map.of())));

        assertThat(SecretInspection.inspect(Requests.web(), observed)).isEqualTo(tampered("newer", "client-secret"));
    }

    @Test
    void an_edit_without_a_recorded_manager_is_named_as_such() {
        assertThat(edit("unknown", "issuer").who()).isEqualTo("a field manager that Kubernetes did not record");
        assertThat(edit("argocd", "issuer").who()).isEqualTo("field manager 'argocd'");
    }

    /** Another manager wrote last: a key, a label, and an annotation under the operator's prefix that the operator never writes. */
    private static Secret withOtherWriter(String name) {
        Secret observed = Observed.secret(name);
        claim(
                observed,
                "other-writer",
                "2026-12-01T00:00:00Z",
                Map.of(
                        "f:data", Map.of("f:cookie-secret", Map.of()),
                        "f:metadata",
                                Map.of(
                                        "f:labels", Map.of("f:app.kubernetes.io/part-of", Map.of()),
                                        "f:annotations", Map.of("f:cognito.appclients.dev/note", Map.of()))));
        return observed;
    }

    private static void claim(Secret secret, String manager, String time, Map<String, Object> fields) {
        secret.getMetadata()
                .getManagedFields()
                .add(new ManagedFieldsEntryBuilder()
                        .withManager(manager)
                        .withOperation("Update")
                        .withTime(time)
                        .withFieldsV1(FieldsV1Tree.fields(fields))
                        .build());
    }

    @Test
    void a_retained_secret_is_the_owners_by_its_label() {
        assertThat(SecretInspection.inspect(RETAINED, Observed.secret("retained", RETAINED)))
                .isEqualTo(new Current());
    }

    @Test
    void a_value_is_reused_only_if_it_is_intact_and_of_this_client() {
        assertThat(SecretInspection.reusableSecret(Requests.web(), Observed.secret("created")))
                .isEqualTo(Requests.SECRET);
        assertThat(SecretInspection.reusableSecret(Requests.web(), Observed.secret("key-removed")))
                .isEqualTo(Requests.SECRET);
        assertThat(SecretInspection.reusableSecret(Requests.web("4def", true, 1), Observed.secret("created")))
                .isNull();
        assertThat(SecretInspection.reusableSecret(Requests.web(), null)).isNull();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "value-patched",
                "all-keys-removed",
                "string-data-changed-a-value",
                "client-id-changed",
                "forged-marks",
                "forged-marks-and-owner",
                "of-former-client",
                "of-another-client",
                "taken-over"
            })
    void a_value_that_may_be_of_another_writer_is_never_reused(String name) {
        assertThat(SecretInspection.reusableSecret(Requests.web(), Observed.secret(name)))
                .isNull();
    }

    @Test
    void malformed_managed_fields_count_as_absent() {
        Secret observed = Serialization.unmarshal(Serialization.asYaml(Observed.secret("created")), Secret.class);
        observed.getMetadata().getManagedFields().getFirst().getFieldsV1().setAdditionalProperty("f:data", "text");

        assertThat(SecretInspection.inspect(Requests.web(), observed)).isInstanceOf(Tampered.class);
        observed.getMetadata().getManagedFields().getFirst().setFieldsV1(null);
        assertThat(SecretInspection.inspect(Requests.web(), observed)).isInstanceOf(Foreign.class);
        observed.getMetadata().setManagedFields(null);
        assertThat(SecretInspection.inspect(Requests.web(), observed)).isInstanceOf(Foreign.class);
    }

    @Test
    void every_recorded_file_is_used() throws IOException {
        Stream<String> used = Stream.concat(
                Stream.concat(recorded(), unwritable()).map(row -> (String) row.get()[0]), Stream.of("retained"));
        try (Stream<Path> files = Files.list(Observed.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".yaml")))
                    .containsExactlyInAnyOrderElementsOf(
                            used.map(name -> name + ".yaml").toList());
        }
    }

    private static SecretState tampered(String manager, String... keys) {
        return new Tampered(edit(manager, keys));
    }

    private static SecretState edited(String manager, String field) {
        return new Edited("3abc", edit(manager, field));
    }

    private static Edit edit(String manager, String... fields) {
        return new Edit(manager, new TreeSet<>(List.of(fields)));
    }
}
