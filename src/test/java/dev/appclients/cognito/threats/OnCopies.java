package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controlplane.Edits;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Base of the attacks on copies: a pool that permits copies everywhere, and no push. */
abstract class OnCopies extends OnTenants {

    static final String EVERYWHERE = "namespaces: {from: All}\nsharing: {namespaces: {from: All}}\n";

    @BeforeEach
    void permitCopies() {
        changePool(EVERYWHERE);
    }

    /** The pool permits copies everywhere, and this namespace may push. */
    static String pushFrom(String namespace) {
        return "namespaces: {from: All}\nsharing: {namespaces: {from: All}, pushFrom: {from: Names, names: ["
                + namespace + "]}}\n";
    }

    /** The lines of a client that offers its Secret to these namespaces. */
    static String offer(String... namespaces) {
        return "sharing: {namespaces: {from: Names, names: [" + String.join(", ", namespaces) + "]}}\n";
    }

    /** The lines of a client that pushes its Secret under this name. */
    static String push(String secret, String namespaces) {
        return "sharing: {namespaces: " + namespaces + ", push: {secret: {name: " + secret + "}}}\n";
    }

    /** A Ready client with a secret and these further lines. */
    Map<String, String> publish(String namespace, String name, String lines) {
        apply(namespace, client(name, "appType: Confidential\n" + lines));
        awaitClient(namespace, name, "Synced");
        return data(namespace, name);
    }

    List<String> claimsIn(String namespace) {
        return stage
                .admin()
                .genericKubernetesResources(API, "ClientSecretClaim")
                .inNamespace(namespace)
                .list()
                .getItems()
                .stream()
                .map(claim -> claim.getMetadata().getName())
                .toList();
    }

    void awaitNoSecret(String namespace, String name) {
        stage.eventually().until(() -> secret(namespace, name) == null);
    }

    void awaitCopy(String namespace, String name, Map<String, String> source) {
        stage.eventually()
                .untilAsserted(() -> assertThat(data(namespace, name))
                        .containsEntry("client-secret", source.get("client-secret"))
                        .containsEntry("client-id", source.get("client-id")));
    }

    void label(String namespace, String label, @Nullable String value) {
        Edits.<Namespace>edit(stage.admin().namespaces().withName(namespace), found -> {
            if (value == null) {
                found.getMetadata().getLabels().remove(label);
            } else {
                found.getMetadata().getLabels().put(label, value);
            }
            return found;
        });
    }

    void deleteNamespace(String name) {
        stage.admin().namespaces().withName(name).delete();
        stage.eventually().until(() -> stage.admin().namespaces().withName(name).get() == null);
    }
}
