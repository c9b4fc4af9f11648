package dev.appclients.cognito.docs;

import static dev.appclients.cognito.docs.Demand.Value.AES_KEY;
import static dev.appclients.cognito.docs.Demand.Value.AUTHORIZATION_URI;
import static dev.appclients.cognito.docs.Demand.Value.CALLBACK;
import static dev.appclients.cognito.docs.Demand.Value.CLIENT_SECRET;
import static dev.appclients.cognito.docs.Demand.Value.ISSUER;
import static dev.appclients.cognito.docs.Demand.Value.JWKS_URI;
import static dev.appclients.cognito.docs.Demand.Value.TOKEN_URI;
import static dev.appclients.cognito.docs.Demand.Value.USER_INFO_URI;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Simulator;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies each recipe of {@code deploy/examples/consumers}, and checks the Secret against the demands in the consumer's source. */
class ConsumersIT {

    private static final Path CONSUMERS = Path.of("deploy/examples/consumers");
    private static final String POOL_ID = "eu-west-1_Staff";
    private static final String COGNITO = "https://cognito-idp.eu-west-1.amazonaws.com/" + POOL_ID;
    private static final String LOGIN = "https://staff.auth.eu-west-1.amazoncognito.com";
    private static final Set<String> NAMESPACES = Set.of(
            "shop",
            "argo",
            "argocd",
            "dex",
            "flux-system",
            "headlamp",
            "istio-system",
            "monitoring",
            "openshift-config",
            "platform",
            "pomerium");

    private static KubernetesClient admin;
    private static Simulator simulator;
    private static RunningOperator operator;

