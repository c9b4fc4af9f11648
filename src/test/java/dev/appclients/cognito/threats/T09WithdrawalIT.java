package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** T9: a permission is withdrawn, and live copies stay, or the withdrawal blocks a deletion. */
class T09WithdrawalIT extends OnCopies {

    @Test
    void aWithdrawnOfferOrCeilingDeletesTheCopy() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);

        apply(attacker(), client("web", "appType: Confidential"));
        awaitNoSecret(team, "web-oidc");
        // The withdrawal revokes nothing that a workload has read.
        assertThat(awaitClaim(team, "web", "NotAvailable")).containsIgnoringCase("rotate");

        apply(attacker(), client("web", "appType: Confidential\n" + offer(team)));
        awaitCopy(team, "web-oidc", source);
        changePool("namespaces: {from: All}");
        awaitNoSecret(team, "web-oidc");
        changePool(EVERYWHERE);
        awaitCopy(team, "web-oidc", source);
    }

    /** A namespace that loses the label of the selector loses its copies, and gets the same credentials back with the label. */
    @Test
    void aLostLabelTakesCopiesAwayAndGivesThemBackUnchanged() {
        String team = namespace(Map.of("oidc", "yes"));
        Map<String, String> source = publish(
                attacker(),
                "web",
                "sharing: {namespaces: {from: Selector, selector: {matchLabels: {oidc: \"yes\"}}}}\n");
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);

        label(team, "oidc", null);
        awaitNoSecret(team, "web-oidc");
        label(team, "oidc", "yes");

        awaitCopy(team, "web-oidc", source);
    }

    @Test
    void aWithdrawalWhileTheOperatorIsDownDeletesTheCopyAfterItsStart() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);
        stage.stopOperator();
        apply(attacker(), client("web", "appType: Confidential"));

        stage.startOperator();

        awaitNoSecret(team, "web-oidc");
    }

    /** The pool's withdrawal freezes: a platform team that corrects its list by mistake breaks no running application. */
    @Test
    void aWithdrawnPoolFreezesTheClientAndItsCopiesAndDelaysNoDeletion() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);

        changePool(EVERYWHERE.replace(
                "namespaces: {from: All}\nsharing", "namespaces: {from: Names, names: [other]}\nsharing"));

        awaitClient(attacker(), "web", "NamespaceNotAllowed");
        assertThat(data(team, "web-oidc")).containsEntry("client-secret", source.get("client-secret"));
        stage.delete("web");
        stage.awaitGone("web");
        assertThat(stage.cognito()).isEmpty();
        awaitNoSecret(team, "web-oidc");
    }

    /** Claims have no finalizer: without the operator, a namespace with a claim and its copy still goes. */
    @Test
    void aNamespaceWithACopyIsDeletedWithoutTheOperator() {
        String team = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(team));
        apply(team, claim("web", attacker(), "web", "{name: web-oidc}"));
        awaitCopy(team, "web-oidc", source);
        stage.stopOperator();

        deleteNamespace(team);

        stage.startOperator();
        stage.awaitReady("web");
    }
}
