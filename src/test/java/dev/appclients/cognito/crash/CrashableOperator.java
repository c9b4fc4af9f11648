package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiPredicate;

/** An operator behind a fault proxy, for tests outside this package. */
public final class CrashableOperator implements AutoCloseable {

    /** The failures that can be injected into a call. */
    public enum Failure {
        CRASH_BEFORE,
        CRASH_AFTER,
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

    private final FaultProxy proxy;
    private final Scene.Handle operator;
    private boolean discarded;

    private CrashableOperator(URI cognito, OperatorSettings settings, WatchBehavior watches, Scene.Launcher launcher) {
        proxy = new FaultProxy(cognito, watches);
        try {
            operator = launcher.start(proxy, settings);
        } catch (RuntimeException failed) {
            proxy.close();
            throw failed;
        }
    }

    /**
     * Starts an operator in this process. A crash cuts its connections to both APIs.
     *
     * @param watchDelay the delay of each watch event
     * @param duplicateEvents whether each watch event is delivered twice
     */
    public static CrashableOperator inThisProcess(
            URI cognito, OperatorSettings settings, Duration watchDelay, boolean duplicateEvents) {
        return new CrashableOperator(
                cognito, settings, new WatchBehavior(watchDelay, duplicateEvents), Scene::inThisProcess);
    }

    /** Starts an operator in this process, with this clock. */
    public static CrashableOperator inThisProcess(URI cognito, OperatorSettings settings, InstantSource clock) {
        return new CrashableOperator(
                cognito,
                settings,
                WatchBehavior.NORMAL,
                (proxy, itsSettings) -> Scene.inThisProcess(proxy, itsSettings, clock));
    }

    /** Starts an operator as a process. It uses only {@code createSettlesAfter} of the settings. A crash is a SIGKILL. */
    public static CrashableOperator inSeparateProcess(URI cognito, OperatorSettings settings) {
        return new CrashableOperator(cognito, settings, WatchBehavior.NORMAL, OperatorProcess::new);
    }

    /** Injects a failure into the nth suitable call: crashes into any call, the others into Kubernetes calls or writes. */
    public void fail(Failure failure, int nth) {
        proxy.arm(
                switch (failure) {
                    case CRASH_BEFORE -> fault(failure, ANY, nth, new Effect.CrashBefore());
                    case CRASH_AFTER -> fault(failure, ANY, nth, new Effect.CrashAfter());
                    case ANSWER_LOST -> fault(failure, KUBERNETES, nth, new Effect.LoseAnswer());
                    case CONNECTION_BROKEN -> fault(failure, KUBERNETES, nth, new Effect.BreakConnection());
                    case CONFLICT -> fault(failure, KUBERNETES_WRITE, nth, new Effect.Answer(status(409, "Conflict")));
                    case TOO_MANY_REQUESTS ->
                        fault(failure, KUBERNETES, nth, new Effect.Answer(status(429, "TooManyRequests")));
                    case UNAVAILABLE ->
                        fault(failure, KUBERNETES, nth, new Effect.Answer(status(503, "ServiceUnavailable")));
                    case UNAVAILABLE_AFTER_THE_CHANGE ->
                        fault(
                                failure,
                                KUBERNETES_WRITE,
                                nth,
                                new Effect.AnswerAfter(status(503, "ServiceUnavailable")));
                });
    }

    private static InjectedFault fault(Failure failure, BiPredicate<Call, Message> matching, int nth, Effect effect) {
        return InjectedFault.among(failure + " at call " + nth, matching, nth, effect);
    }

    private static Message status(int code, String reason) {
        return Message.answer(code, "application/json", """
                {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,"message":"injected"}""".formatted(reason, code));
    }

    /** Removes the failures that have not occurred yet. */
    public void clearFaults() {
        proxy.clearFaults();
    }

    /** The number of failures that have occurred since the last {@link #clearFaults}. */
    public int faultsHit() {
        return proxy.faultsHit();
    }

    /** The number of calls on both APIs, without watches. */
    public int calls() {
        return proxy.callCount();
    }

    /** The calls since the start or {@link #forgetCalls}, in their order. */
    public List<String> history() {
        return proxy.calls().stream().map(nthCall -> nthCall.call().operation()).toList();
    }

    public void forgetCalls() {
        proxy.clearCalls();
    }

    public boolean hasCrashed() {
        return proxy.isClosed();
    }

    /** Crashes the operator. */
    public void kill() {
        proxy.crash();
        discard();
    }

    /** Stops the operator in order. */
    public void stop() {
        if (hasCrashed()) {
            discard();
        } else {
            discarded = true;
            operator.stop();
        }
        proxy.close();
    }

    private void discard() {
        if (!discarded) {
            discarded = true;
            operator.discard();
        }
    }

    @Override
    public void close() {
        if (!hasCrashed()) {
            proxy.crash();
        }
        discard();
        proxy.close();
    }
}
