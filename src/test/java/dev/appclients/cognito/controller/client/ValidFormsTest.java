package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.StopReconciliation;
import dev.appclients.cognito.failure.FailureKind.Pace;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.Outcome;
import dev.appclients.cognito.status.Step;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pass judges the forms too: an older CRD does not refuse them when the manifest is applied. */
class ValidFormsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "secret: {template: {a: '$(clientIdd)'}}                       | spec.secret.template[a]",
                "secret: {template: {a: '$(json(json(clientId)))'}}            | spec.secret.template[a]",
                "secret: {preset: None, template: {a: 'x$(clientSecret)'}}     | exactly $(clientSecret)",
                "secret: {template: {client-secret: forged}}                   | spec.secret.template[client-secret]",
                "secret: {generate: [{key: issuer}]}                           | spec.secret.generate[issuer]",
                "secret: {metadata: {labels: {owner: shop}}}                   | spec.secret.metadata.labels[owner]",
                "secret: {type: kubernetes.io/service-account-token}           | spec.secret.type",
                "configMap: {template: {a: '$(clientSecret)'}}                 | spec.configMap.template[a]",
                "configMap: {template: {a: '$(nothing)'}}                      | spec.configMap.template[a]"
            })
    void anInvalidFormEndsThePassBeforeAnythingIsReadOrWritten(String settings, String fault) {
        assertThatThrownBy(() -> SecretPublisher.requireValidForms(ReconcileInputs.of(client(settings), 1)))
                .isInstanceOfSatisfying(StopReconciliation.class, stop -> {
                    Assertions.assertThat(stop.pace()).isEqualTo(Pace.HOURLY);
                    Assertions.assertThat(stop.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        Assertions.assertThat(refused.step()).isEqualTo(Step.SECRET);
                        Assertions.assertThat(refused.reason()).isEqualTo(Reason.INVALID_SECRET);
                        Assertions.assertThat(refused.message())
                                .contains(fault)
                                .endsWith(" The operator writes nothing. The operator retries hourly.");
                    });
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "secret: {preset: None, template: {a: '$(clientSecret)'}}",
                "secret: {preset: ServiceBinding, generate: [{key: cookie}]}",
                "configMap: {preset: None, template: {a: '$(clientId)'}}",
                "secret: {}"
            })
    void aValidFormPasses(String settings) {
        assertThatCode(() -> SecretPublisher.requireValidForms(ReconcileInputs.of(client(settings), 1)))
                .doesNotThrowAnyException();
    }

    private static UserPoolClient client(String settings) {
        return Serialization.unmarshal("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: web, namespace: shop, uid: 11111111-2222-3333-4444-555555555555, generation: 1}
                spec:
                  userPoolRef: {name: customers}
                  appType: Confidential
                  %s
                """.formatted(settings), UserPoolClient.class);
    }
}
