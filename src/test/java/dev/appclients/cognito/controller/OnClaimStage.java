package dev.appclients.cognito.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimStatus;
import dev.appclients.cognito.controller.cluster.Annotations;
import dev.appclients.cognito.controlplane.Edits;
import dev.appclients.cognito.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A stage with a pool that permits copies everywhere, and a namespace of another team. */
public abstract class OnClaimStage extends OnStage {

    public static final String ALL = "namespaces: {from: All}";

    private final List<String> namespaces = new ArrayList<>();

    /** The namespace of the other team, with the label {@code oidc=yes}. */
    public String team;

    @BeforeEach
    void openTeam() {
        applyPoolSharing("sharing: {namespaces: {from: All}}");
        team = namespace("team-", Map.of("oidc", "yes"));
    }

    @AfterEach
    void removeNamespaces() {
        stage.admin().resources(ClientSecretClaim.class).inAnyNamespace().delete();
        namespaces.forEach(name -> stage.admin().namespaces().withName(name).delete());
    }

    /** Applies the pool with these further lines, and waits until the operator, if it runs, has observed it. */
    public void applyPoolSharing(String lines) {
        stage.applyPool(Stage.POOL, ALL + "\n" + lines);
    }

    /** Creates a namespace. */
    public String namespace(String prefix, Map<String, String> labels) {
        String name = stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withGenerateName(prefix)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create()
                .getMetadata()
                .getName();
        namespaces.add(name);
        return name;
    }

    /** Creates a namespace of this name, which was deleted before. */
    public void recreate(String name, Map<String, String> labels) {
        stage.admin()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .create();
        namespaces.add(name);
    }

    public void deleteNamespace(String name) {
        stage.admin().namespaces().withName(name).delete();
        stage.eventually().until(() -> stage.admin().namespaces().withName(name).get() == null);
    }

    /** @param value null removes the label */
    public void label(String namespace, String label, @Nullable String value) {
        Edits.<Namespace>edit(stage.admin().namespaces().withName(namespace), found -> {
            if (value == null) {
                found.getMetadata().getLabels().remove(label);
            } else {
                found.getMetadata().getLabels().put(label, value);
            }
            return found;
        });
    }

    /** Applies client {@code web}, which offers its Secret to these namespaces, and waits until it is Ready. */
    public void offerTo(String... names) {
        applyWeb("sharing: {namespaces: {from: Names, names: [" + String.join(", ", names) + "]}}");
        stage.awaitReady("web");
    }

    /** Applies client {@code web} with further lines of the spec. */
    public void applyWeb(String lines) {
        stage.applyClient("web", WEB + lines + "\n");
    }

    /** Applies a claim on client {@code web}. */
    public void claim(String namespace, String name) {
        claim(namespace, name, "");
    }

    /** @param secret the fields of {@code spec.secret}, in flow style, such as {@code name: web-oidc} */
    public void claim(String namespace, String name, String secret) {
        claimOn(stage.namespace(), "web", namespace, name, secret);
    }

    public void claimOn(String clientNamespace, String client, String namespace, String name, String secret) {
        ClientSecretClaim claim = Serialization.unmarshal(
                """
                apiVersion: cognito.appclients.dev/v1beta1
                kind: ClientSecretClaim
                metadata: {name: %s, namespace: %s}
                spec:
                  clientRef: {namespace: %s, name: %s}
                  %s
                """.formatted(
                        name, namespace, clientNamespace, client, secret.isEmpty() ? "" : "secret: {" + secret + "}"),
                ClientSecretClaim.class);
        // An empty status would be a field of the user.
        claim.setStatus(null);
        stage.admin().resource(claim).fieldManager("user").forceConflicts().serverSideApply();
    }

    public Resource<ClientSecretClaim> claimIn(String namespace, String name) {
        return stage.admin()
                .resources(ClientSecretClaim.class)
                .inNamespace(namespace)
                .withName(name);
    }

    public void annotateClaim(String namespace, String name, String annotation, @Nullable String value) {
        Edits.edit(claimIn(namespace, name), claim -> {
            if (value == null) {
                claim.getMetadata().getAnnotations().remove(annotation);
            } else {
                claim.getMetadata().getAnnotations().put(annotation, value);
            }
            return claim;
        });
    }

