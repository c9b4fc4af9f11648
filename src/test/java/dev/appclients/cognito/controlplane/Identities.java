package dev.appclients.cognito.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

/** Creates keys, tokens and kubeconfigs for users of the API server. */
public final class Identities {

    /** Longer than any test bed runs. */
    private static final Duration TOKEN_LIFETIME = Duration.ofDays(7);

    private Identities() {}

    /** The configuration of an existing ServiceAccount, with a bound token. */
    public static Config serviceAccount(Config admin, String namespace, String name) {
        try (KubernetesClient client = Clients.of(admin)) {
            String token = client.serviceAccounts()
                    .inNamespace(namespace)
                    .withName(name)
                    .tokenRequest(new TokenRequestBuilder()
                            .withNewSpec()
                            .withExpirationSeconds(TOKEN_LIFETIME.toSeconds())
                            .endSpec()
                            .build())
                    .getStatus()
                    .getToken();
            return config(admin.getMasterUrl(), admin.getCaCertData(), token, namespace);
        }
    }

    /** A configuration of only these values. It ignores files and environment variables of this machine. */
    static Config config(String server, String caData, String token, String namespace) {
        return new ConfigBuilder(Config.empty())
                .withMasterUrl(server)
                .withCaCertData(caData)
                .withOauthToken(token)
                .withNamespace(namespace)
                .build();
    }

    /** Writes a self-contained kubeconfig that only its owner can read. */
    public static Path writeKubeconfig(Path file, Config config) {
        // The client library reads kubeconfigs, but has no stable API to write them.
        String text = """
                apiVersion: v1
                kind: Config
                clusters:
                - name: local
                  cluster: {server: "%s", certificate-authority-data: %s}
                users:
                - name: local
                  user: {token: "%s"}
                contexts:
                - name: local
                  context: {cluster: local, user: local, namespace: %s}
                current-context: local
                """.formatted(
                        config.getMasterUrl(), config.getCaCertData(), config.getOauthToken(), config.getNamespace());
        return writePrivate(file, text);
    }

    /** Writes the key pair with which the API server signs and verifies tokens of ServiceAccounts. */
    static void writeSigningKeys(Path privateKey, Path publicKey) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            writePrivate(privateKey, pem("PRIVATE KEY", pair.getPrivate()));
            writePrivate(publicKey, pem("PUBLIC KEY", pair.getPublic()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK does not support elliptic curve keys", e);
        }
    }

    private static String pem(String type, Key key) {
        String body = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key.getEncoded());
        return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
    }

    static String randomToken() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static Path writePrivate(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
