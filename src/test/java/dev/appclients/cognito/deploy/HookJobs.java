package dev.appclients.cognito.deploy;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Ends the Jobs of Helm's hooks, in place of the Job controller and the kubelet, which the test bed lacks. */
final class HookJobs implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private HookJobs() {}

    /** @param succeeds runs a Job and returns whether it succeeds */
    static HookJobs run(KubernetesClient admin, Predicate<Job> succeeds) {
        HookJobs jobs = new HookJobs();
        jobs.thread.scheduleWithFixedDelay(() -> jobs.endAll(admin, succeeds), 0, 100, TimeUnit.MILLISECONDS);
        return jobs;
    }

    private void endAll(KubernetesClient admin, Predicate<Job> succeeds) {
        try {
            admin.batch().v1().jobs().inAnyNamespace().list().getItems().stream()
                    .filter(job -> job.getStatus() == null
                            || job.getStatus().getConditions().isEmpty())
                    .forEach(job -> end(admin, job, succeeds(job, succeeds)));
        } catch (KubernetesClientException deletedMeanwhile) {
            // Helm deletes a Job of an earlier hook. The next round lists the Jobs again.
        }
    }

    /** A Job that the test cannot run fails, so that Helm ends. {@link #close} then reports why. */
    private boolean succeeds(Job job, Predicate<Job> succeeds) {
        try {
            return succeeds.test(job);
        } catch (RuntimeException | Error failed) {
            failure.set(failed);
            return false;
        }
    }

    private static void end(KubernetesClient admin, Job job, boolean success) {
        String now = Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var status = new JobBuilder(job).editOrNewStatus().withStartTime(now);
        List<String> conditions =
                success ? List.of("SuccessCriteriaMet", "Complete") : List.of("FailureTarget", "Failed");
        for (String condition : conditions) {
            status.addNewCondition()
                    .withType(condition)
                    .withStatus("True")
                    .withReason("Tested")
                    .withLastTransitionTime(now)
                    .withLastProbeTime(now)
                    .endCondition();
        }
        if (success) {
            status.withSucceeded(1).withCompletionTime(now);
        } else {
            status.withFailed(1);
        }
        admin.resource(status.endStatus().build()).updateStatus();
    }

    @Override
    public void close() {
        thread.close();
        if (failure.get() != null) {
            throw new AssertionError("The test could not run a Job", failure.get());
        }
    }
}
