package dev.appclients.cognito.secret;

import dev.appclients.cognito.model.PublicDigest;
import dev.appclients.cognito.secret.content.GeneratedKeys;
import dev.appclients.cognito.secret.content.Inputs;
import dev.appclients.cognito.secret.content.SecretContents;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The digest over everything public that the operator writes. No client secret and no generated value enters it. */
final class InputsDigest {

    private InputsDigest() {}

    /**
     * The inputs of version {@link Inputs#VERSION}.
     *
     * @param labels all that the operator writes
     * @param annotations all that the operator writes, except the inputs
     */
    static Inputs current(
            SecretRequest request,
            SecretContents contents,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            List<OwnerReference> owners) {
        SortedMap<String, String> generated = new TreeMap<>();
        request.shape().generate().forEach(key -> generated.put(key.key(), GeneratedKeys.form(key)));
        PublicDigest digest = new PublicDigest()
                .add("type", request.shape().type())
                .add("public", contents.publicEntries())
                .add("generate", generated)
                .add("labels", labels)
                .add("annotations", annotations)
                .add("owner", fields(owners));
        contents.secretSources().forEach((key, parts) -> digest.add(key, parts));
        return new Inputs(request.revision(), Inputs.VERSION, digest.hex());
    }

    /** The inputs of version 1, which knew only the preset Standard and no copies. */
    static Inputs version1(
            SecretRequest request,
            SecretContents contents,
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            List<OwnerReference> owners) {
        return new Inputs(
                request.revision(),
                1,
                new PublicDigest()
                        .add("type", request.shape().type())
                        .add("public", contents.publicEntries())
                        .add("secret", contents.secretKeys())
                        .add("labels", labels)
                        .add("annotations", annotations)
                        .add("owner", fields(owners))
                        .hex());
    }

    private static List<String> fields(List<OwnerReference> owners) {
        return owners.stream()
                .flatMap(owner -> Stream.of(owner.getApiVersion(), owner.getKind(), owner.getName(), owner.getUid()))
                .toList();
    }
}
