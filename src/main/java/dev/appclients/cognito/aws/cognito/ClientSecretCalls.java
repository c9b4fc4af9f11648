package dev.appclients.cognito.aws.cognito;

import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.call.FailureMapper;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.Failure;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AddedSecret;
import dev.appclients.cognito.model.ClientSecret;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.SecretId;
import dev.appclients.cognito.model.SecretListing;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AddUserPoolClientSecretRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.DeleteUserPoolClientSecretRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientSecretsRequest;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientSecretsResponse;

/** Adds, lists and deletes the secrets of an app client. */
final class ClientSecretCalls {

    private final PoolCalls calls;
    private final NotFoundCheck notFound;
    private final InstantSource clock;

    ClientSecretCalls(PoolCalls calls, NotFoundCheck notFound, InstantSource clock) {
        this.calls = calls;
        this.notFound = notFound;
        this.clock = clock;
    }

    AddedSecret add(PoolAccess access, String clientId, @Nullable ClientSecret value, BooleanSupplier stillWanted) {
        var request = AddUserPoolClientSecretRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId)
                .clientSecret(value == null ? null : value.reveal());
        var answer = notFound.disambiguating(
                access,
                () -> calls.make(
                        access,
                        Operation.ADD_SECRET,
                        Priority.USER,
                        stillWanted,
                        (cognito, auth) -> cognito.addUserPoolClientSecret(
                                request.overrideConfiguration(auth.build()).build())));
        ClientSecretDescriptorType added = answer.clientSecretDescriptor();
        if (added == null || added.clientSecretId() == null) {
            throw new AwsCallException(FailureMapper.incomplete(Operation.ADD_SECRET, "secret id"));
        }
        String generated = value == null ? added.clientSecretValue() : null;
        if (value == null && generated == null) {
            throw new AwsCallException(FailureMapper.incomplete(Operation.ADD_SECRET, "secret value"));
        }
        Instant created = added.clientSecretCreateDate();
        return new AddedSecret(
                new SecretId(added.clientSecretId(), created == null ? AnswerDate.of(answer, clock) : created),
                generated == null ? null : new ClientSecret(generated));
    }

    /** Reads all pages. Only a missing token ends the list. */
    SecretListing list(PoolAccess access, String clientId, Priority priority) {
        List<SecretId> secrets = new ArrayList<>();
        ListUserPoolClientSecretsResponse page;
        String token = null;
        do {
            page = page(access, clientId, priority, token);
            for (ClientSecretDescriptorType secret : page.clientSecrets()) {
                secrets.add(listed(secret));
            }
            token = page.nextToken();
        } while (token != null);
        return new SecretListing(secrets, AnswerDate.of(page, clock));
    }

    private ListUserPoolClientSecretsResponse page(
            PoolAccess access, String clientId, Priority priority, @Nullable String token) {
        var request = ListUserPoolClientSecretsRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId)
                .nextToken(token);
        return notFound.disambiguating(
                access,
                () -> calls.read(
                        access,
                        Operation.LIST_SECRETS,
                        priority,
                        (cognito, auth) -> cognito.listUserPoolClientSecrets(
                                request.overrideConfiguration(auth.build()).build())));
    }

    private static SecretId listed(ClientSecretDescriptorType secret) {
        if (secret.clientSecretId() == null || secret.clientSecretCreateDate() == null) {
            throw new AwsCallException(
                    FailureMapper.incomplete(Operation.LIST_SECRETS, "id or no creation date of a secret"));
        }
        return new SecretId(secret.clientSecretId(), secret.clientSecretCreateDate());
    }

    void delete(PoolAccess access, String clientId, String secretId, BooleanSupplier stillWanted) {
        var request = DeleteUserPoolClientSecretRequest.builder()
                .userPoolId(access.pool().value())
                .clientId(clientId)
                .clientSecretId(secretId);
        try {
            calls.make(
                    access,
                    Operation.DELETE_SECRET,
                    Priority.USER,
                    stillWanted,
                    (cognito, auth) -> cognito.deleteUserPoolClientSecret(
                            request.overrideConfiguration(auth.build()).build()));
        } catch (AwsCallException e) {
            throw FailureMapper.isAmbiguousAboutSecret(e.failure())
                    ? new AwsCallException(disambiguated(access, clientId, secretId, e.failure()))
                    : e;
        }
    }

    /**
     * Finds the meaning of a refused delete in a list of the secrets. Without it, every refusal that this version does not know would
     * pass for a deleted secret.
     */
    private Failure disambiguated(PoolAccess access, String clientId, String secretId, Failure refusal) {
        List<SecretId> secrets;
        try {
            secrets = list(access, clientId, Priority.USER).secrets();
        } catch (AwsCallException e) {
            return NotFoundCheck.undecided(refusal, "Whether the secret exists", e.failure());
        }
        boolean exists = secrets.stream().anyMatch(secret -> secret.id().equals(secretId));
        FailureKind kind = !exists
                ? FailureKind.SECRET_NOT_FOUND
                : secrets.size() == 1 ? FailureKind.LAST_SECRET : FailureKind.UNKNOWN_REFUSAL;
        return new Failure(kind, refusal.operation(), refusal.message());
    }
}
