package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceSecretTest {

    private static final SecretShape STANDARD = SecretShape.STANDARD;
    private static final SecretShape NONE = SecretShape.of(new SecretSpec(
            null, SecretPreset.NONE, null, null, Map.of("oidc.secret", "$(clientSecret)", "x", "$(name)"), null, null));

    private static final SecretShape WITH_ARN =
            SecretShape.of(new SecretSpec(null, null, null, null, Map.of("arn", "$(json(userPoolArn))"), null, null));
    private static final PoolArn ARN = Requests.POOL.arn();

    static Stream<Consumer<Secret>> edits() {
        return Stream.of(
                secret -> Written.edit(secret, "kubectl-patch", "client-secret", "eA=="),
                secret -> Written.edit(secret, "kubectl-patch", "issuer", "eA=="),
                secret -> Written.removeKey(secret, "issuer"),
                secret -> Written.editAnnotation(secret, "kubectl-annotate", Marks.VALUES, "{}"),
                secret -> Written.editAnnotation(
                        secret,
                        "kubectl-annotate",
                        Marks.VALUES,
                        secret.getMetadata().getAnnotations().get(Marks.VALUES)),
                secret -> Written.editAnnotation(secret, "kubectl-annotate", Marks.VALUES, null),
                secret -> Written.editAnnotation(secret, "kubectl-annotate", Marks.INPUTS, "x"),
                secret -> Written.editAnnotation(
                        secret,
                        "kubectl-annotate",
                        Marks.INPUTS,
                        secret.getMetadata().getAnnotations().get(Marks.INPUTS)),
                secret -> Written.editAnnotation(secret, "kubectl-annotate", Marks.CLIENT_ID, "4def"),
                secret -> Written.editAnnotation(secret, "kubectl-annotate", Marks.CLIENT_ID, null),
                secret -> secret.getMetadata().getLabels().remove(Marks.CLIENT_UID),
                secret -> secret.getMetadata().getOwnerReferences().clear(),
                secret -> secret.getMetadata().setDeletionTimestamp("2026-11-28T00:00:00Z"),
                secret -> secret.setType("example.com/other"));
    }

    @Test
    void the_clients_secret_tells_everything_that_a_copy_needs() {
        SecretRequest request = Requests.web("3abc", true, 4);
        Secret live = Written.from(request);

        for (Secret observed : new Secret[] {live, Written.stripped(live)}) {
            assertThat(SourceSecret.of(Requests.WEB, STANDARD, ARN, observed)).hasValueSatisfying(source -> {
                assertThat(source.values()).isEqualTo(request.values());
                assertThat(source.confidential()).isTrue();
                assertThat(source.revision()).isEqualTo(4);
                assertThat(source.resourceVersion()).isEqualTo("7");
                assertThat(source.clientSecretId()).isNull();
                assertThat(source.value(live)).isEqualTo(Requests.SECRET);
            });
        }
    }

    @Test
    void a_retained_secret_and_one_of_another_shape_are_sources_too() {
        assertThat(of(Requests.WEB, STANDARD, Written.from(Requests.web("3abc", false, 1))))
                .isPresent();
        Secret live = Written.from(Requests.shaped(NONE));
        assertThat(of(Requests.WEB, NONE, live))
                .hasValueSatisfying(source -> assertThat(source.value(live)).isEqualTo(Requests.SECRET));
    }

    @Test
    void the_id_of_the_client_secret_is_told() {
        SecretRequest web = Requests.web();
        Secret live = Written.from(new SecretRequest(
                web.owner(), "web", true, false, web.source(), STANDARD, web.values(), true, 1, "secret-id-1", null));

        assertThat(of(Requests.WEB, STANDARD, live))
                .hasValueSatisfying(
                        source -> assertThat(source.clientSecretId()).isEqualTo("secret-id-1"));
    }

    @ParameterizedTest
    @MethodSource("edits")
    void a_secret_that_another_writer_changed_is_no_source(Consumer<Secret> edit) {
        Secret live = Written.from(Requests.web());
        SourceSecret before = of(Requests.WEB, STANDARD, live).orElseThrow();

        edit.accept(live);

        assertThat(of(Requests.WEB, STANDARD, live)).isEmpty();
        assertThat(of(Requests.WEB, STANDARD, Written.stripped(live))).isEmpty();
        assertThat(before.value(live)).as("the live Secret decides").isNull();
    }

    @Test
    void a_secret_of_another_shape_than_the_manifest_asks_for_is_no_source() {
        assertThat(of(Requests.WEB, NONE, Written.from(Requests.web()))).isEmpty();
        assertThat(of(Requests.WEB, STANDARD, Written.from(Requests.shaped(NONE))))
                .isEmpty();
    }

    @Test
    void neither_a_copy_nor_the_secret_of_another_owner_is_a_source() {
        SecretOwner former = SecretOwner.userPoolClient("shop", "web", "99999999-2222-3333-4444-555555555555");
        SecretOwner claim = SecretOwner.claim("shop", "second", "bbbbbbbb-2222-3333-4444-555555555555");

        assertThat(of(former, STANDARD, Written.from(Requests.web()))).isEmpty();
        assertThat(of(Requests.WEB, STANDARD, Written.from(Requests.copy(claim, STANDARD, 1))))
                .isEmpty();
    }

    @Test
    void a_live_secret_of_another_revision_or_client_gives_no_value() {
        SourceSecret source =
                of(Requests.WEB, STANDARD, Written.from(Requests.web())).orElseThrow();

        assertThat(source.value(Written.from(Requests.web("3abc", true, 2)))).isNull();
        assertThat(source.value(Written.from(Requests.web("4def", true, 1)))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "value-patched"})
    void a_secret_of_version_1_is_no_source_until_it_is_rewritten(String name) {
        assertThat(of(Requests.WEB, STANDARD, Observed.ofVersion1(name, Requests.web())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "created-then-applied", "applied", "others-added-their-own", "label-changed"})
    void a_recorded_secret_is_a_source(String name) {
        assertThat(of(Requests.WEB, STANDARD, Observed.secret(name))).isPresent();
    }

    @Test
    void the_values_have_no_arn_of_a_pool_that_is_not_known_or_is_another() {
        Secret live = Written.from(Requests.web());
        PoolArn other = new PoolArn(ARN.value().replace("AbCdEf123", "Another"));

        for (PoolArn arn : new PoolArn[] {null, other}) {
            PublicValues values = SourceSecret.of(Requests.WEB, STANDARD, arn, live)
                    .orElseThrow()
                    .values();
            assertThat(values.arn()).isNull();
            assertThat(values.suffice(STANDARD)).isTrue();
            assertThat(values.suffice(WITH_ARN)).isFalse();
        }
    }

    @Test
    void a_secret_that_contains_the_arn_is_a_source_only_while_the_arn_is_known() {
        Secret live = Written.from(Requests.shaped(WITH_ARN));

        assertThat(of(Requests.WEB, WITH_ARN, live)).hasValueSatisfying(source -> {
            assertThat(source.values().arn()).isEqualTo(ARN);
            assertThat(source.values().suffice(WITH_ARN)).isTrue();
            assertThat(source.value(live)).isEqualTo(Requests.SECRET);
        });
        assertThat(SourceSecret.of(Requests.WEB, WITH_ARN, null, live)).isEmpty();
    }

    private static Optional<SourceSecret> of(SecretOwner client, SecretShape shape, Secret observed) {
        return SourceSecret.of(client, shape, ARN, observed);
    }
}
