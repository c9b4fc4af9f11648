package dev.appclients.cognito.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.AwsAccess;
import dev.appclients.cognito.api.v1beta1.AwsIdentity;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolSpec;
import dev.appclients.cognito.api.v1beta1.PoolLimits;
import dev.appclients.cognito.api.v1beta1.Tenancy;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.authorization.Authorization;
import dev.appclients.cognito.authorization.Decision;
import dev.appclients.cognito.authorization.DefaultAttributes;
import dev.appclients.cognito.authorization.PoolSnapshot;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits on the page of the recipes permit each recipe in a Restricted pool, and no recipe passes without them. */
class RestrictedRecipesTest {

    private static final Path CONSUMERS = Path.of("deploy/examples/consumers");
    private static final Pattern LIMITS = Pattern.compile("(?s)```yaml\nallow:\n(.*?)```");

    static List<HasMetadata> recipes() throws IOException {
        try (Stream<Path> files = Files.walk(CONSUMERS)) {
            return files.filter(file -> file.endsWith("client.yaml"))
                    .sorted()
                    .flatMap(file -> Arrays.stream(read(file).split("(?m)^---$")))
                    .map(RestrictedRecipesTest::object)
                    .toList();
        }
    }

    private static HasMetadata object(String document) {
        return document.contains("kind: ClientSecretClaim")
                ? Serialization.unmarshal(document, ClientSecretClaim.class)
                : Serialization.unmarshal(document, UserPoolClient.class);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void theLimitsOfThePagePermitARecipe(HasMetadata recipe) {
        assertThat(decide(recipe, limits())).isEqualTo(new Decision.Allowed());
    }

    @Test
    void aRestrictedPoolWithoutLimitsRefusesTheClients() throws IOException {
        assertThat(recipes().stream().filter(UserPoolClient.class::isInstance))
                .isNotEmpty()
                .allSatisfy(client -> assertThat(decide(client, null)).isInstanceOf(Decision.Denied.class));
    }

    private static Decision decide(HasMetadata recipe, @Nullable PoolLimits limits) {
        PoolSnapshot pool = new PoolSnapshot(
                "staff",
                new ClusterUserPoolSpec(
                        "eu-west-1_Staff",
                        new AwsAccess(AwsIdentity.OPERATOR, null, null),
                        Tenancy.RESTRICTED,
                        null,
                        limits,
                        null,
                        null,
                        null,
                        null));
        String name = recipe.getMetadata().getNamespace();
        NamespaceSnapshot namespace = new NamespaceSnapshot(name, Map.of());
        if (recipe instanceof ClientSecretClaim claim) {
            return decideSecret(pool, namespace, SecretShape.of(claim.getSpec().secret()));
        }
        UserPoolClient client = (UserPoolClient) recipe;
        DefaultAttributes defaults = DefaultAttributes.of(pool);
        DesiredClient desired = DesiredClient.of(
                        client.getSpec(), name, client.getMetadata().getName(), "0d6a4b1c-0000-4000-8000-000000000001")
                .withAbsentAttributes(defaults.read(), defaults.write());
        Decision settings =
                Authorization.decideSettings(pool, namespace, client.getSpec().appType(), desired.settings());
        return settings instanceof Decision.Denied
                ? settings
                : decideSecret(pool, namespace, SecretShape.of(client.getSpec().secret()));
    }

    private static Decision decideSecret(PoolSnapshot pool, NamespaceSnapshot namespace, SecretShape shape) {
        return Authorization.decideSecret(
                pool,
                namespace,
                shape.type(),
                shape.labels().keySet(),
                shape.annotations().keySet());
    }

    private static PoolLimits limits() {
        Matcher block = LIMITS.matcher(read(CONSUMERS.resolve("README.md")));
        assertThat(block.find()).as("the limits of the page").isTrue();
        return Serialization.unmarshal(block.group(1).stripIndent(), PoolLimits.class);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
