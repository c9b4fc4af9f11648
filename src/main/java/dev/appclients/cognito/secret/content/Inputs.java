package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.Marks;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The inputs that a Secret was written from, recorded in the annotation {@link Marks#INPUTS} as {@code <revision>.<digest>}.
 *
 * @param revision of the client secret, from 1
 * @param digest over all public content; no client secret enters it
 */
public record Inputs(long revision, String digest) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})\\.([0-9a-f]{32})");

    /** The inputs in the annotation; null if it is absent or malformed. */
    public static @Nullable Inputs recordedIn(Secret secret) {
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String recorded = annotations == null ? null : annotations.get(Marks.INPUTS);
        Matcher matcher = FORM.matcher(recorded == null ? "" : recorded);
        return matcher.matches() ? new Inputs(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
    }

    @Override
    public String toString() {
        return revision + "." + digest;
    }
}
