package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.secret.content.Inputs;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

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
        DesiredSecret desired = new DesiredSecret(writtenFrom);
        return read(
                name,
                desired.inputs().toString(),
                desired.annotations(desired.inputs()).get(Marks.VALUES));
    }

    /** Recorded from the Secret of {@link Requests#web()}, written by an operator that did not record the values. */
    static Secret ofVersion1(String name, SecretRequest writtenFrom) {
        Inputs inputs = Objects.requireNonNull(new DesiredSecret(writtenFrom).inputs(1));
        return read("version-1/" + name, inputs.toString(), "");
    }

    private static Secret read(String name, String inputs, String values) {
        try {
            return Serialization.unmarshal(
                    Files.readString(FOLDER.resolve(name + ".yaml"))
                            .replace("INPUTS", inputs)
                            .replace("VALUES", values),
                    Secret.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
