package dev.appclients.cognito.authorization;

import dev.appclients.cognito.model.AppClientSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** The ways to sign in that a list of authentication flows really permits. */
final class AuthFlows {

    private static final String SRP = "ALLOW_USER_SRP_AUTH";
    private static final String CUSTOM = "ALLOW_CUSTOM_AUTH";
    private static final String PASSWORD = "ALLOW_USER_PASSWORD_AUTH";
    private static final String REFRESH = ClientLimits.REFRESH_FLOW;
    private static final String NO_FLOWS = "an empty list";

    /** Flows that sign no user in. */
    private static final Set<String> WITHOUT_SIGN_IN = Set.of(REFRESH, "ALLOW_CLIENT_TOKEN_AUTH");

    /** The names without {@code ALLOW_} are older, and leave the flows on that they do not name. */
    private static final Map<String, List<String>> INCLUDED = Map.of(
            "ADMIN_NO_SRP_AUTH", List.of("ALLOW_ADMIN_USER_PASSWORD_AUTH", SRP, CUSTOM, REFRESH),
            "USER_PASSWORD_AUTH", List.of(PASSWORD, SRP, CUSTOM, REFRESH),
            "CUSTOM_AUTH_FLOW_ONLY", List.of(CUSTOM, REFRESH),
            "ALLOW_USER_AUTH", List.of("ALLOW_USER_AUTH", PASSWORD, SRP));

    private AuthFlows() {}

    /** Each flow that the settings permit, with the value of the setting that includes it. */
    static Map<String, String> effective(AppClientSettings settings) {
        Map<String, String> flows = new LinkedHashMap<>();
        SortedSet<String> written = settings.explicitAuthFlows();
        for (String flow : written) {
            INCLUDED.getOrDefault(flow, List.of(flow)).forEach(included -> flows.putIfAbsent(included, flow));
        }
        if (written.isEmpty()) {
            List.of(SRP, CUSTOM, REFRESH).forEach(flow -> flows.put(flow, NO_FLOWS));
        }
        return flows;
    }

    /** Whether a user can sign in through the client, so that it can read and write attributes of users. */
    static boolean signUsersIn(AppClientSettings settings) {
        boolean bySdk =
                settings.explicitAuthFlows().isEmpty() || !WITHOUT_SIGN_IN.containsAll(settings.explicitAuthFlows());
        return bySdk || settings.oauth().hasRedirectFlow();
    }
}
