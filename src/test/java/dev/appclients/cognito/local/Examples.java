package dev.appclients.cognito.local;

import dev.appclients.cognito.controlplane.Binaries;
import dev.appclients.cognito.controlplane.Clients;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Applies {@code deploy/examples} to the local cluster, waits for them, and prints the result. */
final class Examples {

    private static final String CLIENTS = "userpoolclients.cognito.appclients.dev";
    private static final String CLAIMS = "clientsecretclaims.cognito.appclients.dev";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String API_VERSION = "cognito.appclients.dev/v1beta1";
    private static final String MARK = "cognito.appclients.dev/client-uid";

    private final RunDirectory run;
    private final Binaries binaries;
    private final Progress pass;

    Examples(RunDirectory run, Binaries binaries, Progress pass) {
        this.run = run;
        this.binaries = binaries;
        this.pass = pass;
    }

    /** Does nothing if there are no examples. */
    void applyAndWait() {
        Path examples = run.project().resolve("deploy/examples");
        if (!hasManifests(examples)) {
            pass.say("no examples to apply");
            return;
        }
        pass.begin("applying deploy/examples");
        kubectl("apply", "--server-side", "-f", examples.toString());
        pass.begin("waiting until every UserPoolClient, every ClientSecretClaim and every copy is Ready");
        try (KubernetesClient client = client()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> clients(client).stream().allMatch(Examples::isReady)
                            && claims(client).stream().allMatch(Examples::isReady));
        } catch (ConditionTimeoutException notReady) {
            kubectl("get", CLIENTS + "," + CLAIMS, "-A", "-o", "wide");
            throw new IllegalStateException(
                    "not every example is Ready: see above and " + run.log(RunDirectory.OPERATOR));
        }
        pass.say("every UserPoolClient and every ClientSecretClaim is Ready");
    }

    /** Whether the object is Ready at its generation and, if it pushes, all its copies are. */
    private static boolean isReady(GenericKubernetesResource object) {
        boolean ready = object.<List<Map<String, Object>>>get("status", "conditions") instanceof List<?> conditions
                && conditions.stream()
                        .map(Map.class::cast)
                        .anyMatch(condition ->
                                "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")));
        boolean current = object.get("status", "observedGeneration") instanceof Number observed
                && observed.longValue() == object.getMetadata().getGeneration();
        return ready && current && (object.get("spec", "sharing", "push") == null || hasAllCopies(object));
    }

    private static boolean hasAllCopies(GenericKubernetesResource client) {
        return client.get("status", "copies", "wanted") instanceof Number wanted
                && wanted.intValue() > 0
                && wanted.equals(client.get("status", "copies", "ready"));
    }

    /** Prints the clients, the claims, the keys of their Secrets, and commands to try. Never prints a value of a Secret. */
    void show() {
        try (KubernetesClient client = client()) {
            List<GenericKubernetesResource> clients = clients(client);
            if (!clients.isEmpty()) {
                System.out.println("\n$ kubectl get upc -A");
                kubectl("get", CLIENTS, "-A");
                System.out.println("\n$ kubectl get csc -A");
                kubectl("get", CLAIMS, "-A");
                showSecrets(client);
                showLogins(clients);
            }
            showNext(clients);
        }
    }

    private static List<GenericKubernetesResource> clients(KubernetesClient client) {
        return objects(client, CLIENTS, "UserPoolClient");
    }

    private static List<GenericKubernetesResource> claims(KubernetesClient client) {
        return objects(client, CLAIMS, "ClientSecretClaim");
    }

    /** The objects of a kind; none if the API server does not serve it. */
    private static List<GenericKubernetesResource> objects(KubernetesClient client, String crd, String kind) {
        boolean served = client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(crd)
                        .get()
                != null;
        return served
                ? client.genericKubernetesResources(API_VERSION, kind)
                        .inAnyNamespace()
                        .list()
                        .getItems()
                : List.of();
    }

    private static void showSecrets(KubernetesClient client) {
        System.out.println("\nSecrets and their keys");
        client.secrets().inAnyNamespace().withLabel(MARK).list().getItems().stream()
                .sorted(Comparator.comparing(Examples::name))
                .forEach(secret -> System.out.println("  " + name(secret) + ": "
                        + String.join(", ", new TreeSet<>(secret.getData().keySet()))));
    }

    private static String name(Secret secret) {
        return secret.getMetadata().getNamespace() + "/" + secret.getMetadata().getName();
    }

    private static void showLogins(List<GenericKubernetesResource> clients) {
        List<String> urls = new ArrayList<>();
        for (GenericKubernetesResource client : clients) {
            if (client.get("status", "loginURL") instanceof String url) {
                urls.add("  " + client.getMetadata().getNamespace() + "/"
                        + client.getMetadata().getName() + ": " + url);
            }
        }
        if (!urls.isEmpty()) {
            System.out.println("\nLogin pages (the simulator does not serve them)");
            urls.forEach(System.out::println);
        }
    }

    private void showNext(List<GenericKubernetesResource> clients) {
        System.out.println("\nIn another shell, in this directory:\n  source target/run/env");
        if (!clients.isEmpty()) {
            String namespace = clients.getFirst().getMetadata().getNamespace();
            String name = clients.getFirst().getMetadata().getName();
            System.out.printf("""
                      kubectl describe upc -n %1$s %2$s
                      kubectl edit upc -n %1$s %2$s
                      kubectl delete secret -n %1$s -l %3$s    # the operator restores it
                      kubectl label namespace shop oidc=yes    # a copy of portal appears; oidc- removes it
                      kubectl delete upc -n %1$s %2$s
                    """, namespace, name, MARK);
        }
        System.out.print("""
                  curl -s "$SIMULATOR_URL/_journal" | tail -n 3       # the last calls to Cognito
                  curl -s "$OPERATOR_URL/q/health"
                  tail -f "$OPERATOR_LOG"
                  make restart-operator
                  make down
                """);
    }

    private void kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binaries.kubectl()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("KUBECONFIG", run.kubeconfig().toString());
        Binaries.keepCacheIn(run.root(), builder.environment());
        try {
            if (builder.start().waitFor() != 0) {
                throw new IllegalStateException("kubectl " + String.join(" ", arguments) + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private KubernetesClient client() {
        return Clients.of(Config.fromKubeconfig(run.kubeconfig().toFile()));
    }

    private static boolean hasManifests(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.anyMatch(file -> file.toString().endsWith(".yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
