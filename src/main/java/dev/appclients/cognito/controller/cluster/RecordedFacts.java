package dev.appclients.cognito.controller.cluster;

import dev.appclients.cognito.api.v1beta1.AttributesStatus;
import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import dev.appclients.cognito.model.PoolArn;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the form of the facts in a ClusterUserPool's status. The operator reads a malformed fact again. */
final class RecordedFacts {

    private static final int LONGEST_URL = 1_024;
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?([.][a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
    private static final Pattern TIER = Pattern.compile("[A-Z_]{1,64}");
    private static final Pattern ATTRIBUTE = Pattern.compile("[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]{1,2048}");

    private RecordedFacts() {}

    /** Whether each fact is well-formed and the ARN names this user pool. */
    static boolean areWellFormed(ClusterUserPoolStatus status, String userPoolId) {
        return isArnOf(status.userPoolARN(), userPoolId)
                && isIssuer(status.issuer())
                && isAbsentOr(HOST, status.domain())
                && isAbsentOr(TIER, status.tier())
                && (status.loginVersion() == null || status.loginVersion() > 0)
                && areAttributes(status.attributes());
    }

    private static boolean isArnOf(@Nullable String arn, String userPoolId) {
        return arn != null && PoolArn.isPossible(arn) && arn.endsWith(":userpool/" + userPoolId);
    }

    private static boolean isIssuer(@Nullable String issuer) {
        if (issuer == null || issuer.length() > LONGEST_URL) {
            return false;
        }
        try {
            URI uri = new URI(issuer);
            return "https".equals(uri.getScheme())
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAbsentOr(Pattern form, @Nullable String text) {
        return text == null || text.isEmpty() || form.matcher(text).matches();
    }

    private static boolean areAttributes(@Nullable AttributesStatus attributes) {
        return attributes == null
                || (areNames(attributes.names())
                        && areNames(attributes.required())
                        && attributes.names().containsAll(attributes.required()));
    }

    private static boolean areNames(@Nullable List<String> names) {
        return names != null
                && names.stream()
                        .allMatch(
                                name -> name != null && ATTRIBUTE.matcher(name).matches());
    }
}
