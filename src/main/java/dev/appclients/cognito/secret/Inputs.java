package dev.appclients.cognito.secret;

import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Secret was written from, as its annotation {@link Marks#INPUTS} says: {@code <revision>.<digest>}.
 *
 * @param revision of the client secret, from 1
 * @param digest over everything public that was written; nothing in it comes from a client secret
 */
public record Inputs(long revision, String digest) {

    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,17})\\.([0-9a-f]{32})");

    /** What the Secret says it was written from; null when it does not say so in our form. */
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
