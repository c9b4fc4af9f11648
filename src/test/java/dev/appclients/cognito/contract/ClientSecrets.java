package dev.appclients.cognito.contract;

import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.contract.Fact.NotAsked;
import dev.appclients.cognito.failure.FailureKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientSecretsResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** A new confidential client of the bench, and the calls on its secrets. The bench deletes the client with its secrets. */
final class ClientSecrets {

    static final String OWN = "aSecretThatTheCallerChoseItself0123456789";

    /** Any refusal that blames the request. */
    static final FailureKind[] REFUSALS = {
        FailureKind.SECRET_NOT_ADDED,
        FailureKind.SECRET_NOT_FOUND,
        FailureKind.LAST_SECRET,
        FailureKind.ACCESS_DENIED,
        FailureKind.NOT_ENABLED,
        FailureKind.UNKNOWN_REFUSAL
    };

    private final Bench bench;
    private final UserPoolClientType client;

    private ClientSecrets(Bench bench, UserPoolClientType client) {
        this.bench = bench;
        this.client = client;
    }

    /** A confidential client that may sign users in through the token endpoint. */
    static ClientSecrets create(Bench bench) {
        return new ClientSecrets(
                bench,
                bench.create(r -> r.generateSecret(true)
                        .allowedOAuthFlowsUserPoolClient(true)
                        .allowedOAuthFlowsWithStrings("code")
                        .allowedOAuthScopes("openid")
                        .callbackURLs("https://a.example.com/")
                        .supportedIdentityProviders("COGNITO")));
    }

    static ClientSecrets ofPublicClient(Bench bench) {
        return new ClientSecrets(bench, bench.create(r -> r));
    }

    String clientId() {
        return client.clientId();
    }

    /** The value of the secret that was created with the client. */
    String originalValue() {
        return client.clientSecret();
    }

    /** Adds a secret; a null value lets Cognito generate one. */
    ClientSecretDescriptorType add(@Nullable String value) {
        return bench.orNotServed(() -> bench.call(() -> bench.sdk()
                        .addUserPoolClientSecret(r -> r.userPoolId(bench.poolId())
                                .clientId(clientId())
                                .clientSecret(value))))
                .clientSecretDescriptor();
    }

    /**
     * Adds {@link #OWN}.
     *
     * @throws NotAsked if Cognito accepts no value that the caller chose
     */
    ClientSecretDescriptorType addOwn() {
        try {
            return add(OWN);
        } catch (SdkException e) {
            if (RawCognito.meaning("AddUserPoolClientSecret", e).kind() == FailureKind.SECRET_NOT_ADDED) {
                throw new NotAsked("Cognito accepts no value that the caller chose");
            }
            throw e;
        }
    }

    /** Adds {@link #OWN}, or a secret that Cognito generates. */
    ClientSecretDescriptorType addSecond(boolean isOwn) {
        return isOwn ? addOwn() : add(null);
    }

    ListUserPoolClientSecretsResponse page(@Nullable String token) {
        return bench.orNotServed(() -> bench.call(() -> bench.sdk()
                .listUserPoolClientSecrets(
                        r -> r.userPoolId(bench.poolId()).clientId(clientId()).nextToken(token))));
    }

    List<ClientSecretDescriptorType> list() {
        List<ClientSecretDescriptorType> all = new ArrayList<>();
        ListUserPoolClientSecretsResponse page = page(null);
        all.addAll(page.clientSecrets());
        while (page.nextToken() != null) {
            page = page(page.nextToken());
            all.addAll(page.clientSecrets());
        }
        return all;
    }

    List<String> ids() {
        return list().stream().map(ClientSecretDescriptorType::clientSecretId).toList();
    }

    /** Deletes a secret, and returns its id. */
    String remove(String secretId) {
        return bench.orNotServed(() -> {
            bench.call(() -> bench.sdk()
                    .deleteUserPoolClientSecret(r ->
                            r.userPoolId(bench.poolId()).clientId(clientId()).clientSecretId(secretId)));
            return secretId;
        });
    }

    /** The secret that a description shows; null for none. */
    @Nullable
    String described() {
        return bench.describe(clientId()).clientSecret();
    }
}
