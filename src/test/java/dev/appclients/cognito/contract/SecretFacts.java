package dev.appclients.cognito.contract;

import static dev.appclients.cognito.contract.Bench.is;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.failure.FailureKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cognitoidentityprovider.model.AddUserPoolClientSecretResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;

/** Facts about the two secrets of a client, on which a rotation relies. */
final class SecretFacts {

    private static final String OWN_SECRET = "aSecretThatTheCallerChoseItself0123456789";
    private static final FailureKind[] REFUSALS = {
        FailureKind.INVALID_SETTINGS, FailureKind.LIMIT_EXCEEDED, FailureKind.NOT_ENABLED, FailureKind.UNKNOWN_REFUSAL
    };

    static final List<Fact> ALL = List.of(
            Fact.documented("The id of a secret is the client's id, two dashes, and its creation time.", bench -> {
                String id = confidential(bench);
                var ids = ids(bench, id);
                boolean shaped = ids.size() == 1 && ids.getFirst().matches(id + "--\\d+");
                return new Answer(shaped, ids.toString().replace(id, "<client id>"));
            }),
            Fact.documented(
                    "The answer to the creation of a second secret has its value.",
                    bench -> is(
                            true,
                            add(bench, confidential(bench), null)
                                            .clientSecretDescriptor()
                                            .clientSecretValue()
                                    != null)),
            Fact.documented("A third secret is refused.", bench -> {
                String id = confidential(bench);
                add(bench, id, null);
                return bench.refused("AddUserPoolClientSecret", () -> add(bench, id, null), FailureKind.LIMIT_EXCEEDED);
            }),
            Fact.documented(
                    "The answer to the addition of a secret that the caller chose has no value.",
                    bench -> is(
                            null,
                            add(bench, confidential(bench), OWN_SECRET)
                                    .clientSecretDescriptor()
                                    .clientSecretValue())),
            Fact.documented("A client that was created without a secret cannot get one.", bench -> {
                String id = bench.create(r -> r).clientId();
                return bench.refused("AddUserPoolClientSecret", () -> add(bench, id, null), REFUSALS);
            }),
            Fact.documented("The last secret cannot be deleted.", bench -> {
                String id = confidential(bench);
                String only = ids(bench, id).getFirst();
                return bench.refused("DeleteUserPoolClientSecret", () -> remove(bench, id, only), REFUSALS);
            }),
            Fact.seen("With two secrets, a description shows the one that was created with the client.", bench -> {
                var created = bench.create(r -> r.generateSecret(true));
                add(bench, created.clientId(), null);
                String shown = bench.describe(created.clientId()).clientSecret();
                boolean original = created.clientSecret().equals(shown);
                return new Answer(original, original ? "the first" : shown == null ? "none" : "the second");
            }),
            Fact.seen(
                    "After the deletion of the secret that was created with the client, a description shows none.",
                    bench -> {
                        String id = confidential(bench);
                        String original = ids(bench, id).getFirst();
                        add(bench, id, null);
                        remove(bench, id, original);
                        String shown = bench.describe(id).clientSecret();
                        return new Answer(shown == null, shown == null ? "none" : "the second");
                    }));

    private SecretFacts() {}

    private static String confidential(Bench bench) {
        return bench.create(r -> r.generateSecret(true)).clientId();
    }

    private static AddUserPoolClientSecretResponse add(Bench bench, String clientId, @Nullable String own) {
        return bench.orNotServed(() -> bench.call(() -> bench.sdk()
                .addUserPoolClientSecret(
                        r -> r.userPoolId(bench.poolId()).clientId(clientId).clientSecret(own))));
    }

    private static List<String> ids(Bench bench, String clientId) {
        return bench.orNotServed(() ->
                bench.call(() -> bench
                        .sdk()
                        .listUserPoolClientSecrets(
                                r -> r.userPoolId(bench.poolId()).clientId(clientId))
                        .clientSecrets()
                        .stream()
                        .map(ClientSecretDescriptorType::clientSecretId)
                        .toList()));
    }

    private static String remove(Bench bench, String clientId, String secretId) {
        return bench.orNotServed(() -> {
            bench.call(() -> bench.sdk()
                    .deleteUserPoolClientSecret(
                            r -> r.userPoolId(bench.poolId()).clientId(clientId).clientSecretId(secretId)));
            return secretId;
        });
    }
}
