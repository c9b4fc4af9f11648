package dev.appclients.cognito.secret.content;

import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.model.Sets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client of each kind. */
enum Clients {
    CONFIDENTIAL(true, "auth.example.com", "code", "https://shop.example.com/callback"),
    PUBLIC(false, "auth.example.com", "code", "https://shop.example.com/callback"),
    IMPLICIT(false, "auth.example.com", "implicit", "https://shop.example.com/callback"),
    MACHINE(true, "auth.example.com", "client_credentials", null),
    WITHOUT_LOGIN(true, null, null, null);

    final boolean confidential;
    final PublicValues values;

    Clients(boolean confidential, @Nullable String domain, @Nullable String flow, @Nullable String redirectUri) {
        this.confidential = confidential;
        values = new PublicValues(
                "3abc",
                new PoolId("eu-west-1_AbCdEf123"),
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
                domain,
                Sets.sorted(flow == null ? null : List.of(flow)),
                redirectUri,
                Sets.sorted(flow == null ? null : List.of("openid", "email", "orders/read")));
    }
}
