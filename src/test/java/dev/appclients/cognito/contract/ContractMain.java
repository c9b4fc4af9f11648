package dev.appclients.cognito.contract;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.contract.Contract.Line;
import dev.appclients.cognito.contract.Contract.Verdict;
import dev.appclients.cognito.simulator.Simulator;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** Checks the facts on a real user pool: {@code make contract POOL=…}. */
public final class ContractMain {

    private static final String USAGE = """
            make contract POOL=<user pool id> [ARGS="--only-reading | --plan | --sweep"]
              --only-reading  runs only the checks that create no client
              --plan          prints the plan and makes no call
              --sweep         only deletes the clients that an earlier run left behind""";

    private static final Set<String> OPTIONS = Set.of("--only-reading", "--plan", "--sweep");
    private static final Pattern POOL_ID = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d_[0-9A-Za-z]+");

    /** Four calls a second: a pool allows five of each operation, and the account has other users. */
    private static final Duration PACE = Duration.ofMillis(250);

    private static final int CLEAN_UP_SECONDS = 120;

    private final PrintStream out;
    private final String poolId;
    private final Set<String> options;

    ContractMain(PrintStream out, String poolId, Set<String> options) {
        this.out = out;
        this.poolId = poolId;
        this.options = options;
    }

    public static void main(String[] words) {
        List<String> arguments =
                Arrays.stream(words).filter(word -> !word.isBlank()).toList();
        boolean right = !arguments.isEmpty()
                && POOL_ID.matcher(arguments.getFirst()).matches()
                && OPTIONS.containsAll(arguments.subList(1, arguments.size()));
        if (!right) {
            System.err.println("make contract: POOL is missing, or an option is unknown.\n" + USAGE);
            System.exit(2);
        }
        Set<String> options = Set.copyOf(arguments.subList(1, arguments.size()));
        ContractMain contract = new ContractMain(System.out, arguments.getFirst(), options);
        int code;
        try (RawCognito aws = RawCognito.open(AwsConfiguration.DEFAULT)) {
            code = contract.run(aws, PACE);
        } catch (SdkException refused) {
            System.err.println("make contract: " + refused.getMessage());
            code = 2;
        }
        System.exit(code);
    }

    /**
     * Returns 1 if a fact that the operator relies on does not hold; 2 if a check of one failed, or a client could not be deleted;
     * otherwise 0.
     */
    int run(RawCognito aws, Duration pace) {
        printPlan();
        if (options.contains("--plan")) {
            return 0;
        }
        Bench bench = new Bench(aws, poolId, pace);
        var caller = bench.call(() -> aws.sts(bench.region()).getCallerIdentity());
        out.printf("As %s.%n%n", caller.arn());
        return options.contains("--sweep") ? sweep(bench) : settle(bench);
    }

    /** Counts the calls by a rehearsal on a simulator. */
    private void printPlan() {
        Bench rehearsal = rehearse();
        out.printf(
                Locale.ROOT,
                "Pool %s: about %d calls, four a second. The run creates %d clients, named %s…, and deletes them.%n"
                        + "It changes nothing else in the pool. It needs these IAM actions on the pool:%n  %s%n",
                poolId,
                rehearsal.calls(),
                rehearsal.creates(),
                Bench.PREFIX,
                String.join(", ", actions()));
    }

    private Bench rehearse() {
        try (Simulator simulator = Simulator.start()) {
            simulator.quotas().off();
            simulator.pool(poolId).prefixDomain("contract").resourceServer("orders", "read");
            var configuration =
                    AwsConfiguration.DEFAULT.withEndpoint(simulator.endpoint()).withQuotas(Quotas.UNLIMITED);
            try (RawCognito aws = RawCognito.openSimulator(configuration)) {
                Bench bench = new Bench(aws, poolId, Duration.ZERO);
                Contract.settle(bench, options.contains("--only-reading"), line -> {});
                bench.cleanUp();
                return bench;
            }
        }
    }

    private List<String> actions() {
        List<String> reading = List.of(
                "cognito-idp:DescribeUserPool",
                "cognito-idp:DescribeUserPoolClient",
                "cognito-idp:ListUserPoolClients",
                "cognito-idp:DescribeUserPoolDomain (on *)");
        List<String> writing = List.of(
                "cognito-idp:CreateUserPoolClient",
                "cognito-idp:UpdateUserPoolClient",
                "cognito-idp:DeleteUserPoolClient",
                "cognito-idp:ListResourceServers",
                "cognito-idp:AddUserPoolClientSecret",
                "cognito-idp:ListUserPoolClientSecrets",
                "cognito-idp:DeleteUserPoolClientSecret");
        List<String> all = new ArrayList<>(reading);
        if (!options.contains("--only-reading")) {
            all.addAll(writing);
        }
        return all;
    }

    private int settle(Bench bench) {
        var over = new CountDownLatch(1);
        Thread hook = cleanUpAtCtrlC(bench, over);
        List<Line> lines;
        int left;
        try {
            lines = Contract.settle(bench, options.contains("--only-reading"), this::print);
        } finally {
            left = cleanUp(bench);
            over.countDown();
            forget(hook);
        }
        long breaks = lines.stream().filter(Line::breaks).count();
        out.printf(
                Locale.ROOT,
                "%n%d agree, %d differ, %d not asked, %d failed. The operator relies on %d of those that differ.%n",
                count(lines, Verdict.AGREES),
                count(lines, Verdict.DIFFERS),
                count(lines, Verdict.NOT_ASKED),
                count(lines, Verdict.FAILED),
                breaks);
        if (breaks > 0) {
            return 1;
        }
        return left == 0 && lines.stream().noneMatch(Line::leavesOpen) ? 0 : 2;
    }

    private void print(Line line) {
        Fact fact = line.fact();
        String side =
                fact.side() == null ? fact.trust().toString() : fact.side() + " is " + (fact.expected() ? "on" : "off");
        out.printf(
                "%-9s %s%n          expected: %s; the pool: %s%n",
                line.breaks()
                        ? "BREAKS"
                        : line.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                fact.sentence(),
                fact.side() == null ? side : "simulator's " + side,
                line.answer() == null
                        ? line.said()
                        : (line.answer().holds() ? "holds" : "does not hold") + " (" + line.said() + ")");
    }

    private int cleanUp(Bench bench) {
        Set<String> left = bench.cleanUp();
        out.println(
                left.isEmpty()
                        ? "\nAll clients of this run are deleted."
                        : "\nNot deleted: " + left + "; 'make contract POOL=" + poolId
                                + " ARGS=--sweep' deletes them.");
        return left.size();
    }

    private int sweep(Bench bench) {
        var leftovers = bench.leftovers();
        leftovers.forEach(client -> {
            bench.delete(client.clientId());
            out.println("deleted " + client.clientId() + " " + client.clientName());
        });
        out.println(leftovers.size() + " clients of earlier runs");
        return 0;
    }

    /** On the shutdown of the JVM: ends after the current check, and waits for the deletion of the clients. */
    private static Thread cleanUpAtCtrlC(Bench bench, CountDownLatch over) {
        Thread hook = new Thread(
                () -> {
                    bench.stop();
                    try {
                        var unused = over.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "contract-clean-up");
        Runtime.getRuntime().addShutdownHook(hook);
        return hook;
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The JVM shuts down, and the hook waits for this thread.
        }
    }

    private static long count(List<Line> lines, Verdict verdict) {
        return lines.stream().filter(line -> line.verdict() == verdict).count();
    }
}
