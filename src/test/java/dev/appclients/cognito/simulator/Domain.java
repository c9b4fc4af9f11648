package dev.appclients.cognito.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * A domain of a pool: a prefix of the service's own domain, or a custom one with a certificate.
 *
 * @param status CREATING, DELETING, UPDATING, ACTIVE or FAILED
 * @param managedLoginVersion 1 is the classic hosted UI, 2 is managed login
 */
record Domain(
        String name,
        String status,
        int managedLoginVersion,
        @Nullable String certificateArn) {

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
