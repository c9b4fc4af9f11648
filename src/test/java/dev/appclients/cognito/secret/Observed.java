package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Secrets recorded from a real API server; record.sh beside them shows how. */
public final class Observed {

    static final Path FOLDER = Path.of("src/test/resources/golden/observed");

    private Observed() {}

    /** Recorded from the Secret of {@link Requests#web()}. */
    public static Secret secret(String name) {
        return secret(name, Requests.web());
    }

    /** Recorded from a Secret of another request. */
    public static Secret secret(String name, SecretRequest writtenFrom) {
        try {
            String inputs = SecretManifest.inputs(writtenFrom).toString();
            return Serialization.unmarshal(
                    Files.readString(FOLDER.resolve(name + ".yaml")).replace("INPUTS", inputs), Secret.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
