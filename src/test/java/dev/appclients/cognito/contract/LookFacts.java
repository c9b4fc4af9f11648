package dev.appclients.cognito.contract;

import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.contract.Fact.NotAsked;
import dev.appclients.cognito.failure.AwsCallException;
import dev.appclients.cognito.failure.FailureKind;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.PoolAccess;
import dev.appclients.cognito.model.PoolId;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Drift;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ConcurrentModificationException;

/** Facts about reads, missing objects and concurrency; and the life of a client through the operator's adapter. */
final class LookFacts {

    private static final int DEFAULT_PAGE = 10;
    private static final int AT_ONCE = 6;
    private static final int ROUNDS = 4;

    static final List<Fact> ALL = List.of(
            Fact.documented("A missing pool is distinguished from a missing client.", bench -> {
                        String other = bench.region() + "_NoSuchPool";
                        return bench.refused(
                                "DescribeUserPool",
                                () -> bench.call(() -> bench.sdk().describeUserPool(r -> r.userPoolId(other))),
                                FailureKind.POOL_NOT_FOUND);
                    })
                    .byReading(),
            Fact.documented(
                            "A missing client is distinguished from a missing pool.",
                            bench -> bench.refused(
                                    "DescribeUserPoolClient",
                                    () -> bench.describe("1nosuchclient1nosuchclient1"),
                                    FailureKind.CLIENT_NOT_FOUND))
                    .byReading(),
            Fact.disputed(Switch.WRONG_REGION_IS_NOT_ENABLED, bench -> {
                        String elsewhere = bench.region().equals("eu-west-1") ? "eu-central-1" : "eu-west-1";
                        return bench.refused(
                                "DescribeUserPool",
                                () -> bench.call(
                                        () -> bench.sdk(elsewhere).describeUserPool(r -> r.userPoolId(bench.poolId()))),
                                FailureKind.NOT_ENABLED);
                    })
                    .byReading(),
            Fact.disputed(Switch.SHORT_DEFAULT_PAGES, bench -> {
                        int all = bench.pages(60).stream().mapToInt(List::size).sum();
                        if (all <= DEFAULT_PAGE) {
                            throw new NotAsked("the pool has only " + all + " clients");
                        }
                        int first = bench.pages(null).getFirst().size();
                        return new Answer(first <= DEFAULT_PAGE, first + " in the first page");
                    })
                    .byReading(),
            Fact.disputed(Switch.EMPTY_LIST_PAGES, bench -> {
                        var pages = bench.pages(1);
                        if (pages.size() < 3) {
                            throw new NotAsked("the pool has only " + pages.size() + " clients");
                        }
                        long empty = pages.subList(0, pages.size() - 1).stream()
                                .filter(List::isEmpty)
                                .count();
                        return new Answer(empty > 0, empty + " of " + pages.size() + " pages");
                    })
                    .byReading(),
            Fact.documented("The operator reads the facts of a pool.", bench -> {
                        var facts = bench.call(() -> bench.adapter().describePool(bench.access(), null));
                        return new Answer(facts.arn().poolId().value().equals(bench.poolId()), facts.issuer());
                    })
                    .byReading(),
            Fact.disputed(Switch.LIST_LAGS, bench -> {
                String id = bench.create(r -> r).clientId();
                boolean seen = bench.pages(60).stream()
                        .flatMap(List::stream)
                        .anyMatch(client -> client.clientId().equals(id));
                return new Answer(!seen, seen ? "listed at once" : "not in the first List after it");
            }),
            Fact.disputed(Switch.DESCRIBE_LAGS, bench -> {
                String id = bench.create(r -> r).clientId();
                return bench.refused("DescribeUserPoolClient", () -> bench.describe(id), FailureKind.CLIENT_NOT_FOUND);
            }),
            Fact.documented("A deleted client does not exist.", bench -> {
                String id = bench.create(r -> r).clientId();
                bench.delete(id);
                return bench.refused(
                        "DeleteUserPoolClient",
                        () -> {
                            bench.delete(id);
                            return id;
                        },
                        FailureKind.CLIENT_NOT_FOUND);
            }),
            Fact.open(
                    "Some of several concurrent updates in one pool are refused as concurrent.",
                    LookFacts::concurrently),
            Fact.documented(
                    "Settings that the operator's adapter writes read back without drift, before and after an"
                            + " update. A listing finds the client by its name suffix.",
                    LookFacts::wholeWay));

