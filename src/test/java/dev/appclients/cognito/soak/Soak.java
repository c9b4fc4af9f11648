package dev.appclients.cognito.soak;

import dev.appclients.cognito.simulator.JournalEntry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Performs random steps, then judges the state. The seed determines the steps, but not the timing of threads and processes. */
final class Soak implements AutoCloseable {

    private static final Duration SHUTDOWN_DELAY = Duration.ofSeconds(1);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(20);
    private static final int SHOWN = 20;

    private final SoakOptions options;
    private final OperationLog log;
    private final PrintStream out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final World world;
    private final Operators operators;
    private final StepRunner runner;
    private final Map<String, Integer> creates = new HashMap<>();
    private final List<Finding> findings = new ArrayList<>();
    private long calls;
    private long lastSeq;
    private int steps;
    private Duration spoken = Duration.ZERO;

    Soak(SoakOptions options, OperationLog log, PrintStream out) {
        this.options = options;
        this.log = log;
        this.out = out;
        this.world = new World();
        this.operators = new Operators(world.simulator.endpoint(), options.processEvery());
        this.runner = new StepRunner(world, operators);
    }

    /** Runs the soak. Returns the violations. */
    List<Finding> run() {
        try {
            return performAndJudge();
        } catch (RuntimeException broken) {
            // At Ctrl-C, the control plane may end before the stop is noticed.
            pause(SHUTDOWN_DELAY);
            if (isStopped()) {
                return findings;
            }
            findings.add(new Finding("the soak itself", "failed: " + broken));
            broken.printStackTrace(out);
            return findings;
        }
    }

    private List<Finding> performAndJudge() {
        performSteps();
        if (isStopped()) {
            return findings;
        }
        FinalChecks checks = new FinalChecks(world, operators, runner, options);
        printProgress("the faults stop");
        checks.stopFaults();
        findings.addAll(checks.judgeWithBlockers());
        countCalls();
        printProgress("the blockers are removed");
        checks.removeBlockers();
        findings.addAll(checks.judgeWithoutBlockers());
        countCalls();
        findings.addAll(checks.creates(creates));
        return findings;
    }

    private void performSteps() {
        Random random = new Random(options.seed());
        while (steps < options.steps() && log.elapsed().compareTo(options.atMost()) < 0 && !isStopped()) {
            Step step = Step.drawn(random, ++steps, options.clients(), options.longestPause());
            if (steps <= options.clients()) {
                // Creates an object in every slot first.
                step = new Step(steps, Step.Kind.APPLY, steps - 1, step.first(), step.second(), Duration.ZERO);
            }
            if (operators.restartIfCrashed()) {
                log.write("      crashed; operator", Integer.toString(operators.count()));
            }
            log.write(step, runner.perform(step));
            pause(step.pause());
            if (steps % 100 == 0) {
                countCalls();
                // Limits the memory of the journal, which has been counted.
                world.simulator.journal().clear();
            }
            if (log.elapsed().minus(spoken).compareTo(PROGRESS_INTERVAL) > 0) {
                spoken = log.elapsed();
                printProgress(steps + " steps");
            }
        }
    }

    /** Counts the calls to Cognito since the last time. */
    private void countCalls() {
        List<JournalEntry> fresh = world.simulator.journal().since(lastSeq);
        for (JournalEntry entry : fresh) {
            lastSeq = entry.seq();
            calls++;
            String name = String.valueOf(entry.clientName());
            if (entry.operation().equals("CreateUserPoolClient") && entry.committed() && name.contains(".")) {
                creates.merge(name.substring(name.lastIndexOf('.')), 1, Integer::sum);
            }
        }
    }

    private void pause(Duration time) {
        try {
            var unused = stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    /** Ends the soak after the current step, without a judgement. */
    void stop() {
        stopped.countDown();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void printProgress(String what) {
        var objects = world.snapshot().objects();
        long ready = objects.stream().filter(Oracle::isReady).count();
        out.printf(
                Locale.ROOT,
                "%s  %s; %d objects, %d Ready; operator %d; %d calls to Cognito%n",
                log.at(),
                what,
                objects.size(),
                ready,
                operators.count(),
                calls);
    }

    /** Prints the steps and the findings, with the log lines of each affected object. */
    void report() {
        out.printf(
                Locale.ROOT,
                "%nseed %d: %d steps, %d objects, %d operators, %d calls to Cognito, %d foreign clients%n",
                options.seed(),
                steps,
                world.ledger.histories.size(),
                operators.count(),
                calls,
                world.ledger.foreignClients.size());
        out.println("steps: " + world.ledger.counts);
        if (findings.isEmpty()) {
            out.println(isStopped() ? "stopped before the end: not judged" : "no findings");
            return;
        }
        out.println(findings.size() + " findings:");
        findings.stream().limit(SHOWN).forEach(finding -> {
            out.println("  " + finding);
            String name = finding.input().substring(finding.input().indexOf('/') + 1);
            log.about(name).forEach(line -> out.println("      " + line));
        });
        out.println("operations: " + log.file());
        out.println("to repeat the steps: " + options.replay(steps));
        out.println("(not repeatable: the timing of threads and processes, ids, and the calls that failures hit)");
    }

    @Override
    public void close() {
        operators.close();
        if (isStopped()) {
            // Ctrl-C also ends the control plane, so there is nothing to clean up.
            world.abandon();
        } else {
            world.close();
        }
        log.close();
    }
}
