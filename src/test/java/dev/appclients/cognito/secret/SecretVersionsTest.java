package dev.appclients.cognito.secret;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that an older or a newer operator wrote. */
class SecretVersionsTest {

    private static final SecretRequest WEB = Requests.web();

    @Test
    void the_same_content_under_version_1_is_current_of_an_older_version() {
        Secret observed = Observed.ofVersion1("created", WEB);

        assertThat(SecretInspection.inspect(WEB, observed)).isEqualTo(new SecretState.CurrentOfOlderVersion(1));
        assertThat(SecretInspection.inspect(WEB, Written.stripped(observed)))
                .isEqualTo(new SecretState.CurrentOfOlderVersion(1));
        assertThat(new SecretState.CurrentOfOlderVersion(1).isSource()).isFalse();
        assertThat(new SecretState.CurrentOfOlderVersion(2).isSource()).isTrue();
        assertThat(SecretInspection.hasSameInputs(WEB, observed)).isTrue();
        assertThat(SecretInspection.reusableSecret(WEB, observed)).isEqualTo(Requests.SECRET);
    }

    @Test
    void a_retained_secret_of_version_1_is_recognised_too() {
        SecretRequest retained = Requests.web("3abc", false, 1);

        assertThat(SecretInspection.inspect(retained, Observed.ofVersion1("retained", retained)))
                .isEqualTo(new SecretState.CurrentOfOlderVersion(1));
    }

    @ParameterizedTest
    @CsvSource({"label-removed, Edited", "value-patched, Tampered", "key-removed, Tampered"})
    void edits_of_version_1_are_detected(String name, String state) {
        assertThat(SecretInspection.inspect(WEB, Observed.ofVersion1(name, WEB))
                        .getClass()
                        .getSimpleName())
                .isEqualTo(state);
    }

    @Test
    void other_content_than_version_1_wrote_is_outdated() {
        Secret observed = Observed.ofVersion1("created", WEB);
        SecretRequest env =
                Requests.shaped(SecretShape.of(new SecretSpec(null, SecretPreset.ENV, null, null, null, null, null)));

        for (SecretRequest request :
                new SecretRequest[] {Requests.web("3abc", true, 2), Requests.web("4def", true, 1), env}) {
            assertThat(SecretInspection.inspect(request, observed)).isEqualTo(new SecretState.Outdated("3abc"));
        }
        assertThat(SecretInspection.reusableSecret(env, observed)).isEqualTo(Requests.SECRET);
    }

    @Test
    void the_content_of_a_newer_version_cannot_be_compared() {
        Secret observed = Observed.secret("created");
        Inputs newer =
                new Inputs(1, Inputs.VERSION + 1, SecretManifest.inputs(WEB).digest());
        observed.getMetadata().getAnnotations().put(Marks.INPUTS, newer.toString());

        assertThat(SecretInspection.inspect(WEB, observed)).isEqualTo(new SecretState.Outdated("3abc"));
    }

    /** A changed digest without a new version would rewrite every Secret of a cluster at the upgrade. */
    @Test
    void the_digests_of_each_version_stay_as_they_are() {
        assertThat(new DesiredSecret(WEB).inputs(1)).hasToString("1.3c94d629659ee70111a6ff1172711e15");
        assertThat(new DesiredSecret(WEB).inputs()).hasToString("1.2-2e929c84e59d451131aad8fbfe932968");
        assertThat(new DesiredSecret(Requests.copy(Requests.CLAIM, SecretShape.STANDARD, 1)).inputs())
                .hasToString("1.2-d10e666fa6b3ef59db8f4a9e673f7539");
    }

    @Test
    void version_1_wrote_neither_copies_nor_other_shapes() {
        assertThat(new DesiredSecret(Requests.copy(Requests.CLAIM, SecretShape.STANDARD, 1)).inputs(1))
                .isNull();
        assertThat(new DesiredSecret(Requests.shaped(
                                SecretShape.of(new SecretSpec(null, SecretPreset.ENV, null, null, null, null, null))))
                        .inputs(1))
                .isNull();
    }
}
