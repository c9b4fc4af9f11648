package dev.appclients.cognito.distribution;

import dev.appclients.cognito.api.v1beta1.ClaimedSecret;
import dev.appclients.cognito.api.v1beta1.ClientRef;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaim;
import dev.appclients.cognito.api.v1beta1.ClientSecretClaimSpec;
import dev.appclients.cognito.api.v1beta1.ClientSharing;
import dev.appclients.cognito.api.v1beta1.ClusterUserPool;
import dev.appclients.cognito.api.v1beta1.NamespaceSelection;
import dev.appclients.cognito.api.v1beta1.NamespacesFrom;
import dev.appclients.cognito.api.v1beta1.PoolSharing;
import dev.appclients.cognito.api.v1beta1.PushedSecret;
import dev.appclients.cognito.api.v1beta1.SecretPreset;
import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.model.Marks;
import dev.appclients.cognito.model.NamespaceMatcher;
import dev.appclients.cognito.model.NamespaceSnapshot;
import dev.appclients.cognito.model.PublicDigest;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The claims that a client pushes, one in each namespace that the client offers and the pool permits. A push sets the name and the preset
 * of a copy, and nothing else.
 */
public final class PushPlan {

    private static final int LONGEST_NAME = 249;
    private static final int NAME_KEPT = 240;
    private static final int DIGEST = 8;
    private static final Pattern TRAILING_SEPARATORS = Pattern.compile("[.-]+$");

    private final ClientRef client;
    private final PushedSecret secret;
    private final NamespaceSelection offer;
    private final NamespaceSelection ceiling;

    private PushPlan(ClientRef client, PushedSecret secret, NamespaceSelection offer, NamespaceSelection ceiling) {
        this.client = client;
        this.secret = secret;
        this.offer = offer;
        this.ceiling = ceiling;
    }

    /**
     * The plan of a client; empty if the client or its pool does not push.
     *
     * @param pool the pool of the client; null if the operator does not know it
     * @param source the namespace of the client
     */
    public static Optional<PushPlan> of(
            UserPoolClient client, @Nullable ClusterUserPool pool, NamespaceSnapshot source) {
        ClientSharing offered = client.getSpec().sharing();
        PoolSharing permitted = pool == null ? null : pool.getSpec().sharing();
        if (offered == null
                || offered.push() == null
                || permitted == null
                || permitted.namespaces() == null
                || !NamespaceMatcher.matches(permitted.pushFrom(), source)) {
            return Optional.empty();
        }
        ClientRef ref = new ClientRef(source.name(), client.getMetadata().getName());
        return Optional.of(new PushPlan(ref, offered.push().secret(), offered.namespaces(), permitted.namespaces()));
    }

    /**
     * The warning about a push that writes no claim, with the remedy and without a full stop. Null if the client does not push, if its
     * pool permits the push, and if a selection has a value that this version of the operator does not know.
     *
     * @param source the namespace of the client
     */
    public static @Nullable String warning(UserPoolClient client, ClusterUserPool pool, NamespaceSnapshot source) {
        ClientSharing offered = client.getSpec().sharing();
        boolean isRefused = offered != null
                && offered.push() != null
                && !hasUnknownSelection(client, pool)
                && of(client, pool, source).isEmpty();
        return isRefused
                ? "spec.sharing.push has no effect. ClusterUserPool '"
                        + pool.getMetadata().getName()
                        + "' does not list this namespace in spec.sharing.pushFrom. Ask the platform team to list it, or"
                        + " remove push"
                : null;
    }

    /**
     * The name of the pushed claim: {@code <namespace>.<client>}. A namespace has no dot, so two clients have two names. A name of more
     * than 249 characters is cut to 240 and ends in a digest.
     */
    public static String claimName(ClientRef client) {
        String whole = client.namespace() + "." + client.name();
        if (whole.length() <= LONGEST_NAME) {
            return whole;
        }
        String digest = new PublicDigest().add("name", whole).hex().substring(0, DIGEST);
        // A separator must not stand before another one.
        return TRAILING_SEPARATORS.matcher(whole.substring(0, NAME_KEPT)).replaceFirst("") + "-" + digest;
    }

    /** The name of the claim in every namespace. */
    public String claimName() {
        return claimName(client);
    }

    /** The spec of the claim in every namespace. */
    public ClientSecretClaimSpec spec() {
        return new ClientSecretClaimSpec(
                client, new ClaimedSecret(secret.name(), secret.preset(), null, null, null, null));
    }

    /**
     * Whether the client pushes a claim to this namespace. {@code All} leaves out the namespaces of Kubernetes and OpenShift; a push
     * reaches them by name.
     */
    public boolean reaches(NamespaceSnapshot target) {
        return !target.name().equals(client.namespace())
                && NamespaceMatcher.matches(offer, target)
                && NamespaceMatcher.matches(ceiling, target)
                && !(offer.from() == NamespacesFrom.ALL && isOfThePlatform(target.name()));
    }

    /**
     * Whether this is a claim of the push that the client still wants. The operator deletes a pushed claim that no push wants.
     *
     * @param target the namespace of the claim
     */
    public boolean wants(ClientSecretClaim claim, NamespaceSnapshot target) {
        return isPushed(claim) && claim.getMetadata().getName().equals(claimName()) && reaches(target);
    }

    /** Whether the spec of the claims has a value that this version of the operator does not know, so that it cannot be written. */
    public boolean isUnknown() {
        return secret.preset() == SecretPreset.UNKNOWN;
    }

    /**
     * Whether a push made the claim, and neither client nor pool asks for it now. False if a selection has a value that this version of
     * the operator does not know: it may contain the claim.
     *
     * @param source the namespace of the client
     * @param target the namespace of the claim
     */
    public static boolean isWithdrawn(
            ClientSecretClaim claim,
            UserPoolClient client,
            ClusterUserPool pool,
            NamespaceSnapshot source,
            NamespaceSnapshot target) {
        return isPushed(claim)
                && !hasUnknownSelection(client, pool)
                && of(client, pool, source)
                        .filter(plan -> plan.wants(claim, target))
                        .isEmpty();
    }

    private static boolean hasUnknownSelection(UserPoolClient client, ClusterUserPool pool) {
        ClientSharing offered = client.getSpec().sharing();
        PoolSharing permitted = pool.getSpec().sharing();
        return (offered != null && Distribution.isUnknown(offered.namespaces()))
                || (permitted != null
                        && (Distribution.isUnknown(permitted.namespaces())
                                || Distribution.isUnknown(permitted.pushFrom())));
    }

    /** Whether a push made the claim, by its label. */
    public static boolean isPushed(ClientSecretClaim claim) {
        Map<String, String> labels = claim.getMetadata().getLabels();
        return labels != null && "true".equals(labels.get(Marks.PUSHED));
    }

    private static boolean isOfThePlatform(String namespace) {
        return namespace.startsWith("kube-") || namespace.startsWith("openshift");
    }
}
