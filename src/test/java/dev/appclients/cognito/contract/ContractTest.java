package dev.appclients.cognito.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.aws.AwsConfiguration;
import dev.appclients.cognito.aws.Quotas;
import dev.appclients.cognito.aws.cognito.RawCognito;
import dev.appclients.cognito.contract.Contract.Line;
import dev.appclients.cognito.contract.Contract.Verdict;
import dev.appclients.cognito.simulator.AppClient;
import dev.appclients.cognito.simulator.Simulator;
import dev.appclients.cognito.simulator.Switch;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the checks on the simulator: they work, distinguish the sides of each switch, and leave no client behind. */
class ContractTest {

    private static final String POOL = "eu-west-1_Contract";

    /** Longer than any check, so that the list of a lagging pool never shows a new client. */
    private static final Duration LAG = Duration.ofHours(1);

    private final Simulator simulator = Simulator.start();
    private RawCognito aws;
    private List<AppClient> before;

    @BeforeEach
    void open() {
        simulator.quotas().off();
        simulator
                .pool(POOL)
                .prefixDomain("contract")
                .resourceServer("orders", "read")
                .attribute("nickname", false, true);
        for (int i = 0; i < 12; i++) {
            simulator.createForeignClient(POOL, "foreign." + i);
        }
        before = simulator.clients(POOL);
        simulator.switches().lag(LAG);
        simulator.access().deny("*", "*", "*userpool/eu-west-1_ContractNone");
        aws = RawCognito.openSimulator(
                AwsConfiguration.DEFAULT.withEndpoint(simulator.endpoint()).withQuotas(Quotas.UNLIMITED));
    }

    @AfterEach
    void close() {
        aws.close();
        simulator.close();
    }

    @Test
    void theSimulatorAgreesWithAllFacts() {
        // Updates without latency do not overlap.
        simulator.faults().on("UpdateUserPoolClient").always().latency(Duration.ofMillis(5), Duration.ofMillis(5));

        List<Line> lines = settle();

        assertThat(lines).hasSameSizeAs(Contract.FACTS);
        assertThat(lines.stream()
                        .filter(line -> line.verdict() != Verdict.AGREES)
                        .map(ContractTest::words))
                .as("facts that the simulator does not serve or that need a pool of another tier")
                .allSatisfy(words ->
                        assertThat(words).containsAnyOf("NOT_ASKED not served here", "NOT_ASKED the tier of the pool"));
        assertNoClientRemains();
    }

    @ParameterizedTest
    @MethodSource("sides")
    void theOtherSideOfASwitchDiffersWithoutBreakingTheOperator(Fact fact) {
        Switch side = fact.side();
        simulator.switches().set(side, !side.initially());
        if (side == Switch.ROTATION_ON_LITE_IS_A_PARAMETER) {
            simulator.pool(POOL).tier("LITE");
        }
        // Changes without latency do not overlap.
        simulator.faults().on("AddUserPoolClientSecret").always().latency(Duration.ofMillis(5), Duration.ofMillis(5));
        if (side == Switch.ADD_AFTER_DELETE_LIMITED) {
            // The added secret is older than the lag, its deletion is not.
            simulator
                    .faults()
                    .on("DeleteUserPoolClientSecret")
                    .always()
                    .runBeforeCommit(() -> simulator.clock().advance(LAG));
        }
        Bench bench = bench();

        Fact.Answer answer = fact.check().check(bench);

        assertThat(answer.holds()).as(answer.said()).isEqualTo(!fact.expected());
        assertThat(new Line(fact, Verdict.DIFFERS, answer, "").breaks()).isFalse();
        simulator.switches().reset();
        assertThat(bench.cleanUp()).isEmpty();
        assertNoClientRemains();
    }

    @Test
    void aLitePoolRefusesRotation() {
        simulator.pool(POOL).tier("LITE");

        assertThat(settle().stream().filter(line -> line.fact().sentence().contains("a pool of the tier Lite")))
                .singleElement()
                .satisfies(line -> assertThat(line.verdict()).isEqualTo(Verdict.AGREES));
    }

    @Test
    void aPoolThatLimitsAdditionsAndListsOfSecretsDiffersWithoutBreakingTheOperator() {
        simulator.quotas().on();
        Fact burst = factThatStarts("Twenty lists of secrets");
        Bench bench = bench();

        assertThat(burst.check().check(bench))
                .satisfies(answer -> assertThat(answer.holds()).isFalse())
                .satisfies(answer -> assertThat(answer.said()).endsWith(" of 20 throttled"));
        assertThat(burst.reliedOn()).isFalse();
        simulator.quotas().off();
        assertThat(bench.cleanUp()).isEmpty();
    }

    @Test
    void aPoolWithoutADomainIsNotAskedAboutTokens() {
        simulator.pool("eu-west-1_NoDomain");
        Bench bench = new Bench(aws, "eu-west-1_NoDomain", Duration.ZERO);

        assertThat(Contract.settle(bench, false, line -> {}))
                .filteredOn(line -> line.fact().sentence().contains("token endpoint"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.said()).isEqualTo("the pool has no domain"));
        assertThat(bench.cleanUp()).isEmpty();
    }

