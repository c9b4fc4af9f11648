package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a Secret was written from, recorded in the annotation {@link Marks#INPUTS} as {@code <revision>.<version>-<digest>}.
 * Version 1 wrote {@code <revision>.<digest>}.
 *
 * @param revision of the client secret, from 1
 * @param version of the digest and of the marks, from 1
 * @param digest over all public content; no client secret enters it
 */
public record Inputs(long revision, int version, String digest) {

    /** The version that this operator writes. Increase it with every change of the digest or of the marks. */
    public static final int VERSION = 2;

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})\\.(?:([1-9][0-9]{0,8})-)?([0-9a-f]{32})");

    /** The inputs in the annotation; null if it is absent or malformed. */
    public static @Nullable Inputs recordedIn(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String recorded = annotations == null ? null : annotations.get(Marks.INPUTS);
        Matcher matcher = FORM.matcher(recorded == null ? "" : recorded);
        if (!matcher.matches()) {
            return null;
        }
        String version = matcher.group(2);
        return new Inputs(
                Long.parseLong(matcher.group(1)), version == null ? 1 : Integer.parseInt(version), matcher.group(3));
    }

    @Override
    public String toString() {
        return revision + "." + (version == 1 ? "" : version + "-") + digest;
    }
}
