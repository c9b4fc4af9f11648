package dev.appclients.cognito.contract;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.simulator.Switch;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConcurrentModificationException;

/** Facts about deleted secrets and about the token endpoint, on which the end of a rotation relies. */
final class RetirementFacts {

    private static final int AT_ONCE = 6;
    private static final int ROUNDS = 4;

    static final List<Fact> ALL = List.of(
            Fact.documented("The last secret cannot be deleted.", bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                String only = client.ids().getFirst();
                return bench.refused("DeleteUserPoolClientSecret", () -> client.remove(only), ClientSecrets.REFUSALS);
            }),
            Fact.disputed(Switch.UNKNOWN_SECRET_IS_A_PARAMETER, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.add(null);
                Answer any = bench.refused(
                        "DeleteUserPoolClientSecret", () -> client.remove(unknown(client)), ClientSecrets.REFUSALS);
                return new Answer(any.said().startsWith("InvalidParameterException"), any.said());
            }),
            Fact.disputed(Switch.LAST_SECRET_CHECKED_FIRST, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                return bench.refused(
                        "DeleteUserPoolClientSecret", () -> client.remove(unknown(client)), FailureKind.LAST_SECRET);
            }),
            Fact.documented(
                    "The operator's adapter distinguishes a secret that does not exist from the last one.", bench -> {
                        ClientSecrets client = ClientSecrets.create(bench);
                        return bench.missingSecret(client.clientId(), unknown(client));
                    }),
            Fact.disputed(Switch.REMAINING_SECRET_DESCRIBED, bench -> {
                ClientSecrets client = retired(bench, false);
                String shown = client.described();
                return new Answer(shown != null, shown == null ? "none" : "the second");
            }),
            Fact.open(
                    "After the deletion of the secret that was created with the client, a description does not show a"
                            + " secret that the caller chose.",
                    bench -> {
                        String shown = retired(bench, true).described();
                        return new Answer(shown == null, shown == null ? "none" : "the second");
                    }),
            Fact.disputed(Switch.ADD_AFTER_DELETE_LIMITED, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.remove(client.add(null).clientSecretId());
                return bench.refused("AddUserPoolClientSecret", () -> client.add(null), FailureKind.SECRET_LIMIT);
            }),
            Fact.disputed(Switch.SECRET_LIST_LAGS, RetirementFacts::listLags),
            Fact.open("Secrets that are added within a second have different ids.", RetirementFacts::idsInASecond),
            Fact.disputed(Switch.SECRET_CHANGES_ARE_EXCLUSIVE, RetirementFacts::concurrently),
            Fact.documented("The token endpoint accepts both secrets of a client, and no other.", bench -> {
                TokenClient tokens = bench.tokenClient();
                ClientSecrets client = ClientSecrets.create(bench);
                String second = client.add(null).clientSecretValue();
                String said = tokens.accepts(client.clientId(), client.originalValue())
                        + ", " + tokens.accepts(client.clientId(), second)
                        + ", " + tokens.accepts(client.clientId(), ClientSecrets.OWN);
                return new Answer(said.equals("true, true, false"), said);
            }),
            Fact.documented("The token endpoint accepts a secret that the caller chose.", bench -> {
                TokenClient tokens = bench.tokenClient();
                ClientSecrets client = ClientSecrets.create(bench);
                client.addOwn();
                boolean accepted = tokens.accepts(client.clientId(), ClientSecrets.OWN);
                return new Answer(accepted, accepted ? "accepted" : "refused");
            }),
            Fact.open("The token endpoint refuses a deleted secret at once.", bench -> {
                TokenClient tokens = bench.tokenClient();
                ClientSecrets client = retired(bench, false);
                boolean accepted = tokens.accepts(client.clientId(), client.originalValue());
                return new Answer(!accepted, accepted ? "accepted" : "refused");
            }),
            Fact.disputed(
                    Switch.REFRESH_TOKENS_END_WITH_THEIR_SECRET
                            .meaning()
                            .replace("A refresh", "At the token endpoint, a refresh"),
                    Switch.REFRESH_TOKENS_END_WITH_THEIR_SECRET,
                    RetirementFacts::refreshAcrossRetirement));

    private RetirementFacts() {}

    /** A client whose original secret was deleted after a second one was added. */
    private static ClientSecrets retired(Bench bench, boolean isOwn) {
        ClientSecrets client = ClientSecrets.create(bench);
        String original = client.ids().getFirst();
        client.addSecond(isOwn);
        client.remove(original);
        return client;
    }

    private static String unknown(ClientSecrets client) {
        return client.clientId() + "--1";
    }

    private static Answer listLags(Bench bench) {
        ClientSecrets client = ClientSecrets.create(bench);
        String added = client.add(null).clientSecretId();
        boolean seen = client.ids().contains(added);
        client.remove(added);
        boolean gone = !client.ids().contains(added);
        return new Answer(
                !seen || !gone,
                (seen ? "addition seen" : "addition not seen") + ", " + (gone ? "deletion seen" : "deletion not seen"));
    }

    private static Answer idsInASecond(Bench bench) {
        ClientSecrets client = ClientSecrets.create(bench);
        var first = client.add(null);
        client.remove(first.clientSecretId());
        var second = client.add(null);
        List<ClientSecretDescriptorType> live = client.list();
        var ids = new HashSet<>(List.of(first.clientSecretId(), second.clientSecretId()));
        live.forEach(secret -> ids.add(secret.clientSecretId()));
        long apart = second.clientSecretCreateDate().toEpochMilli()
                - first.clientSecretCreateDate().toEpochMilli();
        return new Answer(
                ids.size() == 3 && live.size() == 2,
                ids.toString().replace(client.clientId(), "<client id>") + ", " + apart + " ms apart");
    }

    private static Answer concurrently(Bench bench) {
        List<ClientSecrets> clients = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> ClientSecrets.create(bench))
                .toList();
        int refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS && refused == 0; round++) {
                List<Callable<Boolean>> changes = clients.stream()
                        .map(client -> (Callable<Boolean>) () -> isRefused(client))
                        .toList();
                for (Future<Boolean> change : threads.invokeAll(changes)) {
                    refused += change.get() ? 1 : 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fact.NotAsked("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Answer(refused > 0, refused + " refused");
    }

    private static boolean isRefused(ClientSecrets client) {
        try {
            client.remove(client.add(null).clientSecretId());
            return false;
        } catch (ConcurrentModificationException concurrent) {
            return true;
        } catch (SdkException other) {
            // A quota, for example: no evidence for this fact.
            return false;
        }
    }

    private static Answer refreshAcrossRetirement(Bench bench) {
        TokenClient tokens = bench.tokenClient();
        ClientSecrets client = ClientSecrets.create(bench);
        String token = tokens.refreshToken(client.clientId(), client.originalValue());
        String original = client.ids().getFirst();
        String second = client.add(null).clientSecretValue();
        boolean before = tokens.refreshes(client.clientId(), second, token);
        client.remove(original);
        boolean after = tokens.refreshes(client.clientId(), second, token);
        return new Answer(
                before && !after,
                (before ? "accepted" : "refused") + " with the second secret, " + (after ? "accepted" : "refused")
                        + " after the retirement");
    }
}
