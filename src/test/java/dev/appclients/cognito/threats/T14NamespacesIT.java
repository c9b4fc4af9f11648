package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** T14: a team labels its own namespace, or creates a namespace with the name of a deleted one, to reach a pool or a Secret. */
class T14NamespacesIT extends OnCopies {

    /** The new owner of the name creates a client of the same name, and a claim elsewhere would publish the new owner's credentials. */
    @Test
    void aClaimDoesNotFollowTheNameOfItsSourceToANewOwner() {
        String source = namespace();
        Map<String, String> first = publish(source, "web", offer(attacker()));
        apply(attacker(), claim("web", source, "web", "{name: web-oidc}"));
        awaitCopy(attacker(), "web-oidc", first);

        deleteNamespace(source);
        awaitNoSecret(attacker(), "web-oidc");
        stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(source)
                        .endMetadata()
                        .build())
                .create();
        Map<String, String> second = publish(source, "web", offer(attacker()));

        awaitClaim(attacker(), "web", "SourceReplaced");
        assertThat(secret(attacker(), "web-oidc")).isNull();
        // Only a new claim is consent to the new owner.
        stage.admin()
                .genericKubernetesResources(API, "ClientSecretClaim")
                .inNamespace(attacker())
                .withName("web")
                .delete();
        apply(attacker(), claim("web", source, "web", "{name: web-oidc}"));
        awaitCopy(attacker(), "web-oidc", second);
    }

    /**
     * The limit of the control, as the page says: an offer by name holds for the next owner of the name. The operator cannot know that the
     * offer meant the former one.
     */
    @Test
    void anOfferByNameHoldsForTheNextOwnerOfTheName() {
        String target = namespace();
        Map<String, String> source = publish(attacker(), "web", offer(target));
        deleteNamespace(target);
        stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(target)
                        .endMetadata()
                        .build())
                .create();

        apply(target, claim("web", attacker(), "web", "{name: web-oidc}"));

        awaitCopy(target, "web-oidc", source);
    }

    /** A tenant that may label its namespace passes a selector, and not a list of names. */
    @Test
    void aLabelReachesNoPoolOrOfferThatListsNames() {
        String victim = namespace();
        changePool("namespaces: {from: Names, names: [" + victim + "]}\nsharing: {namespaces: {from: All}}");
        publish(victim, "web", offer("another"));

        stage.labelNamespace("kubernetes.io/metadata.name", null);
        stage.labelNamespace("oidc", "yes");
        apply(attacker(), client("web", "appType: Confidential"));
        apply(attacker(), claim("web", victim, "web", "{name: web-oidc}"));

        awaitClient(attacker(), "web", "NamespaceNotAllowed");
        awaitClaim(attacker(), "web", "NotAvailable");
        assertThat(secretsIn(attacker())).isEmpty();
    }
}
