package dev.appclients.cognito.crash;

import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.crash.InjectedFault.Effect;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

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

    private static final int REPETITIONS = 10;

    private final FaultProxy proxy;
    private final Scene.Handle operator;
    private final CountDownLatch ended = new CountDownLatch(1);
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

    /**
     * Starts the packaged operator, as a container of one pod. A crash is a SIGKILL, after which the next container of the pod leads at
     * once.
     *
     * @param directory for its log
     * @param name differs from container to container
     */
    public static CrashableOperator packaged(URI cognito, Path directory, String name) {
        return new CrashableOperator(
                cognito,
                OperatorSettings.DEFAULT,
                WatchBehavior.NORMAL,
                (proxy, settings) -> new PackagedProcess(proxy, directory, name));
    }

    /**
     * Holds the next calls of this operation on an object until the operator ends. They are not executed afterwards.
     *
     * @param operation such as {@code patch secrets} or {@code AddUserPoolClientSecret}
     * @param object the end of the path of an object in Kubernetes, or the id of an app client
     * @param executed whether the API executes the first call before its answer is held
     * @return whether a call is held
     */
    public BooleanSupplier hold(String operation, String object, boolean executed) {
        CountDownLatch held = new CountDownLatch(1);
        Runnable hold = () -> {
            held.countDown();
            awaitEnd();
        };
        // The operator repeats a call that it has waited for too long.
        for (int nth = 1; nth <= REPETITIONS; nth++) {
            proxy.arm(InjectedFault.among(
                    operation + " on " + object,
                    (call, request) -> call.operation().equals(operation) && concerns(call, request, object),
                    nth,
                    executed && nth == 1 ? new Effect.RunAfter(hold) : new Effect.RunBefore(hold)));
        }
        return () -> held.getCount() == 0;
    }

    private static boolean concerns(Call call, Message request, String object) {
        return call.api() == Call.Api.COGNITO
                ? request.body().contains("\"" + object + "\"")
                : request.word(1).split("\\?", 2)[0].endsWith("/" + object);
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        ended.countDown();
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
        ended.countDown();
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
        ended.countDown();
        discard();
        proxy.close();
    }
}
