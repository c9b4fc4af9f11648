package dev.appclients.cognito.controller.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.processing.MDCUtils;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** Base of the tests of an executor of reconciliations. */
abstract class OnPassExecutor {

    /** What the reconciliations record. */
    final List<String> ran = Collections.synchronizedList(new ArrayList<>());

    /** Holds reconciliations until the test, or its end, opens it. */
    final CountDownLatch open = new CountDownLatch(1);

    PassExecutor executor;

    OnPassExecutor(int permits) {
        executor = new PassExecutor(permits);
    }

    @AfterEach
    void close() throws InterruptedException {
        open.countDown();
        executor.shutdown();
        assertThat(executor.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Replaces the executor by one with another number of permits. */
    void restartWith(int permits) {
        executor.shutdown();
        executor = new PassExecutor(permits);
    }

    /** Submits as the framework does, which names the object in the diagnostic context. */
    void submit(HasMetadata object, String namespace, Runnable pass) {
        object.setMetadata(new ObjectMetaBuilder()
                .withName("web")
                .withNamespace(namespace)
                .withUid("unused")
                .withResourceVersion("1")
                .build());
        MDCUtils.withMDCForResource(object, () -> executor.execute(pass));
    }

    /** Records that the reconciliation started, and holds it. */
    void hold(String name) {
        ran.add(name);
        waitFor(open);
    }

    static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
