package dev.appclients.cognito.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.Stage;
import dev.appclients.cognito.plan.ClientName;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.JournalEntry;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Another client in the pool was renamed in Cognito so that its name ends in the suffix of an object: with the AWS console, or by
 * an operator version that accepted such names. The object never takes over that client, whatever its status has lost.
 */
class ForgedNameIT extends OnScene {

    private static final String RECONCILE = "cognito.appclients.dev/reconcile-requested-at";
    private static final String RETAIN = Scenario.SPEC + "deletionPolicy: Retain\n";

    private AppClient forged;

    @AfterEach
    void theForgedClientIsNeitherChangedNorDeletedNorPublished() {
        assertThat(scene.stage().simulator().client(Stage.POOL_ID, forged.clientId()))
                .isEqualTo(forged);
        assertThat(scene.stage()
                        .simulator()
                        .journal()
                        .entries(entry -> forged.clientId().equals(entry.clientId())))
                .extracting(JournalEntry::operation)
                .allMatch("DescribeUserPoolClient"::equals);
        // Read once: the deletion of a client deletes its Secret at any moment.
        Secret published = scene.stage().secret("web");
        if (published != null) {
            assertThat(published.getData())
                    .doesNotContainEntry(
                            "client-id",
                            Base64.getEncoder().encodeToString(forged.clientId().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void anObjectWithoutAStatusKeepsTheClientOfItsSecret() {
        AppClient own = victim();

        scene.stage().wipeStatus("web");

        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(own.clientId());
        assertThat(scene.creates("web")).isZero();
    }

    @Test
    void anObjectWhoseClientIsDeletedDoesNotTakeTheForgedOne() {
        AppClient own = victim();
        scene.stage().simulator().deleteClient(Stage.POOL_ID, own.clientId());

        scene.stage().annotate("web", RECONCILE, "now");

        assertRefused("knows app client " + own.clientId());
    }

    @Test
    void afterARestartAnObjectWhoseClientIsDeletedDoesNotTakeTheForgedOne() {
        AppClient own = victim();
        scene.proxy().crash();
        scene.stage().simulator().deleteClient(Stage.POOL_ID, own.clientId());
        scene.stage().annotate("web", RECONCILE, "now");

        scene.crashAndRestart();

        assertRefused("was written for app client " + own.clientId());
    }

    @Test
    void theForgedIdInTheStatusIsRefusedUntilItIsCorrected() {
        AppClient own = victim();
        Map<String, String> published = scene.stage().data("web");

        patchStatus("web", "{\"clientId\":\"" + forged.clientId() + "\"}");
        scene.stage().annotate("web", RECONCILE, "now");

        assertRefused("knows app client " + own.clientId());
        assertThat(scene.stage().data("web")).isEqualTo(published);
        patchStatus("web", "{\"clientId\":\"" + own.clientId() + "\"}");
        scene.stage().annotate("web", RECONCILE, "again");
        assertThat(scene.stage().awaitReady("web").clientId()).isEqualTo(own.clientId());
    }

    @Test
    void theForgedIdInTheStatusIsRefusedAfterARestart() {
        AppClient own = victim();
        scene.proxy().crash();
        patchStatus("web", "{\"clientId\":\"" + forged.clientId() + "\"}");
        scene.stage().annotate("web", RECONCILE, "now");

        scene.crashAndRestart();

        assertRefused("was written for app client " + own.clientId());
    }

    @Test
    void theForgedIdOfAPublicClientIsNotPublished() {
        Scenario.CREATE.begin(scene, "web");
        scene.stage().awaitReady("web");
        scene.stage().applyClient("spa", "appType: Public");
        String own = scene.stage().awaitReady("spa").clientId();
        scene.settle();
        forged = scene.stage().simulator().createForeignClient(Stage.POOL_ID, "x" + suffix("spa"));
        scene.proxy().crash();
        patchStatus("spa", "{\"clientId\":\"" + forged.clientId() + "\"}");

        scene.crashAndRestart();

        assertThat(scene.stage()
                        .awaitCondition("spa", "Ready", "False", "NotOurs")
                        .getMessage())
                .contains(own, forged.clientId());
        assertThat(scene.stage().data("spa")).containsEntry("client-id", own);
    }

    @Test
    void anInterruptedCreateDoesNotTakeAClientThatThePoolListsForAdoption() {
        interruptedCreate();
        forged = scene.stage().simulator().createForeignClient(Stage.POOL_ID, nameOf("web"));
        scene.stage()
                .applyPool(
                        Stage.POOL,
                        "namespaces: {from: All}\nadoption: [{clientId: " + forged.clientId()
                                + ", namespaces: {from: Names, names: [elsewhere]}, modes: [Manage]}]");

        scene.crashAndRestart();

        assertRefused("lists it in spec.adoption");
        assertThat(scene.stage().secret("web")).isNull();
    }

    @Test
    void anInterruptedCreateDoesNotTakeAClientThatIsOlderThanTheObject() {
        interruptedCreate();
        scene.stage().simulator().clock().skew(Duration.ofHours(-1));
        forged = scene.stage().simulator().createForeignClient(Stage.POOL_ID, nameOf("web"));
        scene.stage().simulator().clock().skew(Duration.ZERO);

        scene.crashAndRestart();

        assertRefused("before this object existed");
        assertThat(scene.stage().secret("web")).isNull();
        scene.stage().delete("web");
        scene.stage().awaitCondition("web", "Stalled", "True", "NotOurs");
        scene.stage().applyClient("web", RETAIN);
        scene.stage().awaitGone("web");
    }

    private void interruptedCreate() {
        scene.settle();
        InjectedFault fault = scene.proxy()
                .arm(InjectedFault.at(
                        new NthCall(new Call(Call.Api.COGNITO, "CreateUserPoolClient"), 1),
                        new InjectedFault.Effect.CrashBefore()));
        Scenario.CREATE.begin(scene, "web");
        fault.await();
    }

    @Test
    void aDeletionDeletesItsOwnClientAndLeavesTheForgedOne() {
        AppClient own = victim();

        scene.stage().delete("web");

        scene.stage().awaitGone("web");
        assertThat(scene.stage().cognito()).contains(forged).doesNotContain(own);
    }

    @Test
    void aDeletionWhoseOwnClientIsDeletedLeavesTheForgedOne() {
        AppClient own = victim();
        scene.stage().simulator().deleteClient(Stage.POOL_ID, own.clientId());

        scene.stage().delete("web");

        assertRefused("knows app client " + own.clientId(), "deletionPolicy: Retain");
        scene.stage().applyClient("web", RETAIN);
        scene.stage().awaitGone("web");
    }

    @Test
    void aDeletionAfterARestartWithTheForgedIdInTheStatusDeletesNeither() {
        AppClient own = victim();
        scene.proxy().crash();
        patchStatus("web", "{\"clientId\":\"" + forged.clientId() + "\"}");
        scene.stage().delete("web");

        scene.crashAndRestart();

        assertThat(scene.stage()
                        .awaitCondition("web", "Ready", "False", "SeveralClients")
                        .getMessage())
                .contains(own.clientId(), forged.clientId());
        scene.stage().applyClient("web", RETAIN);
        scene.stage().awaitGone("web");
        assertThat(scene.stage().cognito()).contains(own);
    }

    @Test
    void aTenantWithAnAdoptionEntryCannotForgeTheName() {
        victim();
        String[] variants = {
            "x" + suffix("web"), "x" + suffix("web").toUpperCase(Locale.ROOT), "x" + suffix("web") + "  "
        };
        for (String variant : variants) {
            assertThat(catchThrowable(() -> scene.stage()
                            .applyClient(
                                    "attacker",
                                    Scenario.SPEC + scene.handMade().adopt("attacker") + "clientName: \"" + variant
                                            + "\"\n")))
                    .hasMessageContaining("clientName must not end in a dot and ten hexadecimal digits");
        }
    }

    /** An object with its own client, and another client with the object's name suffix. */
    private AppClient victim() {
        Scenario.CREATE.begin(scene, "web");
        scene.stage().awaitReady("web");
        AppClient own = scene.clientOf("web");
        scene.settle();
        forged = scene.stage().simulator().createForeignClient(Stage.POOL_ID, "x" + suffix("web"));
        return own;
    }

    private void assertRefused(String... words) {
        assertThat(scene.stage()
                        .awaitCondition("web", "Ready", "False", "NotOurs")
                        .getMessage())
                .contains(forged.clientId())
                .contains(words);
    }

    private String suffix(String name) {
        return ClientName.suffix(scene.stage().client(name).getMetadata().getUid());
    }

    private String nameOf(String name) {
        var meta = scene.stage().client(name).getMetadata();
        return ClientName.of(null, meta.getNamespace(), meta.getName(), Objects.requireNonNull(meta.getUid()));
    }

    private void patchStatus(String name, String merge) {
        scene.stage()
                .admin()
                .resources(UserPoolClient.class)
                .inNamespace(scene.stage().namespace())
                .withName(name)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":" + merge + "}");
    }
}
