package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.SecretTypes;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The client secret that a copy carries. */
class CarriedSecretIdTest {

    private static final String ID = "id-1";

    static Stream<Arguments> edits() {
        return Stream.of(
                edit("none", true, secret -> {}),
                edit("another key", true, secret -> Written.edit(secret, "kubectl", "mine", "eA==")),
                edit("the client secret", false, secret -> Written.edit(secret, "kubectl", "client-secret", "eA==")),
                edit("a public value", false, secret -> Written.edit(secret, "kubectl", "issuer", "eA==")),
                edit("the id to another", false, secret -> annotate(secret, "id-2")),
                edit("the id to the same", false, secret -> annotate(secret, ID)),
                edit("the id is removed", false, secret -> annotate(secret, null)),
                edit(
                        "label of a claim",
                        true,
                        secret -> secret.getMetadata().getLabels().remove(Marks.CLAIM_UID)),
                edit(
                        "another claim",
                        false,
                        secret -> secret.getMetadata()
                                .getOwnerReferences()
                                .getFirst()
                                .setUid("another")),
                edit("no writer is known", false, secret -> secret.getMetadata().setManagedFields(List.of())));
    }

    private static Arguments edit(String name, boolean carries, Consumer<Secret> change) {
        return arguments(name, carries, change);
    }

    private static void annotate(Secret secret, String value) {
        Written.editAnnotation(secret, "kubectl", Marks.CLIENT_SECRET_ID, value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void a_copy_that_another_writer_changed_carries_no_known_client_secret(
            String edit, boolean carries, Consumer<Secret> change) {
        Secret copy = Written.from(copy(ID));
        change.accept(copy);

        for (Secret observed : List.of(copy, Written.stripped(copy))) {
            assertThat(CarriedSecretId.isIn(Requests.CLAIM, SecretShape.STANDARD, observed, ID))
                    .isEqualTo(carries);
        }
    }

    @Test
    void a_copy_carries_only_the_id_that_it_records() {
        Secret copy = Written.from(copy(ID));
        assertThat(CarriedSecretId.recordedIn(copy)).isEqualTo(ID);
        assertThat(CarriedSecretId.isIn(Requests.CLAIM, SecretShape.STANDARD, copy, "id-2"))
                .isFalse();

        Secret original = Written.from(copy(null));
        assertThat(CarriedSecretId.recordedIn(original)).isNull();
        assertThat(CarriedSecretId.isForged(original)).isFalse();
        assertThat(CarriedSecretId.isIn(Requests.CLAIM, SecretShape.STANDARD, original, ID))
                .isFalse();
    }

    @Test
    void an_id_of_another_writer_is_forged() {
        Secret copy = Written.from(copy(ID));
        annotate(copy, "id-2");

        assertThat(CarriedSecretId.isForged(copy)).isTrue();
        assertThat(CarriedSecretId.recordedIn(copy)).isNull();
    }

    /** Its controller is the client, and the operator wrote it. */
    @Test
    void the_record_of_a_rotation_belongs_to_no_output() {
        Secret record = Written.from(Requests.web());
        record.setType(SecretTypes.ROTATION);

        for (SecretOwner owner : List.of(Requests.WEB, Requests.CLAIM)) {
            for (Secret observed : List.of(record, Written.stripped(record))) {
                assertThat(SecretInspection.obstacle(owner, observed))
                        .isInstanceOfSatisfying(
                                SecretState.Foreign.class,
                                foreign -> assertThat(foreign.message())
                                        .isEqualTo(
                                                "Secret 'web' is the record of a rotation. The operator does not change it for "
                                                        + owner.kind() + " '" + owner.path()
                                                        + "'. Set another name in spec.secret.name."));
            }
        }
        assertThat(SecretInspection.reusableSecret(Requests.web(), record)).isNull();
    }

    private static SecretRequest copy(String secretId) {
        SecretRequest copy = Requests.copy(Requests.CLAIM, SecretShape.STANDARD, 1);
        return new SecretRequest(
                copy.owner(),
                copy.secretName(),
                true,
                true,
                copy.source(),
                copy.shape(),
                copy.values(),
                true,
                1,
                secretId,
                null);
    }
}
