package dev.appclients.cognito.model;

import dev.appclients.cognito.api.v1beta1.Patterns;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The keys of labels and annotations that a manifest may put on a Secret. Other controllers act on metadata: a label can make one copy,
 * adopt or delete the Secret. So a key needs a domain, and not that of a controller.
 */
public final class MetadataKeys {

    /** The domains of other controllers, with every domain below them. */
    public static final List<String> FOREIGN_DOMAINS = List.of(
            "kubernetes.io",
            "k8s.io",
            "x-k8s.io",
            "helm.sh",
            "argoproj.io",
            "fluxcd.io",
            "k14s.io",
            "carvel.dev",
            "emberstack.com",
            "mittwald.de",
            "appscode.com",
            "clustersecret.io",
            "external-secrets.io",
            "cert-manager.io",
            "bitnami.com",
            "hashicorp.com",
            "crossplane.io",
            "velero.io",
            "openshift.io",
            "cattle.io",
            "kyverno.io",
            "strimzi.io",
            // Copy or distribute Secrets.
            "open-cluster-management.io",
            "projectcapsule.dev",
            "clastix.io",
            "redhat-cop.io",
            "synator",
            // Connect to another cluster with a labelled Secret.
            "istio.io",
            "istio",
            "skupper.io",
            // Fills a Secret with values of Vault, with the role that an annotation names.
            "banzaicloud.io",
            // Own or delete labelled objects.
            "coreos.com",
            "operatorframework.io",
            "appclients.dev");

    /** The keys that every pool permits, although their domain is in the list. Argo CD reads its Secrets by {@code part-of}. */
    public static final List<String> COMMON_KEYS = List.of(
            "app.kubernetes.io/name",
            "app.kubernetes.io/part-of",
            "app.kubernetes.io/component",
            "app.kubernetes.io/version");

    /** The domain of Reloader, which restarts workloads when a Secret changes. Every pool permits its keys. */
    public static final String RELOADER_DOMAIN = "reloader.stakater.com";

    private static final Pattern KEY = Pattern.compile(Patterns.LABEL_KEY);

    private MetadataKeys() {}

    /** Whether a manifest may set the key. A pool with limits may still refuse it. */
    public static boolean isPermitted(String key) {
        return isAlwaysPermitted(key) || (isKey(key) && !domain(key).isEmpty() && !isForeignDomain(domain(key)));
    }

    /** Whether every pool permits the key, also one with limits. */
    public static boolean isAlwaysPermitted(String key) {
        return COMMON_KEYS.contains(key) || (isKey(key) && domain(key).equals(RELOADER_DOMAIN));
    }

    /** Whether the domain is, or is below, the domain of another controller. */
    public static boolean isForeignDomain(String domain) {
        return FOREIGN_DOMAINS.stream().anyMatch(foreign -> domain.equals(foreign) || domain.endsWith("." + foreign));
    }

    /** The part before the slash; empty without one. */
    public static String domain(String key) {
        int slash = key.indexOf('/');
        return slash < 0 ? "" : key.substring(0, slash);
    }

    private static boolean isKey(String key) {
        return key.length() <= Patterns.LABEL_KEY_LENGTH && KEY.matcher(key).matches();
    }
}
