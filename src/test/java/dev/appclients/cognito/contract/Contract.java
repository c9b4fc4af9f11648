package dev.appclients.cognito.contract;

import dev.appclients.cognito.contract.Fact.Answer;
import dev.appclients.cognito.contract.Fact.NotAsked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All facts, and their check on a pool. */
final class Contract {

    static final List<Fact> FACTS = Stream.of(
                    LookFacts.ALL, EchoFacts.ALL, RuleFacts.ALL, SecretFacts.ALL, RetirementFacts.ALL)
            .flatMap(List::stream)
            .toList();

    /** The comparison of an answer with the expectation. */
    enum Verdict {
        AGREES,
        DIFFERS,
        NOT_ASKED,
        FAILED
    }

    /**
     * One line of the result.
     *
     * @param said the observation, or the reason why the fact was not checked
     */
    record Line(Fact fact, Verdict verdict, @Nullable Answer answer, String said) {

        /** Whether the operator relies on a fact that does not hold on this pool. */
        boolean breaks() {
            return verdict == Verdict.DIFFERS && fact.reliedOn();
        }

        /** Whether the check of a fact that the operator relies on failed. */
        boolean leavesOpen() {
            return verdict == Verdict.FAILED && fact.reliedOn();
        }
    }

    private Contract() {}

    /** Checks the facts one after another until the bench is stopped, and passes each line to the consumer. */
    static List<Line> settle(Bench bench, boolean onlyReading, Consumer<Line> each) {
        List<Line> lines = new ArrayList<>();
        for (Fact fact : FACTS) {
            if (onlyReading && !fact.reading()) {
                continue;
            }
            Line line;
            try {
                Answer answer = fact.check().check(bench);
                boolean agrees = answer.holds() == fact.expected();
                line = new Line(fact, agrees ? Verdict.AGREES : Verdict.DIFFERS, answer, answer.said());
            } catch (NotAsked why) {
                line = new Line(fact, Verdict.NOT_ASKED, null, String.valueOf(why.getMessage()));
            } catch (CancellationException stopped) {
                return lines;
            } catch (RuntimeException failed) {
                // An unexpected answer, or none.
                line = new Line(fact, Verdict.FAILED, null, failed.toString());
            }
            lines.add(line);
            each.accept(line);
        }
        return lines;
    }
}
