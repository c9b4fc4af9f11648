package dev.appclients.cognito.controller.rotation;

import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.claim.ClientCopies;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.EventRecorder;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassListener;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Creates the rotation of secrets. */
public final class SecretRotationsFactory {

    private SecretRotationsFactory() {}

    /**
     * Creates the rotation.
     *
     * @param kubernetes has the operator's identity
     * @param clients calls Cognito
     * @param listener counts the ends of rotations
     */
    public static SecretRotations create(
            KubernetesClient kubernetes,
            AppClients clients,
            Informers informers,
            ClientCopies copies,
            EventRecorder events,
            PassListener listener,
            OperatorSettings settings,
            InstantSource clock) {
        RandomGenerator random = RandomGenerator.getDefault();
        CognitoClock cognito = new CognitoClock(clock);
        RotationMemory memory = new RotationMemory(settings.createSettlesAfter(), clock, System::nanoTime);
        RotationRecords records = new RotationRecords(new RecordStore(kubernetes), memory);
        OverlapCopies overlap = new OverlapCopies(copies::carrying);
        RotationAnnouncements announcements = new RotationAnnouncements(events, listener);
        RotationDemands demands = demands(cognito, clock, random);
        RotationSteps steps = new RotationSteps(
                clients,
                records,
                new SecretAdder(clients, records, announcements, System::nanoTime),
                new SecretDeleter(clients, records, announcements),
                copies::liveCarriers,
                demands,
                announcements,
                cognito,
                new SecureRandom(),
                System::nanoTime);
        RotationReporter reporter = new RotationReporter(
                memory,
                demands,
                announcements,
                new CheckMemory(clock, random),
                cognito,
                overlap,
                (client, delay) -> informers.wakeWithin(ResourceID.fromResource(client), delay));
        RotationFactsReader facts = new RotationFactsReader(demands, overlap, cognito);
        return new SecretRotations(records, facts, steps, memory, announcements, reporter);
    }

    private static RotationDemands demands(CognitoClock cognito, InstantSource clock, RandomGenerator random) {
        return new RotationDemands(
                new CheckMemory(clock, random),
                new CheckMemory(clock, random),
                new StartPacer(System::nanoTime),
                cognito);
    }
}
