package dev.appclients.cognito.contract;

import static dev.appclients.cognito.contract.Bench.is;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.simulator.Switch;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ClientSecretDescriptorType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TooManyRequestsException;

/** Facts about added and listed secrets, on which a rotation relies. */
final class SecretFacts {

    private static final int BURST = 20;

    static final List<Fact> ALL = List.of(
            Fact.documented("The id of a secret is the client's id, two dashes, and its creation time.", bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                List<String> ids = client.ids();
                boolean shaped = ids.size() == 1 && ids.getFirst().matches(client.clientId() + "--\\d+");
                return new Answer(shaped, ids.toString().replace(client.clientId(), "<client id>"));
            }),
            Fact.open("The creation time of a secret is the second in its id.", bench -> {
                ClientSecretDescriptorType only =
                        ClientSecrets.create(bench).list().getFirst();
                String suffix = only.clientSecretId().replaceFirst(".*--", "");
                return new Answer(
                        suffix.equals(
                                String.valueOf(only.clientSecretCreateDate().getEpochSecond())),
                        suffix + ", " + only.clientSecretCreateDate());
            }),
            Fact.open("The secret that is created with a client has the creation time of the client.", bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                Duration apart = Duration.between(
                        bench.describe(client.clientId()).creationDate(),
                        client.list().getFirst().clientSecretCreateDate());
                return new Answer(apart.abs().compareTo(Duration.ofSeconds(1)) <= 0, apart + " apart");
            }),
            Fact.documented(
                    "The answer to the creation of a second secret has its value.",
                    bench -> is(true, ClientSecrets.create(bench).add(null).clientSecretValue() != null)),
            Fact.documented("A list of secrets has no values.", bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.add(null);
                return is(
                        List.of(),
                        client.list().stream()
                                .map(ClientSecretDescriptorType::clientSecretValue)
                                .filter(Objects::nonNull)
                                .map(value -> "a value")
                                .toList());
            }),
            Fact.disputed(Switch.SECRETS_ONE_PER_PAGE, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.add(null);
                int first = client.page(null).clientSecrets().size();
                return new Answer(first == 1, first + " in the first page");
            }),
            Fact.documented("A third secret is refused.", bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.add(null);
                return bench.refused("AddUserPoolClientSecret", () -> client.add(null), FailureKind.SECRET_LIMIT);
            }),
            Fact.disputed(Switch.SUPPLIED_SECRETS_REFUSED, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                return bench.refused(
                        "AddUserPoolClientSecret",
                        () -> client.add(ClientSecrets.OWN),
                        FailureKind.SECRET_NOT_ADDED,
                        FailureKind.UNKNOWN_REFUSAL);
            }),
            Fact.documented(
                    "The answer to the addition of a secret that the caller chose has no value.",
                    bench -> is(null, ClientSecrets.create(bench).addOwn().clientSecretValue())),
            Fact.disputed(Switch.SECRET_VALUES_ARE_UNIQUE, bench -> {
                ClientSecrets client = ClientSecrets.create(bench);
                client.remove(client.addOwn().clientSecretId());
                return bench.refused(
                        "AddUserPoolClientSecret",
                        () -> client.add(ClientSecrets.OWN),
                        FailureKind.SECRET_NOT_ADDED,
                        FailureKind.UNKNOWN_REFUSAL);
            }),
            Fact.documented("A client that was created without a secret cannot get one.", bench -> {
                ClientSecrets open = ClientSecrets.ofPublicClient(bench);
                return bench.refused("AddUserPoolClientSecret", () -> open.add(null), ClientSecrets.REFUSALS);
            }),
            Fact.disputed(Switch.INELIGIBLE_CLIENT_IS_ACCESS_DENIED, bench -> {
                ClientSecrets open = ClientSecrets.ofPublicClient(bench);
                Answer any = bench.refused("AddUserPoolClientSecret", () -> open.add(null), ClientSecrets.REFUSALS);
                return new Answer(any.said().startsWith("AccessDenied"), any.said());
            }),
            Fact.disputed(Switch.NEWEST_SECRET_DESCRIBED, bench -> described(bench, false)),
            Fact.open(
                    "With a second secret that the caller chose, a description shows the one that was created with the"
                            + " client.",
                    bench -> {
                        Answer newest = described(bench, true);
                        return new Answer(newest.said().equals("the first"), newest.said());
                    }),
            Fact.open("Twenty lists of secrets at once are not throttled.", SecretFacts::burst),
            Fact.open("A call without permission is refused with the code AccessDeniedException.", SecretFacts::denied)
                    .byReading());

    private SecretFacts() {}

    /** Holds if a description shows the second of two secrets. */
    private static Answer described(Bench bench, boolean isOwn) {
        ClientSecrets client = ClientSecrets.create(bench);
        client.addSecond(isOwn);
        String shown = client.described();
        boolean first = client.originalValue().equals(shown);
        return new Answer(!first && shown != null, first ? "the first" : shown == null ? "none" : "the second");
    }

    /** Asks for a pool that does not exist. IAM answers first, if the caller may call only the pool of the checks. */
    private static Answer denied(Bench bench) {
        Answer refused = bench.refused(
                "ListUserPoolClientSecrets",
                () -> bench.call(() -> bench.sdk()
                        .listUserPoolClientSecrets(r ->
                                r.userPoolId(bench.region() + "_ContractNone").clientId("none"))),
                FailureKind.ACCESS_DENIED);
        if (!refused.holds()) {
            throw new Fact.NotAsked("the caller may call every pool");
        }
        return new Answer(refused.said().startsWith("AccessDeniedException:"), refused.said());
    }

    /** The quota of clients allows 15 calls a second in an account, and five on a pool. */
    private static Answer burst(Bench bench) {
        ClientSecrets client = ClientSecrets.create(bench);
        client.ids();
        int throttled = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> lists = IntStream.range(0, BURST)
                    .mapToObj(i -> (Callable<Boolean>) () -> isThrottled(client))
                    .toList();
            for (Future<Boolean> list : threads.invokeAll(lists)) {
                throttled += list.get() ? 1 : 0;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fact.NotAsked("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Answer(throttled == 0, throttled + " of " + BURST + " throttled");
    }

    private static boolean isThrottled(ClientSecrets client) {
        try {
            client.page(null);
            return false;
        } catch (TooManyRequestsException throttled) {
            return true;
        } catch (SdkException other) {
            return false;
        }
    }
}
