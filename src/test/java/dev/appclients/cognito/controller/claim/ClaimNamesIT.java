package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.NoSecretsQuota;
import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.controller.cluster.Annotations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One object of a namespace has the Secret of a name, and a Secret of another writer stays as it is. */
class ClaimNamesIT extends OnClaimStage {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aForeignSecretStaysAndTheClaimHealsOnceItIsGone(boolean operatorIsDown) {
        offerTo(team);
        foreignSecret(team, "web");
        claim(team, "web");

        awaitClaim(team, "web", "False", "SecretConflict");
        assertThat(isStalled(team, "web")).isTrue();
        assertThat(dataIn(team, "web")).isEqualTo(Map.of("password", "mine"));
        stage.eventually()
                .untilAsserted(() -> assertThat(claimEvents(team, "web")).containsExactly("SecretConflict"));
        meanwhile(
                operatorIsDown,
                () -> stage.admin().secrets().inNamespace(team).withName("web").delete());

        // The operator does not see foreign Secrets, so nothing but a retry, a request or its start finds out.
        annotateClaim(team, "web", Annotations.RECONCILE_REQUESTED_AT, "now");
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSecondOfTwoClaimsForOneNameWaitsUntilTheFirstGoes(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "first", "name: web-oidc");
        awaitClaim(team, "first", "True", "Synced");

        claim(team, "second", "name: web-oidc, preset: CamelCase");
        awaitClaim(team, "second", "False", "SecretNameTaken");
        assertThat(isStalled(team, "second")).isTrue();
        assertThat(dataIn(team, "web-oidc")).containsKey("client-id");
        meanwhile(operatorIsDown, () -> claimIn(team, "first").delete());

        awaitClaim(team, "second", "True", "Synced");
        assertThat(dataIn(team, "web-oidc")).containsKey("clientId");
    }

    @Test
    void twoClaimsThatRaceForOneNameEndWithOneCopy() {
        offerTo(team);
        stage.stopOperator();
        claim(team, "a", "name: web-oidc");
        claim(team, "b", "name: web-oidc, preset: CamelCase");
        String first = Stream.of("a", "b")
                .min((one, other) -> order(one).compareTo(order(other)))
                .orElseThrow();
        String second = first.equals("a") ? "b" : "a";

        stage.startOperator();

        awaitClaim(team, first, "True", "Synced");
        awaitClaim(team, second, "False", "SecretNameTaken");
        assertThat(dataIn(team, "web-oidc")).containsKey(first.equals("a") ? "client-id" : "clientId");
    }

    private String order(String claim) {
        var meta = claimIn(team, claim).require().getMetadata();
        return meta.getCreationTimestamp() + meta.getUid();
    }

    @Test
    void theSecretOfAClientInTheNamespaceOfTheClaimKeepsItsName() {
        applyWeb("sharing: {namespaces: {from: All}}");
        stage.awaitReady("web");

        claim(stage.namespace(), "web", "preset: CamelCase");

        awaitClaim(stage.namespace(), "web", "False", "SecretNameTaken");
        assertThat(stage.data("web")).containsKey("client-id").doesNotContainKey("clientId");
        applyWeb("secret: {name: web-own}");
        awaitClaim(stage.namespace(), "web", "True", "Synced");
        assertThat(stage.data("web")).containsKey("clientId").doesNotContainKey("client-id");
    }

    @Test
    void anInvalidShapeIsRefusedBeforeAnyWriteAndKeepsTheCopy() {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        Map<String, String> before = dataIn(team, "web");

        // The API server does not know whether the client has a secret.
        claim(team, "web", "preset: None, template: {issuer: $(issuer)}");

        assertThat(awaitClaim(team, "web", "False", "InvalidSecret").getMessage())
                .contains("template", "$(clientSecret)");
        assertThat(isStalled(team, "web")).isTrue();
        assertThat(dataIn(team, "web")).isEqualTo(before);
    }

    /** The ways in which another tool changes a copy. */
    enum Change {
        EDIT {
            @Override
            void make(ClaimNamesIT test, String name) {
                test.editSecretIn(test.team, name, secret -> secret.getData().put("client-secret", "Zm9yZ2Vk"));
            }
        },
        DELETE {
            @Override
            void make(ClaimNamesIT test, String name) {
                test.stage
                        .admin()
                        .secrets()
                        .inNamespace(test.team)
                        .withName(name)
                        .delete();
            }
        };

        abstract void make(ClaimNamesIT test, String name);
    }

