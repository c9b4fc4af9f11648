package dev.appclients.cognito.soak;

import com.fasterxml.jackson.databind.JsonNode;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.LiveSecret;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The expected contents of a client's Secret: exactly the documented keys. */
final class PublishedSecret {

    private PublishedSecret() {}

    /** Describes the error of the Secret, without values. Returns null if the Secret is right. */
    static @Nullable String wrong(JsonNode object, AppClient client, @Nullable Secret secret) {
        if (secret == null) {
            return "the Secret does not exist";
        }
        String uid = World.uid(object);
        boolean retained =
                object.path("spec").path("secret").path("onDelete").asText().equals("Retain");
        boolean owned = secret.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getUid().equals(uid));
        if (owned == retained) {
            return "the Secret has " + (owned ? "an owner reference despite Retain" : "no owner reference");
        }
        Map<String, String> found = new TreeMap<>();
        Map<String, String> data = secret.getData() == null ? Map.of() : secret.getData();
        data.forEach(
                (key, value) -> found.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        found.computeIfPresent("scopes", (key, scopes) -> sorted(List.of(scopes.split(" "))));
        Map<String, String> wanted = wanted(object, client, found);
        var different = new TreeSet<String>();
        wanted.forEach((key, value) -> {
            if (!value.equals(found.get(key))) {
                different.add(key);
            }
        });
        found.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(different::add);
        return different.isEmpty() ? null : "the Secret is wrong in " + different;
    }

    private static Map<String, String> wanted(JsonNode object, AppClient client, Map<String, String> found) {
        String region = client.poolId().substring(0, client.poolId().indexOf('_'));
        String issuer = "https://cognito-idp." + region + ".amazonaws.com/" + client.poolId();
        String prefix = World.poolName(client.poolId());
        String host = "https://" + prefix + ".auth." + region + ".amazoncognito.com";
        Map<String, String> wanted = new TreeMap<>();
        wanted.put("client-id", client.clientId());
        wanted.put("user-pool-id", client.poolId());
        wanted.put("region", region);
        wanted.put("issuer", issuer);
        wanted.put("jwks-uri", issuer + "/.well-known/jwks.json");
        wanted.put("domain", host.substring("https://".length()));
        putSecret(client, found, wanted);
        var flows = Settings.set(client.setting("AllowedOAuthFlows").orElse(null));
        if (!flows.isEmpty()) {
            wanted.put("token-uri", host + "/oauth2/token");
        }
        if (flows.contains("code") || flows.contains("implicit")) {
            wanted.put("authorization-uri", host + "/oauth2/authorize");
            wanted.put("user-info-uri", host + "/oauth2/userInfo");
            wanted.put("logout-uri", host + "/logout");
            String redirect = redirect(object, client, found.get("redirect-uri"));
            if (redirect != null) {
                wanted.put("redirect-uri", redirect);
            }
        }
        var scopes = Settings.set(client.setting("AllowedOAuthScopes").orElse(null));
        if (!scopes.isEmpty()) {
            wanted.put("scopes", sorted(scopes));
        }
        return wanted;
    }

    /** Each live secret is right, because a rotation publishes the newer one when it goes on. */
    private static void putSecret(AppClient client, Map<String, String> found, Map<String, String> wanted) {
        List<String> live = client.secrets().stream().map(LiveSecret::value).toList();
        String published = found.get("client-secret");
        if (live.contains(published)) {
            wanted.put("client-secret", published);
        } else if (!live.isEmpty()) {
            wanted.put("client-secret", live.getLast());
        }
    }

    /** Null for none. Until Cognito has the settings of the manifest, each URL in Cognito is accepted. */
    private static @Nullable String redirect(JsonNode object, AppClient client, @Nullable String found) {
        var accepted = Settings.set(client.setting("CallbackURLs").orElse(null));
        var byDefault = client.setting("DefaultRedirectURI");
        if (byDefault.isPresent()) {
            return byDefault.get().asText();
        }
        if (Ledger.observes(object.path("spec"))) {
            return accepted.size() == 1 ? accepted.first() : null;
        }
        boolean equal = Settings.differences(Settings.wanted(object, client), Settings.found(client))
                .isEmpty();
        if (!equal && found != null && accepted.contains(found)) {
            return found;
        }
        // Every URL of a generated manifest is https.
        return object.path("spec").path("callbackURLs").path(0).asText();
    }

    private static String sorted(Iterable<String> words) {
        var sorted = new TreeSet<String>();
        words.forEach(sorted::add);
        return String.join(" ", sorted);
    }
}