    @Test
    void aCodeOfMissingPermissionThatIsSpelledOtherwiseDiffersWithoutBreakingTheOperator() {
        Fact spelling = factThatStarts("A call without permission");
        simulator.access().withoutPolicies();

        assertThatThrownBy(() -> spelling.check().check(bench())).hasMessage("the caller may call every pool");

        simulator.faults().on("ListUserPoolClientSecrets").failBeforeCommit("AccessDenied", 400, "Not authorized.");
        Fact.Answer answer = spelling.check().check(bench());
        assertThat(answer.holds()).isFalse();
        assertThat(answer.said()).isEqualTo("AccessDenied: Not authorized.");
        assertThat(spelling.reliedOn()).isFalse();
    }

    @Test
    void aPoolThatAcceptsNoSuppliedSecretBreaksNothingAndLeavesNothingOpen() {
        simulator.switches().set(Switch.SUPPLIED_SECRETS_REFUSED, true);

        assertThat(settle()).allSatisfy(line -> {
            assertThat(line.breaks()).as(words(line)).isFalse();
            assertThat(line.leavesOpen()).as(words(line)).isFalse();
        });
    }

    private static Fact factThatStarts(String words) {
        return Contract.FACTS.stream()
                .filter(fact -> fact.sentence().startsWith(words))
                .findFirst()
                .orElseThrow();
    }

    static List<Fact> sides() {
        return Contract.FACTS.stream().filter(fact -> fact.side() != null).toList();
    }

    @Test
    void everySwitchThatAPoolCanShowHasAFact() {
        assertThat(Contract.FACTS)
                .extracting(Fact::side)
                .contains(Arrays.stream(Switch.values())
                        .filter(side -> !Set.of(
                                        // The SDK drops members that it does not model.
                                        Switch.MEMBERS_UNKNOWN_TO_THE_SDK,
                                        // The caller's account, clock and keys do not depend on the pool.
                                        Switch.WRONG_ACCOUNT_LOOKS_LIKE_A_MISSING_POOL,
                                        Switch.SIGNATURE_TIME_CHECKED,
                                        Switch.UNCONFIGURED_KEYS_ACCEPTED)
                                .contains(side))
                        .toArray(Switch[]::new));
    }

    @Test
    void theReadingFactsCreateNoClient() {
        Bench bench = bench();

        List<Line> lines = Contract.settle(bench, true, line -> {});

        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(bench.creates()).isZero();
        assertThat(simulator.journal().of("CreateUserPoolClient")).isEmpty();
    }

    @Test
    void aFactThatDoesNotHoldBreaksAndSetsTheExitCode() {
        var output = new ByteArrayOutputStream();
        simulator.faults().on("CreateUserPoolClient").always().ignore("ReadAttributes");

        int code = new ContractMain(new PrintStream(output, true, StandardCharsets.UTF_8), POOL, Set.of())
                .run(aws, Duration.ZERO);

        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains(
                        "BREAKS    Lists are sets",
                        "expected: seen; the pool: does not hold ([])",
                        "All clients of this run are deleted.");
        assertThat(code).isEqualTo(1);
        assertNoClientRemains();
    }

    @Test
    void aFailedCheckSetsTheExitCode() {
        var output = new ByteArrayOutputStream();
        simulator.access().deny("*", "cognito-idp:CreateUserPoolClient", "*");

        int code = new ContractMain(new PrintStream(output, true, StandardCharsets.UTF_8), POOL, Set.of())
                .run(aws, Duration.ZERO);

        assertThat(output.toString(StandardCharsets.UTF_8)).contains("is not authorized to perform");
        assertThat(code).isEqualTo(2);
    }

    @Test
    void aPlanMakesNoCall() {
        var output = new ByteArrayOutputStream();

        int code = new ContractMain(new PrintStream(output, true, StandardCharsets.UTF_8), POOL, Set.of("--plan"))
                .run(aws, Duration.ZERO);

        assertThat(code).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8))
                .containsPattern("about \\d{2,3} calls, four a second. The run creates \\d{2} clients")
                .contains("cognito-idp:AddUserPoolClientSecret");
        assertThat(simulator.journal().entries()).isEmpty();
    }

    @Test
    void aStoppedRunLeavesNoClient() {
        Bench bench = bench();

        List<Line> lines = Contract.settle(bench, false, line -> {
            if (bench.creates() > 5) {
                bench.stop();
            }
        });

        assertThat(lines).hasSizeLessThan(Contract.FACTS.size());
        assertThat(simulator.clients(POOL)).hasSizeGreaterThan(before.size());
        assertThat(bench.cleanUp()).isEmpty();
        assertNoClientRemains();
    }

    @Test
    void aClientWhoseCreateGotNoAnswerIsDeletedToo() {
        simulator.faults().on("CreateUserPoolClient").dropAfterCommit();

        settle();

        assertNoClientRemains();
    }

    @Test
    void aSweepDeletesOnlyClientsOfEarlierRuns() {
        simulator.createForeignClient(POOL, Bench.PREFIX + "00000000.1");
        var output = new ByteArrayOutputStream();

        int code = new ContractMain(new PrintStream(output, true, StandardCharsets.UTF_8), POOL, Set.of("--sweep"))
                .run(aws, Duration.ZERO);

        assertThat(code).isZero();
        assertNoClientRemains();
    }

    private Bench bench() {
        return new Bench(aws, POOL, Duration.ZERO);
    }

    private List<Line> settle() {
        Bench bench = bench();
        List<Line> lines = Contract.settle(bench, false, line -> {});
        assertThat(bench.cleanUp()).isEmpty();
        return lines;
    }

    private void assertNoClientRemains() {
        assertThat(simulator.clients(POOL)).isEqualTo(before);
    }

    private static String words(Line line) {
        return line.verdict() + " " + line.said() + ": " + line.fact().sentence();
    }
}
