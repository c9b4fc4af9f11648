package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Drift;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of {@code appType} for each kind of client, in the docs page on adoption. */
class AppTypeWithoutDriftTest {

    private static final Path PAGE = Path.of("src/docs/adopting.md");

    private final SimulatedCognito cognito = new SimulatedCognito();

    /**
     * A row of the table.
     *
     * @param secret {@code shown} or {@code absent}
     * @param oauth the OAuth flows, and whether identity providers are absent
     * @param authFlows the auth flows: absent, any, others, or their names
     * @param appType the value to write
     * @param besides further fields to write
     */
    record Row(String secret, String oauth, String authFlows, String appType, String besides) {}

    static List<Row> rows() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("## Which `appType`");
        return page.substring(begin, page.indexOf("\n## ", begin + 1))
                .lines()
                .filter(line -> line.startsWith("| absent") || line.startsWith("| shown"))
                .map(line -> Arrays.stream(line.substring(1).split("[|]"))
                        .map(String::strip)
                        .toList())
                .map(cells -> new Row(
                        cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.size() > 4 ? cells.get(4) : ""))
                .toList();
    }

    @AfterEach
    void close() {
        cognito.close();
    }

    @Test
    void theTableHasARowForClientsWithAndWithoutASecret() throws IOException {
        assertThat(rows()).extracting(Row::secret).contains("absent", "shown");
        assertThat(rows())
                .extracting(Row::appType)
                .contains("`Other`", "`Public`", "`Confidential`", "`MachineToMachine`");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theAppTypeOfARowIsFreeOfDriftForItsClients(Row row) {
        for (String oauthFlow : oauthFlows(row)) {
            for (List<String> authFlows : authFlows(row)) {
                String answer = answer(row, oauthFlow, authFlows);
                String id = cognito.simulator.loadClient(SHOP.value(), answer).clientId();

                var client = cognito.appClients.describe(access("shop"), id, Priority.USER);
                DesiredClient desired = desired(manifest(row, oauthFlow, authFlows), id);

                assertThat(desired.confidential()).as(answer).isEqualTo(client.secret() != null);
                assertThat(Drift.between(desired.settingsFor(client.settings()), client.settings()))
                        .as(answer)
                        .isEmpty();
            }
        }
    }

    private static List<String> oauthFlows(Row row) {
        List<String> named = named(row.oauth(), "code", "implicit", "client_credentials");
        boolean secret = row.secret().equals("shown");
        return named.isEmpty()
                ? Stream.of("", "code", secret ? "client_credentials" : "implicit")
                        .toList()
                : named;
    }

    private static List<List<String>> authFlows(Row row) {
        List<String> named = named(row.authFlows(), "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH");
        return switch (row.authFlows()) {
            case "absent" -> List.of(List.of());
            case "any" ->
                List.of(List.of("ALLOW_USER_AUTH"), List.of("ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"));
            case "others" -> List.of(List.of("ALLOW_USER_PASSWORD_AUTH"), List.of("ADMIN_NO_SRP_AUTH"));
            default -> List.of(named);
        };
    }

    private String answer(Row row, String oauthFlow, List<String> authFlows) {
        boolean redirects = List.of("code", "implicit").contains(oauthFlow);
        boolean providers = redirects && !row.oauth().contains("`SupportedIdentityProviders` is absent");
        return "{\"UserPoolClient\": {\"UserPoolId\": \"" + SHOP + "\", \"ClientName\": \"web\", \"ClientId\": \"id"
                + System.identityHashCode(authFlows) + oauthFlow.length() + "\""
                + (row.secret().equals("shown") ? ", \"ClientSecret\": \"not-a-real-secret\"" : "")
                + list("ExplicitAuthFlows", authFlows)
                + list("AllowedOAuthFlows", oauthFlow.isEmpty() ? List.of() : List.of(oauthFlow))
                + list("AllowedOAuthScopes", oauthFlow.isEmpty() ? List.of() : List.of(scope(oauthFlow)))
                + list("CallbackURLs", redirects ? List.of("https://shop.example.com/") : List.of())
                + list("SupportedIdentityProviders", providers ? List.of("COGNITO") : List.of())
                + ", \"AllowedOAuthFlowsUserPoolClient\": " + !oauthFlow.isEmpty()
                + ", \"TokenValidityUnits\": {}, \"RefreshTokenValidity\": 30}}";
    }

    /** The fields of the row, and the client's own settings that differ from the defaults. */
    private static String manifest(Row row, String oauthFlow, List<String> authFlows) {
        boolean redirects = List.of("code", "implicit").contains(oauthFlow);
        boolean providers = redirects && !row.oauth().contains("`SupportedIdentityProviders` is absent");
        boolean filledIn = row.appType().equals("`MachineToMachine`");
        return "appType: " + row.appType().replace("`", "") + "\npreventUserExistenceErrors: LEGACY\n"
                + (row.besides().contains("generateSecret: true") ? "generateSecret: true\n" : "")
                + (row.besides().contains("explicitAuthFlows") ? "explicitAuthFlows: " + authFlows + "\n" : "")
                + (oauthFlow.isEmpty() || filledIn ? "" : "allowedOAuthFlows: [" + oauthFlow + "]\n")
                + (oauthFlow.isEmpty() ? "" : "allowedOAuthScopes: [" + scope(oauthFlow) + "]\n")
                + (redirects ? "callbackURLs: ['https://shop.example.com/']\n" : "")
                + (providers ? "supportedIdentityProviders: [COGNITO]\n" : "");
    }

    private static String scope(String oauthFlow) {
        return oauthFlow.equals("client_credentials") ? "orders/read" : "openid";
    }

    private static List<String> named(String cell, String... names) {
        return Stream.of(names).filter(name -> cell.contains("`" + name + "`")).toList();
    }

    private static String list(String member, List<String> values) {
        return values.isEmpty()
                ? ""
                : values.stream().collect(Collectors.joining("\", \"", ", \"" + member + "\": [\"", "\"]"));
    }

    private static DesiredClient desired(String yaml, String clientId) {
        var spec = Serialization.unmarshal(
                "userPoolRef: {name: customers}\nadopt: {clientId: " + clientId + "}\n" + yaml,
                UserPoolClientSpec.class);
        return DesiredClient.of(spec, "shop", "web", "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
    }
}
