package dev.appclients.cognito.controller.client;

import static dev.appclients.cognito.controller.Stage.POOL_ID;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.controller.OnAdoptionStage;
import dev.appclients.cognito.simulator.AppClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.CreateUserPoolClientRequest;

/** The migration from Terraform in the adopting page, step by step, with the manifests of the page. */
class ComingFromTerraformIT extends OnAdoptionStage {

    private static final Path PAGE = Path.of("src/docs/adopting.md");
    private static final Pattern YAML = Pattern.compile("(?ms)^ *```yaml\\n(.*?)^ *```");
    private static final String ID_IN_THE_PAGE = "3abc0123456789abcdefghijkl";

    @Test
    void aTerraformClientWithOnlyANameIsAdoptedUnchanged() throws IOException {
        AppClient made = createAsTerraform(request -> request);

        followTheSteps(made, recipe().getFirst());
    }

    @Test
    void aTerraformClientWithTheCodeFlowIsAdoptedUnchanged() throws IOException {
        AppClient made = createAsTerraform(request -> request.generateSecret(true)
                .allowedOAuthFlowsWithStrings("code")
                .allowedOAuthFlowsUserPoolClient(true)
                .allowedOAuthScopes("openid", "email")
                .callbackURLs("https://shop.example.com/callback")
                .supportedIdentityProviders("COGNITO"));

        followTheSteps(made, recipe().getLast());

        stage.apply(manifest(made, recipe().getLast())
                        .replace("  mode: Observe\n", "")
                        .replace("/callback", "/other")
                + "  preventUserExistenceErrors: LEGACY\n");
        stage.eventually()
                .untilAsserted(
                        () -> assertThat(stage.inCognito("web", "CallbackURLs")).contains("/other"));
        stage.awaitReady("web");
        AppClient now = stage.simulator().client(POOL_ID, made.clientId());
        assertThat(now.secrets()).isEqualTo(made.secrets());
        assertThat(now.setting("ExplicitAuthFlows")).isEmpty();
    }

    private void followTheSteps(AppClient made, String firstManifest) throws IOException {
        // The platform team permits the adoption.
        permit(made, "Observe", "Manage");
        // 1.
        String observing = manifest(made, firstManifest);
        stage.apply(observing);
        // 2.
        stage.awaitCondition("web", "ClientSynced", "True", "Synced");
        String differing = Objects.requireNonNullElse(stage.status("web").drift(), List.<DriftedField>of()).stream()
                .map(drifted -> drifted.field() + ": " + drifted.observed() + "\n")
                .collect(Collectors.joining());
        assertThat(differing).isEqualTo(recipe().get(1));
        // 3.
        String complete = observing + differing.indent(2);
        stage.apply(complete);
        // 4.
        stage.awaitCondition("web", "Drifted", "False", "NoDrift");
        // 6.
        stage.forgetCalls();
        stage.apply(complete.replace("  mode: Observe\n", ""));
        stage.eventually().until(() -> stage.condition("web", "Drifted").isEmpty());
        stage.awaitReady("web");

        assertThat(stage.calls()).doesNotContain("UpdateUserPoolClient", "CreateUserPoolClient");
        assertThat(stage.cognito()).containsExactly(made);
    }

    private AppClient createAsTerraform(UnaryOperator<CreateUserPoolClientRequest.Builder> settings) {
        var configuration = AwsConfiguration.DEFAULT
                .withEndpoint(stage.simulator().endpoint())
                .withQuotas(Quotas.UNLIMITED);
        try (RawCognito terraform = RawCognito.openSimulator(configuration)) {
            String id = terraform
                    .sdk("eu-west-1")
                    .createUserPoolClient(settings.apply(CreateUserPoolClientRequest.builder()
                                    .userPoolId(POOL_ID)
                                    .clientName("web"))
                            .build())
                    .userPoolClient()
                    .clientId();
            return stage.simulator().client(POOL_ID, id);
        }
    }

    private static String manifest(AppClient made, String text) {
        return text.replace(ID_IN_THE_PAGE, made.clientId());
    }

    /** The YAML blocks of the section, without the indentation of their steps. */
    private static List<String> recipe() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf("## Coming from Terraform");
        String section = page.substring(begin, page.indexOf("\n## ", begin + 1));
        return YAML.matcher(section)
                .results()
                .map(block -> block.group(1).stripTrailing().stripIndent() + "\n")
                .toList();
    }
}
