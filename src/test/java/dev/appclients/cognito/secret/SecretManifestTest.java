package dev.appclients.cognito.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.ClaimedSecret;
import dev.appclients.cognito.api.v1beta1.SecretSpec;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.PublicValues;
import dev.appclients.cognito.secret.content.RedirectUri;
import dev.appclients.cognito.secret.content.SecretShape;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SecretManifestTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/secret");
    private static final String IN = ".in.yaml";
    private static final String OUT = ".out.yaml";

    static Stream<String> cases() throws IOException {
        return files(IN).map(file -> file.substring(0, file.length() - IN.length()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void the_manifest_equals_the_golden_file(String name) throws IOException {
        Case in = Serialization.unmarshal(Files.readString(GOLDEN.resolve(name + IN)), Case.class);

        String out = readable(SecretManifest.of(
                in.request(),
                in.clientSecret() == null ? null : new ClientSecret(in.clientSecret()),
                new GeneratedKeys(new Zeros())));

        Path golden = GOLDEN.resolve(name + OUT);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, out);
        }
        assertThat(out)
                .as("%s; if the change is intended, run the test with -Dgolden.update=true and review the diff", golden)
                .isEqualTo(Files.exists(golden) ? Files.readString(golden) : "");
    }

    /** From the release that wrote them. */
    @ParameterizedTest
    @CsvSource({
        "confidential-with-login, 1.4931a996523fac41c86af8c866def70a",
        "machine-to-machine, 2.386692a5a827d0b6334ac0c78d777bf5",
        "pool-without-domain, 1.078f68c6e70fca42368b70c83d89090e",
        "public-with-default-redirect, 1.0e05fb99235c6c46696768791df56fea",
        "without-oauth-and-retained, 1.0a279303af9b24c63ed34cef894ca351",
    })
    void the_inputs_of_version_1_are_recognised(String name, String inputs) throws IOException {
        Case in = Serialization.unmarshal(Files.readString(GOLDEN.resolve(name + IN)), Case.class);

        assertThat(new DesiredSecret(in.request()).inputs(1)).hasToString(inputs);
    }

    @Test
    void every_golden_file_belongs_to_a_case() throws IOException {
        assertThat(files("").filter(file -> !file.endsWith(IN)))
                .containsExactlyInAnyOrderElementsOf(
                        cases().map(name -> name + OUT).toList());
    }

    @Test
    void a_confidential_client_is_never_published_without_its_secret() {
        assertThatThrownBy(() -> SecretManifest.of(Requests.web(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without the secret");
    }

    @Test
    void the_client_secret_is_in_data_only() {
        Secret secret = SecretManifest.of(Requests.web(), Requests.SECRET);
        String encoded =
                Base64.getEncoder().encodeToString(Requests.SECRET.reveal().getBytes(UTF_8));

        assertThat(secret.getData()).containsEntry("client-secret", encoded);
        secret.getData().remove("client-secret");
        assertThat(Serialization.asYaml(secret)).doesNotContain(encoded, Requests.SECRET.reveal());
    }

    @Test
    void the_metadata_does_not_depend_on_the_client_secret() {
        Secret one = SecretManifest.of(Requests.web(), Requests.SECRET);
        Secret other = SecretManifest.of(Requests.web(), new ClientSecret("another"));

        assertThat(one.getMetadata()).isEqualTo(other.getMetadata());
    }

    @Test
    void every_part_of_the_request_changes_the_inputs() {
        SecretOwner newer = new SecretOwner(
                "cognito.appclients.dev/v1", "UserPoolClient", "shop", "web", Requests.WEB.uid(), Requests.WEB.marks());
        assertThat(Stream.of(
                                Requests.web(),
                                Requests.web("3abc", true, 2),
                                Requests.web("3abc", false, 1),
                                Requests.web("4def", true, 1),
                                Requests.webReturningTo("https://shop.example.com/other"),
                                Requests.ofAnother(newer))
                        .map(SecretManifest::inputs))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_inputs_are_read_from_the_annotation() {
        SecretRequest third = Requests.web("3abc", true, 3);

        assertThat(Inputs.recordedIn(SecretManifest.of(third, Requests.SECRET)))
                .isEqualTo(SecretManifest.inputs(third));
    }

    @Test
    void the_keys_equal_those_of_the_manifest() {
        assertThat(SecretManifest.keys(Requests.web()))
                .containsExactlyElementsOf(new TreeSet<>(SecretManifest.of(Requests.web(), Requests.SECRET)
                        .getData()
                        .keySet()));
    }

    private static Stream<String> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(suffix))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static String readable(Secret secret) {
        Secret decoded = new SecretBuilder(secret)
                .withData(new TreeMap<>(secret.getData()))
                .build();
        decoded.getData()
                .replaceAll((key, value) -> new String(Base64.getDecoder().decode(value), UTF_8));
        return "# What is written; data is decoded here.\n" + Serialization.asYaml(decoded);
    }

    record Owner(String apiVersion, String kind, String namespace, String name, String uid) {}

    /** A client in a golden file. */
    record Case(
            Owner owner,
            String secretName,
            boolean ownedByResource,
            String clientId,
            String clientSecret,
            long revision,
            String poolArn,
            String issuer,
            String domain,
            boolean oauth,
            List<String> flows,
            List<String> scopes,
            List<String> callbackURLs,
            String defaultRedirectURI,
            SecretSpec secret,
            ClaimedSecret copy,
            SourceClient source) {

        SecretRequest request() {
            PoolFacts pool = new PoolFacts(
                    new PoolArn(poolArn),
                    issuer,
                    domain == null ? null : new PoolDomain(domain, 2),
                    "ESSENTIALS",
                    null);
            OAuth settings = new OAuth(
                    Sets.sorted(flows),
                    Sets.sorted(scopes),
                    oauth,
                    Sets.sorted(callbackURLs),
                    Sets.sorted(null),
                    defaultRedirectURI);
            SecretOwner writtenFor = source == null
                    ? SecretOwner.userPoolClient(owner.namespace(), owner.name(), owner.uid())
                    : SecretOwner.claim(owner.namespace(), owner.name(), owner.uid());
            return new SecretRequest(
                    writtenFor,
                    secretName,
                    ownedByResource,
                    source != null,
                    source == null ? SourceClient.of(writtenFor) : source,
                    source == null ? SecretShape.of(secret) : SecretShape.of(copy),
                    PublicValues.of(clientId, pool, settings, RedirectUri.managed(settings, null)),
                    clientSecret != null,
                    revision);
        }
    }

    /** Not random, so that the golden files stay the same. */
    private static final class Zeros extends SecureRandom {

        private static final long serialVersionUID = 1;

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
