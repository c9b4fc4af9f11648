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

/** A storm and what comes after it. Steps come from the seed; only the timing of threads and processes does not. */
final class Soak implements AutoCloseable {

    private static final Duration UNTIL_HEARD = Duration.ofSeconds(1);
    private static final Duration BETWEEN_WORDS = Duration.ofSeconds(20);
    private static final int SHOWN = 20;

    private final SoakOptions options;
    private final OperationLog log;
    private final PrintStream out;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final World world;
    private final Lives lives;
    private final Performer performer;
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
        this.lives = new Lives(world.simulator.endpoint(), options.processEvery());
        this.performer = new Performer(world, lives);
    }

    /** All of it; what is not as it must be. */
    List<Finding> run() {
        try {
            return stormAndJudge();
        } catch (RuntimeException broken) {
            // At Ctrl-C the control plane may be gone before we hear of it.
            pause(UNTIL_HEARD);
            if (isStopped()) {
                return findings;
            }
            findings.add(new Finding("the soak itself", "it broke off: " + broken));
            broken.printStackTrace(out);
            return findings;
        }
    }

    private List<Finding> stormAndJudge() {
        storm();
        if (isStopped()) {
            return findings;
        }
        Aftermath aftermath = new Aftermath(world, lives, performer, options);
        say("the faults stop");
        aftermath.calm();
        findings.addAll(aftermath.judgeAsItIs());
        takeStock();
        say("what is in the way is mended");
        aftermath.mend();
        findings.addAll(aftermath.judgeMended());
        takeStock();
        findings.addAll(aftermath.creates(creates));
        return findings;
    }

    private void storm() {
        Random random = new Random(options.seed());
        while (steps < options.steps() && log.elapsed().compareTo(options.atMost()) < 0 && !isStopped()) {
            Step step = Step.drawn(random, ++steps, options.clients(), options.longestPause());
            if (steps <= options.clients()) {
                // First every place is filled.
                step = new Step(steps, Step.Kind.APPLY, steps - 1, step.first(), step.second(), Duration.ZERO);
            }
            if (lives.succeedIfDead()) {
                log.write("      it died; life", Integer.toString(lives.count()));
            }
            log.write(step, performer.perform(step));
            pause(step.pause());
            if (steps % 100 == 0) {
                takeStock();
                // It would grow for as long as the soak lasts; what it tells has been taken down.
                world.simulator.journal().clear();
            }
            if (log.elapsed().minus(spoken).compareTo(BETWEEN_WORDS) > 0) {
                spoken = log.elapsed();
                say(steps + " steps");
            }
        }
    }

    /** Counts what Cognito was asked since the last time. */
    private void takeStock() {
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

    /** The storm ends with the step under way, and nothing is judged. */
    void stop() {
        stopped.countDown();
    }

    private boolean isStopped() {
        return stopped.getCount() == 0;
    }

    private void say(String what) {
        var objects = world.snapshot().objects();
        long ready = objects.stream().filter(Judge::isReady).count();
        out.printf(
                Locale.ROOT,
                "%s  %s; %d objects, %d Ready; life %d; %d calls to Cognito%n",
                log.at(),
                what,
                objects.size(),
                ready,
                lives.count(),
                calls);
    }

    /** What was done, and what was found, with the operations on each object that is not as it must be. */
    void report() {
        out.printf(
                Locale.ROOT,
                "%nseed %d: %d steps, %d objects in all, %d lives of the operator, %d calls to Cognito, %d strangers%n",
                options.seed(),
                steps,
                world.ledger.pasts.size(),
                lives.count(),
                calls,
                world.ledger.strangers.size());
        out.println("done: " + world.ledger.counts);
        if (findings.isEmpty()) {
            out.println(isStopped() ? "stopped before the end: nothing was judged" : "everything is as it must be");
            return;
        }
        out.println(findings.size() + " findings:");
        findings.stream().limit(SHOWN).forEach(finding -> {
            out.println("  " + finding);
            String name = finding.subject().substring(finding.subject().indexOf('/') + 1);
            log.about(name).forEach(line -> out.println("      " + line));
        });
        out.println("operations: " + log.file());
        out.println("the same steps again: " + options.replay(steps));
        out.println("(not the same again: when threads and processes run, ids, and which call a trouble meets)");
    }

    @Override
    public void close() {
        lives.close();
        if (isStopped()) {
            // Ctrl-C ends the control plane at the same time, and with it all that there would be to tidy up.
            world.abandon();
        } else {
            world.close();
        }
        log.close();
    }
}