    /** A started operator does not know the restores of the process before it, and counts from zero. */
    @ParameterizedTest
    @CsvSource({"EDIT, false", "EDIT, true", "DELETE, false", "DELETE, true"})
    void aCopyThatAnotherToolKeepsChangingIsContested(Change change, boolean operatorIsDown) {
        offerTo(team);
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        untilContested(change);

        if (operatorIsDown) {
            stage.restartOperator();
            awaitClaim(team, "web", "True", "Synced");
            awaitCopy(team, "web");
            // The start was the first restore of three.
            meanwhile(true, () -> change.make(this, "web"));
        } else {
            clock.advance(Duration.ofMinutes(2));
            annotateClaim(team, "web", Annotations.RECONCILE_REQUESTED_AT, "now");
        }

        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    private void untilContested(Change change) {
        for (int restored = 0; restored < 3; restored++) {
            change.make(this, "web");
            awaitCopy(team, "web");
        }
        change.make(this, "web");
        awaitClaim(team, "web", "False", "SecretContested");
        if (change == Change.DELETE) {
            assertThat(secretIn(team, "web")).isNull();
        } else {
            assertThat(dataIn(team, "web")).containsEntry("client-secret", "forged");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQuotaThatRefusesTheSecretIsReportedInTheClaimOnly(boolean operatorIsDown) {
        offerTo(team);
        List<NoSecretsQuota> quota = new ArrayList<>();

        meanwhile(operatorIsDown, () -> {
            quota.add(NoSecretsQuota.in(stage, team));
            claim(team, "web");
        });

        assertThat(awaitClaim(team, "web", "False", "SecretRefused").getMessage())
                .contains("exceeded quota");
        assertThat(secretIn(team, "web")).isNull();
        stage.awaitReady("web");
        meanwhile(operatorIsDown, quota.getFirst()::delete);
        annotateClaim(team, "web", Annotations.RECONCILE_REQUESTED_AT, "now");
        awaitClaim(team, "web", "True", "Synced");
        awaitCopy(team, "web");
    }

    @Test
    void aPoolServesTheOldestClaimsOfANamespaceAndTheNextOneOnceAnOlderOneGoes() {
        offerTo(team);
        applyPoolSharing("sharing: {namespaces: {from: All}}\nquota: {claimsPerNamespace: 1}");
        claim(team, "a-first");
        awaitClaim(team, "a-first", "True", "Synced");
        awaitLaterSecondThan(claimIn(team, "a-first").require());

        claim(team, "second");
        awaitClaim(team, "second", "False", "QuotaExceeded");
        assertThat(secretIn(team, "second")).isNull();
        claimIn(team, "a-first").delete();

        awaitClaim(team, "second", "True", "Synced");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoweredQuotaFreezesTheYoungestCopyAndDeletesNothing(boolean operatorIsDown) {
        offerTo(team);
        claim(team, "a-first");
        awaitClaim(team, "a-first", "True", "Synced");
        awaitLaterSecondThan(claimIn(team, "a-first").require());
        claim(team, "second");
        awaitClaim(team, "second", "True", "Synced");

        meanwhile(operatorIsDown, () -> {
            applyPoolSharing("sharing: {namespaces: {from: All}}\nquota: {claimsPerNamespace: 1}");
            Change.EDIT.make(this, "second");
        });

        awaitClaim(team, "second", "False", "QuotaExceeded");
        requestPass(team, "second");
        assertThat(dataIn(team, "second")).containsEntry("client-secret", "forged");
        assertThat(Objects.requireNonNull(claimStatus(team, "second")).binding())
                .isNotNull();
        awaitClaim(team, "a-first", "True", "Synced");
        meanwhile(operatorIsDown, () -> applyPoolSharing("sharing: {namespaces: {from: All}}"));
        awaitClaim(team, "second", "True", "Synced");
        awaitCopy(team, "second");
    }

    /** The places of the first pool's claims and those of the second pool's are two quotas. */
    @Test
    void aClaimGainsItsPlaceWhileAnOlderClaimWaitsForAnotherPool() {
        offerTo(team);
        stage.simulator().pool("eu-west-1_Staff");
        stage.applyPool(
                "staff",
                "userPoolId: eu-west-1_Staff\n" + ALL
                        + "\nsharing: {namespaces: {from: All}}\nquota: {claimsPerNamespace: 0}");
        applyOnPool("staff", "staff");
        claimOn(stage.namespace(), "staff", team, "a-staff", "");
        awaitClaim(team, "a-staff", "False", "QuotaExceeded");
        applyPoolSharing("sharing: {namespaces: {from: All}}\nquota: {claimsPerNamespace: 1}");
        letASecondPass("a-staff");
        claim(team, "b-first");
        awaitClaim(team, "b-first", "True", "Synced");
        letASecondPass("b-first");
        claim(team, "second");
        awaitClaim(team, "second", "False", "QuotaExceeded");

        claimIn(team, "b-first").delete();

        awaitClaim(team, "second", "True", "Synced");
    }

    @Test
    void aClaimGainsThePlaceOfOneThatNamesAnotherClientAndOfOneWhoseClientIsDeleted() {
        offerTo(team);
        applyOnPool("other", Stage.POOL);
        applyPoolSharing("sharing: {namespaces: {from: All}}\nquota: {claimsPerNamespace: 1}");
        claimOn(stage.namespace(), "other", team, "a-first", "");
        awaitClaim(team, "a-first", "True", "Synced");
        letASecondPass("a-first");
        claim(team, "b-second");
        awaitClaim(team, "b-second", "False", "QuotaExceeded");
        letASecondPass("b-second");
        claim(team, "c-third");
        awaitClaim(team, "c-third", "False", "QuotaExceeded");

        stage.delete("other");
        awaitClaim(team, "b-second", "True", "Synced");
        claimOn(stage.namespace(), "absent", team, "b-second", "");

        awaitClaim(team, "c-third", "True", "Synced");
    }

    private void applyOnPool(String client, String pool) {
        stage.apply("""
                apiVersion: cognito.appclients.dev/v1beta1
                kind: UserPoolClient
                metadata: {name: %s}
                spec:
                  userPoolRef: {name: %s}
                  appType: Public
                  callbackURLs: [https://shop.example.com/callback]
                  sharing: {namespaces: {from: All}}
                """.formatted(client, pool));
        stage.awaitReady(client);
    }

    private void letASecondPass(String claim) {
        Instant created =
                Instant.parse(claimIn(team, claim).require().getMetadata().getCreationTimestamp());
        stage.eventually().until(() -> Instant.now().isAfter(created.plusMillis(1_050)));
    }
}
