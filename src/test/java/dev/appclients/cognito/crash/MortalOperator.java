package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.OperatorSettings;
import dev.appclients.cognito.crash.Strike.Deed;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiPredicate;

/** One life of an operator behind a border, for those outside this package who make it hard. */
public final class MortalOperator implements AutoCloseable {

    /** What can befall a call that it makes. */
    public enum Trouble {
        DEATH_BEFORE,
        DEATH_AFTER,
        ANSWER_LOST,
        CONNECTION_BROKEN,
        CONFLICT,
        TOO_MANY_REQUESTS,
        UNAVAILABLE,
        UNAVAILABLE_AFTER_THE_CHANGE
    }

    private static final BiPredicate<Call, Message> ANY = (call, request) -> true;
    private static final BiPredicate<Call, Message> KUBERNETES = (call, request) -> call.api() == Call.Api.KUBERNETES;
    private static final BiPredicate<Call, Message> KUBERNETES_WRITE =
            KUBERNETES.and((call, request) -> !request.word(0).equals("GET"));

    private final Border border;
    private final Scene.Life life;
    private boolean buried;

    private MortalOperator(URI cognito, OperatorSettings settings, Mood mood, Scene.Birth birth) {
        border = new Border(cognito, mood);
        try {
            life = birth.behind(border, settings);
        } catch (RuntimeException stillborn) {
            border.close();
            throw stillborn;
        }
    }

    /**
     * Starts one in this process; its death is an end of everything that it says to anybody.
     *
     * @param watchesLate how long each event of its watches is under way
     * @param watchesTwice whether each event comes twice
     */
    public static MortalOperator inThisProcess(
            URI cognito, OperatorSettings settings, Duration watchesLate, boolean watchesTwice) {
        return new MortalOperator(cognito, settings, new Mood(watchesLate, watchesTwice), Scene::inThisProcess);
    }

    /** Starts one in a process of its own, which knows of the settings only when a create settles; it dies by SIGKILL. */
    public static MortalOperator inAProcessOfItsOwn(URI cognito, OperatorSettings settings) {
        return new MortalOperator(cognito, settings, Mood.GOOD, Killable::new);
    }

    /** The nth call from now on that can have this trouble has it: a conflict only a write, the others but death any on Kubernetes. */
    public void trouble(Trouble trouble, int nth) {
        border.arm(
                switch (trouble) {
                    case DEATH_BEFORE -> strike(trouble, ANY, nth, new Deed.DieBefore());
                    case DEATH_AFTER -> strike(trouble, ANY, nth, new Deed.DieAfter());
                    case ANSWER_LOST -> strike(trouble, KUBERNETES, nth, new Deed.LoseAnswer());
                    case CONNECTION_BROKEN -> strike(trouble, KUBERNETES, nth, new Deed.Break());
                    case CONFLICT -> strike(trouble, KUBERNETES_WRITE, nth, new Deed.Say(status(409, "Conflict")));
                    case TOO_MANY_REQUESTS ->
                        strike(trouble, KUBERNETES, nth, new Deed.Say(status(429, "TooManyRequests")));
                    case UNAVAILABLE ->
                        strike(trouble, KUBERNETES, nth, new Deed.Say(status(503, "ServiceUnavailable")));
                    case UNAVAILABLE_AFTER_THE_CHANGE ->
                        strike(trouble, KUBERNETES_WRITE, nth, new Deed.SayAfter(status(503, "ServiceUnavailable")));
                });
    }

    private static Strike strike(Trouble trouble, BiPredicate<Call, Message> meant, int nth, Deed deed) {
        return Strike.among(trouble + " at call " + nth, meant, nth, deed);
    }

    private static Message status(int code, String reason) {
        return Message.answer(code, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"so it is said"}""".formatted(reason, code));
    }

    /** Trouble that has not come yet does not come any more. */
    public void forgive() {
        border.forgive();
    }

    /** How many calls it has made on both APIs; watches do not count. */
    public int calls() {
        return border.passed();
    }

    /** The calls that it has made since it was born or {@link #forgetCalls}, in their order. */
    public List<String> history() {
        return border.moments().stream().map(moment -> moment.call().what()).toList();
    }

    public void forgetCalls() {
        border.begin();
    }

    public boolean isDead() {
        return border.isClosed();
    }

    /** Nothing of it reaches anybody any more. */
    public void kill() {
        border.die();
        bury();
    }

    /** An orderly stop. */
    public void stop() {
        if (isDead()) {
            bury();
        } else {
            buried = true;
            life.stop();
        }
        border.close();
    }

    private void bury() {
        if (!buried) {
            buried = true;
            life.bury();
        }
    }

    @Override
    public void close() {
        if (!isDead()) {
            border.die();
        }
        bury();
        border.close();
    }
}