    static List<Demand> demands() {
        return List.of(
                // kubernetes-sigs/aws-load-balancer-controller: pkg/ingress/model_build_actions.go
                Demand.of("aws-load-balancer-oidc", "shop", "storefront-alb").credentials("clientID", "clientSecret"),
                // envoyproxy/gateway: api/v1alpha1/oidc_types.go
                Demand.of("envoy-gateway", "shop", "gateway-oidc").credentials("client-id", "client-secret"),
                // oauth2-proxy/manifests: helm/oauth2-proxy/values.yaml; oauth2-proxy: pkg/encryption/utils.go,
                // SecretBytes
                Demand.of("oauth2-proxy", "shop", "oauth2-proxy")
                        .credentials("client-id", "client-secret")
                        .key("cookie-secret", AES_KEY),
                // argoproj/argo-cd: docs/operator-manual/user-management/index.md
                Demand.of("argo-cd", "argocd", "argocd-cognito")
                        .label("app.kubernetes.io/part-of", "argocd")
                        .credentials("client-id", "client-secret"),
                // argoproj/argo-workflows: docs/argo-server-sso-argocd.md: the Secret in both namespaces
                Demand.of("argo-workflows", "argocd", "argo-sso").credentials("client-id", "client-secret"),
                Demand.of("argo-workflows", "argo", "argo-sso").credentials("client-id", "client-secret"),
                // dexidp/dex: storage/storage.go, idEnv and secretEnv
                Demand.of("dex", "dex", "dex-cognito").credentials("CLIENT_ID", "CLIENT_SECRET"),
                // grafana/grafana: GF_<SECTION>_<KEY> of conf/defaults.ini, section auth.generic_oauth
                Demand.of("grafana", "monitoring", "grafana-oauth")
                        .credentials("GF_AUTH_GENERIC_OAUTH_CLIENT_ID", "GF_AUTH_GENERIC_OAUTH_CLIENT_SECRET")
                        .key("GF_AUTH_GENERIC_OAUTH_AUTH_URL", AUTHORIZATION_URI)
                        .key("GF_AUTH_GENERIC_OAUTH_TOKEN_URL", TOKEN_URI)
                        .key("GF_AUTH_GENERIC_OAUTH_API_URL", USER_INFO_URI)
                        .key("GF_AUTH_GENERIC_OAUTH_SCOPES", "email openid profile"),
                // nginx/kubernetes-ingress: docs/crd/k8s.nginx.org_policies.md
                Demand.of("nginx-ingress", "shop", "nginx-oidc")
                        .type("nginx.org/oidc")
                        .key("client-secret", CLIENT_SECRET),
                // pomerium/ingress-controller: apis/ingress/v1/pomerium_types.go
                Demand.of("pomerium", "pomerium", "idp").credentials("client_id", "client_secret"),
                // kiali/kiali.io: content/en/docs/Configuration/authentication/openid.md
                Demand.of("kiali", "istio-system", "kiali").key("oidc-secret", CLIENT_SECRET),
                // weaveworks/weave-gitops: pkg/server/auth/server.go
                Demand.of("weave-gitops", "flux-system", "oidc-auth")
                        .key("issuerURL", ISSUER)
                        .credentials("clientID", "clientSecret")
                        .key("redirectURL", CALLBACK)
                        .key("customScopes", "openid,email,profile")
                        .key("claimGroups", "cognito:groups"),
                // kubernetes-sigs/headlamp: charts/headlamp/templates/deployment.yaml, externalSecret
                Demand.of("headlamp", "headlamp", "headlamp-oidc")
                        .credentials("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
                        .key("OIDC_ISSUER_URL", ISSUER)
                        .key("OIDC_SCOPES", "profile,email"),
                // OpenShift: configuring an OpenID Connect identity provider
                Demand.of("openshift", "openshift-config", "cognito").key("clientSecret", CLIENT_SECRET),
                // quarkusio/quarkus: extensions/oidc, environment names of quarkus.oidc.*
                Demand.of("quarkus", "shop", "orders-oidc")
                        .key("QUARKUS_OIDC_AUTH_SERVER_URL", ISSUER)
                        .credentials("QUARKUS_OIDC_CLIENT_ID", "QUARKUS_OIDC_CREDENTIALS_SECRET"),
                // spring-cloud/spring-cloud-bindings: SpringSecurityOAuth2BindingsPropertiesProcessor.java
                spring(Demand.of("spring-boot", "shop", "catalog-binding")),
                // servicebinding/spec: README.md
                spring(Demand.of("service-binding", "shop", "cart")),
                // ory/hydra-maester: api/v1alpha1/oauth2client_types.go
                Demand.of("hydra-maester", "shop", "billing-oauth").credentials("CLIENT_ID", "CLIENT_SECRET"),
                // The client types of the Keycloak operators of hostzero and EPAM
                Demand.of("keycloak-operators", "shop", "support-oidc").credentials("client-id", "client-secret"),
                Demand.of("keycloak-operators", "shop", "keycloak-client-support")
                        .key("clientSecret", CLIENT_SECRET));
    }

    private static Demand spring(Demand demand) {
        return demand.type("servicebinding.io/oauth2")
                .key("type", "oauth2")
                .credentials("client-id", "client-secret")
                .key("issuer-uri", ISSUER)
                .key("authorization-uri", AUTHORIZATION_URI)
                .key("token-uri", TOKEN_URI)
                .key("jwk-set-uri", JWKS_URI)
                .key("user-info-uri", USER_INFO_URI)
                .key("redirect-uri", CALLBACK);
    }

    @BeforeAll
    static void start() {
        admin = TestCluster.admin();
        simulator = Simulator.start();
        simulator.quotas().off();
        simulator.pool(POOL_ID).prefixDomain("staff");
        operator = RunningOperator.start(simulator.endpoint());
        NAMESPACES.forEach(name -> ExamplesIT.createNamespace(admin, name));
        apply(CONSUMERS.resolve("pool.yaml"));
    }

    @AfterAll
    static void stop() {
        // An operator that a failure left running would serve the objects of the next tests.
        try {
            removeAll();
        } finally {
            operator.close();
            simulator.close();
            admin.close();
        }
    }

    private static void removeAll() {
        for (String namespace : NAMESPACES) {
            admin.resources(ClientSecretClaim.class).inNamespace(namespace).delete();
            admin.resources(UserPoolClient.class).inNamespace(namespace).delete();
        }
        eventually()
                .until(() -> NAMESPACES.stream()
                        .allMatch(namespace -> admin.resources(UserPoolClient.class)
                                .inNamespace(namespace)
                                .list()
                                .getItems()
                                .isEmpty()));
        admin.resources(ClusterUserPool.class).withName("staff").delete();
        eventually()
                .until(() ->
                        admin.resources(ClusterUserPool.class).withName("staff").get() == null);
        NAMESPACES.forEach(name -> admin.namespaces().withName(name).delete());
    }

    @ParameterizedTest
    @MethodSource("demands")
    void theSecretIsAsTheConsumerDemands(Demand demand) {
        UserPoolClient client = applyClient(demand.path());

        Secret secret = eventually()
                .until(
                        () -> admin.secrets()
                                .inNamespace(demand.namespace())
                                .withName(demand.secret())
                                .get(),
                        Objects::nonNull);

        assertThat(secret.getType()).isEqualTo(demand.type());
        assertThat(secret.getMetadata().getLabels()).containsAllEntriesOf(demand.labels());
        Map<String, String> data = decoded(secret);
        assertThat(data).containsAllEntriesOf(demand.literals());
        demand.values().forEach((key, value) -> assertHas(data, key, value, client));
        if (demand.path().endsWith("spring-boot") || demand.path().endsWith("service-binding")) {
            // Spring Cloud Bindings ignores a binding without it.
            assertThat(data.get("provider")).isNotBlank();
        }
        assertFits(secret, demand);
    }

    /** The consumer's own file names the Secret, and each key that it reads by envFrom can name a variable. */
    private static void assertFits(Secret secret, Demand demand) {
        String own = files(demand.path())
                .filter(file -> !file.endsWith("client.yaml"))
                .map(ConsumersIT::read)
                .collect(Collectors.joining());
        // A ServiceBinding names the client, and the implementation finds the Secret in its status.
        assertThat(own).contains(secret.getMetadata().getName());
        if (own.contains("envFrom")) {
            assertThat(secret.getData().keySet()).allMatch(key -> key.matches("[A-Za-z_][A-Za-z0-9_]*"));
        }
    }

    /** kubernetes-sigs/aws-load-balancer-controller: pkg/ingress/config_types.go, AuthIDPConfigCognito. */
    @Test
    void aLoadBalancerForCognitoFindsItsValuesInTheConfigMap() {
        Path recipe = CONSUMERS.resolve("aws-load-balancer-cognito");
        UserPoolClient client = applyClient(recipe);

        ConfigMap values = eventually()
                .until(
                        () -> admin.configMaps()
                                .inNamespace("shop")
                                .withName("backoffice-alb")
                                .get(),
                        Objects::nonNull);

        assertThat(values.getData())
                .containsOnly(
                        Map.entry("user_pool_arn", client.getStatus().userPoolARN()),
                        Map.entry("user_pool_client_id", client.getStatus().clientId()),
                        Map.entry("user_pool_domain", LOGIN.substring("https://".length())));
        assertThat(read(recipe.resolve("ingress.yaml")))
                .contains("${user_pool_arn}", "${user_pool_client_id}", "${user_pool_domain}");
        assertThat(client.getStatus().userPoolARN())
                .matches("arn:aws:cognito-idp:eu-west-1:[0-9]{12}:userpool/" + POOL_ID);
    }

    @Test
    void aProvisionedServiceNamesItsSecretInTheStatus() {
        UserPoolClient client = applyClient(CONSUMERS.resolve("service-binding"));

        assertThat(client.getStatus().binding()).hasFieldOrPropertyWithValue("name", "cart");
    }

    /** kubernetes-sigs/headlamp: charts/headlamp/values.yaml, config.oidc.externalSecret.hasScopes, which is false by default. */
    @Test
    void theValuesOfHeadlampTellTheChartThatTheSecretHasScopes() {
        assertThat(read(CONSUMERS.resolve("headlamp/client.yaml"))).contains("OIDC_SCOPES:");
        assertThat(read(CONSUMERS.resolve("headlamp/values.yaml"))).contains("hasScopes: true");
    }

    /** quarkusio/quarkus: docs/src/main/asciidoc/security-oidc-code-flow-authentication.adoc. The default is the path of the request. */
    @Test
    void quarkusSendsTheOneCallbackThatCognitoAccepts() {
        assertThat(read(CONSUMERS.resolve("quarkus/client.yaml"))).contains("- https://orders.example.com/\n");
        assertThat(read(CONSUMERS.resolve("quarkus/deployment.yaml")))
                .contains("QUARKUS_OIDC_AUTHENTICATION_REDIRECT_PATH, value: /}");
    }

    @Test
    void everyRecipeIsTestedAndListedOnThePage() throws IOException {
        Set<String> tested = demands().stream().map(Demand::directory).collect(Collectors.toSet());
        String page = read(CONSUMERS.resolve("README.md"));
        try (Stream<Path> recipes = Files.list(CONSUMERS)) {
            assertThat(recipes.filter(Files::isDirectory).map(Path::getFileName).map(Path::toString))
                    .allSatisfy(recipe -> assertThat(page).contains("](" + recipe + ")"))
                    .filteredOn(recipe -> !recipe.equals("aws-load-balancer-cognito"))
                    .containsExactlyInAnyOrderElementsOf(tested);
        }
    }

    private static void assertHas(Map<String, String> data, String key, Demand.Value value, UserPoolClient client) {
        String found = data.get(key);
        assertThat(found).as(key).isNotBlank();
        AppClient app = simulator.client(
                POOL_ID, Objects.requireNonNull(client.getStatus().clientId()));
        switch (value) {
            case CLIENT_ID -> assertThat(found).isEqualTo(app.clientId());
            case CLIENT_SECRET ->
                assertThat(found).isEqualTo(app.secrets().getFirst().value());
            case ISSUER -> assertThat(found).isEqualTo(COGNITO);
            case AUTHORIZATION_URI -> assertThat(found).isEqualTo(LOGIN + "/oauth2/authorize");
            case TOKEN_URI -> assertThat(found).isEqualTo(LOGIN + "/oauth2/token");
            case USER_INFO_URI -> assertThat(found).isEqualTo(LOGIN + "/oauth2/userInfo");
            case JWKS_URI -> assertThat(found).isEqualTo(COGNITO + "/.well-known/jwks.json");
            case CALLBACK ->
                assertThat(found)
                        .isEqualTo(Objects.requireNonNull(client.getSpec().callbackURLs())
                                .getFirst());
            case AES_KEY -> {
                assertThat(found).doesNotContain("=");
                assertThat(Base64.getUrlDecoder().decode(found).length).isIn(16, 24, 32);
            }
        }
    }

    /** Applies the client and the claims of a recipe, and returns the client when it is Ready. */
    private static UserPoolClient applyClient(Path recipe) {
        HasMetadata client = apply(recipe.resolve("client.yaml")).stream()
                .filter(object -> object.getKind().equals("UserPoolClient"))
                .findFirst()
                .orElseThrow();
        return eventually()
                .until(
                        () -> admin.resources(UserPoolClient.class)
                                .inNamespace(client.getMetadata().getNamespace())
                                .withName(client.getMetadata().getName())
                                .require(),
                        found -> ExamplesIT.ready(found).equals("True"));
    }

    private static List<HasMetadata> apply(Path file) {
        return Arrays.stream(read(file).split("(?m)^---$"))
                .map(document -> Serialization.<HasMetadata>unmarshal(document))
                .map(object -> (HasMetadata)
                        admin.resource(object).fieldManager("user").serverSideApply())
                .toList();
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    private static Map<String, String> decoded(Secret secret) {
        return secret.getData().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new String(Base64.getDecoder().decode(entry.getValue()), UTF_8)));
    }

    private static Stream<Path> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
