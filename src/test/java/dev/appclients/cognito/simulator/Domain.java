package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A domain of a pool: a prefix of Cognito's own domain, or a custom domain with a certificate.
 *
 * @param status one of {@link #STATUSES}
 * @param managedLoginVersion 1 is the classic hosted UI, 2 is managed login
 */
record Domain(
        String name,
        String status,
        int managedLoginVersion,
        @Nullable String certificateArn) {

    static final List<String> STATUSES = List.of("CREATING", "DELETING", "UPDATING", "ACTIVE", "FAILED");

    Domain withStatus(String changed) {
        return new Domain(name, changed, managedLoginVersion, certificateArn);
    }

    boolean custom() {
        return certificateArn != null;
    }

    ObjectNode json(UserPool pool) {
        var json = Json.object()
                .put("UserPoolId", pool.id())
                .put("AWSAccountId", pool.account())
                .put("Domain", name)
                .put("S3Bucket", "aws-cognito-prod-assets")
                .put("CloudFrontDistribution", "d111111abcdef8.cloudfront.net")
                .put("Version", "20260101000000")
                .put("Status", status)
                .put("ManagedLoginVersion", managedLoginVersion);
        if (custom()) {
            json.putObject("CustomDomainConfig").put("CertificateArn", certificateArn);
        } else {
            json.putObject("CustomDomainConfig");
        }
        return json;
    }
}