    public @Nullable ClientSecretClaimStatus claimStatus(String namespace, String name) {
        return claimIn(namespace, name).require().getStatus();
    }

    /** Waits until Ready has this status and reason at the current generation, and returns it. */
    public Condition awaitClaim(String namespace, String name, String status, String reason) {
        AtomicReference<Optional<Condition>> seen = new AtomicReference<>();
        stage.eventually().untilAsserted(() -> {
            ClientSecretClaim claim = claimIn(namespace, name).require();
            seen.set(Conditions.find(Objects.requireNonNull(claim.getStatus()).conditions(), Conditions.READY));
            assertThat(seen.get())
                    .as("Ready of claim %s/%s, whose status is %s", namespace, name, claim.getStatus())
                    .hasValueSatisfying(ready -> {
                        assertThat(ready.getStatus()).isEqualTo(status);
                        assertThat(ready.getReason()).isEqualTo(reason);
                        assertThat(ready.getObservedGeneration())
                                .isEqualTo(claim.getMetadata().getGeneration());
                    });
        });
        return seen.get().orElseThrow();
    }

    public Condition ready(String namespace, String name) {
        return Conditions.find(
                        Objects.requireNonNull(claimStatus(namespace, name)).conditions(), Conditions.READY)
                .orElseThrow();
    }

    public boolean isStalled(String namespace, String name) {
        return Conditions.find(
                        Objects.requireNonNull(claimStatus(namespace, name)).conditions(), Conditions.STALLED)
                .isPresent();
    }

    public @Nullable Secret secretIn(String namespace, String name) {
        return stage.admin().secrets().inNamespace(namespace).withName(name).get();
    }

    public Secret awaitSecret(String namespace, String name) {
        return Objects.requireNonNull(stage.eventually().until(() -> secretIn(namespace, name), Objects::nonNull));
    }

    public void awaitNoSecret(String namespace, String name) {
        stage.eventually().until(() -> secretIn(namespace, name) == null);
    }

    public void editSecretIn(String namespace, String name, Consumer<Secret> change) {
        Edits.edit(stage.admin().secrets().inNamespace(namespace).withName(name), secret -> {
            change.accept(secret);
            return secret;
        });
    }

    /** Creates a Secret as a user. */
    public void foreignSecret(String namespace, String name) {
        Secret secret = Serialization.unmarshal("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: %s}
                stringData: {password: mine}
                """.formatted(name, namespace), Secret.class);
        stage.admin().resource(secret).fieldManager("user").forceConflicts().serverSideApply();
    }

    /** Returns the data of a Secret, decoded. */
    public Map<String, String> dataIn(String namespace, String name) {
        Secret secret = secretIn(namespace, name);
        assertThat(secret).as("Secret %s/%s", namespace, name).isNotNull();
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8)));
    }

    /** Waits until the copy holds the credentials of the client's own Secret. */
    public void awaitCopy(String namespace, String name) {
        stage.eventually()
                .untilAsserted(() -> assertThat(dataIn(namespace, name))
                        .containsEntry("client-id", stage.data("web").get("client-id"))
                        .containsEntry("client-secret", stage.data("web").get("client-secret")));
    }

    /** The reasons of the events about a claim. */
    public List<String> claimEvents(String namespace, String name) {
        return stage.admin().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name)
                        && event.getInvolvedObject().getKind().equals("ClientSecretClaim"))
                .map(event -> event.getReason())
                .toList();
    }

    /** The UID decides between two objects of the same second, so a later object might be the first. */
    public void awaitLaterSecondThan(HasMetadata earlier) {
        Instant created = Instant.parse(earlier.getMetadata().getCreationTimestamp());
        stage.eventually().until(() -> Instant.now().isAfter(created.plusMillis(1_050)));
    }

    /** Requests a pass by annotation, and waits until the claim's status reports it. */
    public void requestPass(String namespace, String name) {
        String request = Long.toString(System.nanoTime());
        annotateClaim(namespace, name, Annotations.RECONCILE_REQUESTED_AT, request);
        stage.eventually()
                .until(() -> request.equals(
                        Objects.requireNonNull(claimStatus(namespace, name)).lastHandledReconcileAt()));
    }
}
