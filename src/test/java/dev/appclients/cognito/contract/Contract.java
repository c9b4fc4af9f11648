package dev.appclients.cognito.contract;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.contract.Fact.NotAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All the facts, and what a pool says to each. */
final class Contract {

    static final List<Fact> FACTS = Stream.of(LookFacts.ALL, EchoFacts.ALL, RuleFacts.ALL, SecretFacts.ALL)
            .flatMap(List::stream)
            .toList();

    /** How an answer stands to what is believed. */
    enum Verdict {
        AGREES,
        DIFFERS,
        NOT_ASKED,
        FAILED
    }

    /**
     * One line of the result.
     *
     * @param said what the pool did, or why nothing was asked
     */
    record Line(Fact fact, Verdict verdict, @Nullable Answer answer, String said) {

        /** Whether the operator is wrong on this pool. */
        boolean breaks() {
            return verdict == Verdict.DIFFERS && fact.reliedOn();
        }

        /** Whether it is not known if the operator is wrong on this pool. */
        boolean leavesOpen() {
            return verdict == Verdict.FAILED && fact.reliedOn();
        }
    }

    private Contract() {}

    /** Puts the questions one after another, until the bench is stopped; tells of each line. */
    static List<Line> settle(Bench bench, boolean onlyReading, Consumer<Line> each) {
        List<Line> lines = new ArrayList<>();
        for (Fact fact : FACTS) {
            if (onlyReading && !fact.reading()) {
                continue;
            }
            Line line;
            try {
                Answer answer = fact.question().ask(bench);
                boolean agrees = answer.holds() == fact.expected();
                line = new Line(fact, agrees ? Verdict.AGREES : Verdict.DIFFERS, answer, answer.said());
            } catch (NotAsked why) {
                line = new Line(fact, Verdict.NOT_ASKED, null, String.valueOf(why.getMessage()));
            } catch (CancellationException stopped) {
                return lines;
            } catch (RuntimeException failed) {
                // An answer that nobody has thought of, or none at all.
                line = new Line(fact, Verdict.FAILED, null, failed.toString());
            }
            lines.add(line);
            each.accept(line);
        }
        return lines;
    }
}