    private LookFacts() {}

    private static Answer concurrently(Bench bench) {
        List<String> ids = IntStream.range(0, AT_ONCE)
                .mapToObj(i -> bench.create(r -> r).clientId())
                .toList();
        int refused = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS && refused == 0; round++) {
                List<Callable<Boolean>> updates = ids.stream()
                        .map(id -> (Callable<Boolean>) () -> isRefused(bench, id))
                        .toList();
                for (Future<Boolean> update : threads.invokeAll(updates)) {
                    refused += update.get() ? 1 : 0;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotAsked("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
        return new Answer(refused > 0, refused + " refused");
    }

    private static boolean isRefused(Bench bench, String id) {
        try {
            bench.update(id, r -> r.clientName(bench.name()));
            return false;
        } catch (ConcurrentModificationException concurrent) {
            return true;
        } catch (SdkException other) {
            // A quota, for example: no evidence for this fact.
            return false;
        }
    }

    private static Answer wholeWay(Bench bench) {
        String uid = UUID.randomUUID().toString();
        AppClients clients = bench.adapter();
        PoolAccess access = new PoolAccess(new PoolId(bench.poolId()), null, null, "contract");
        DesiredClient first = desired(bench, uid, """
                appType: Confidential
                allowedOAuthFlows: [code]
                allowedOAuthScopes: [openid, email]
                callbackURLs: ["https://b.example.com/", "https://a.example.com/?x=ü"]
                logoutURLs: ["https://a.example.com/bye"]
                supportedIdentityProviders: [COGNITO]
                accessTokenValidity: 90m
                """);
        AppClient created = bench.call(() -> clients.create(access, first.settings(), true, () -> true));
        bench.own(created.clientId());
        AppClient seen = bench.call(() -> clients.describe(access, created.clientId(), Priority.USER));
        DesiredClient second = desired(bench, uid, """
                appType: Confidential
                accessTokenValidity: 5m
                preventUserExistenceErrors: LEGACY
                """, first.settings().clientName());
        AppClient updated = bench.call(() -> clients.update(access, created.clientId(), second.settings(), () -> true));
        var found = bench.call(() -> clients.findByNameSuffix(
                access,
                first.settings()
                        .clientName()
                        .substring(first.settings().clientName().lastIndexOf('.')),
                Instant.EPOCH));
        bench.call(() -> {
            clients.delete(access, created.clientId(), () -> true);
            return created;
        });
        String gone;
        try {
            bench.call(() -> clients.describe(access, created.clientId(), Priority.USER));
            gone = "still there after its deletion";
        } catch (AwsCallException failed) {
            gone = failed.failure().kind() == FailureKind.CLIENT_NOT_FOUND ? "" : failed.getMessage();
        }
        String said = Drift.between(first.settings(), seen.settings()) + ", "
                + Drift.between(second.settings(), updated.settings()) + ", found "
                + found.clientIds().size() + " " + gone;
        return new Answer(said.strip().equals("[], [], found 1"), said.strip());
    }

    private static DesiredClient desired(Bench bench, String uid, String spec) {
        return desired(bench, uid, spec, bench.name() + ".");
    }

    /** @param name up to the dot before the characters of the UID */
    private static DesiredClient desired(Bench bench, String uid, String spec, String name) {
        String shown = name.substring(0, name.lastIndexOf('.'));
        return DesiredClient.of(
                Serialization.unmarshal("clientName: " + shown + "\n" + spec, UserPoolClientSpec.class),
                "contract",
                bench.poolId(),
                uid);
    }
}
