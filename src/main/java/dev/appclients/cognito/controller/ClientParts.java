package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.aws.AppClients;
import dev.appclients.cognito.controller.guards.WakeUps;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.RunningPass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** The steps of a pass over a UserPoolClient, put together once per process. */
public final class ClientParts {

    private final Informers informers;
    private final FirstSights firstSights;
    private final PassAppClients calls;
    private final WakeUps wakeUps;
    private final Tenure tenure;
    private final Warnings warnings;
    private final LookMemory memory;
    private final CreateHistory creates;
    private final RestoreHistory restores;
    private final EventAnnouncer announcer;
    private final UnwrittenStatuses<UserPoolClient> unwritten = new UnwrittenStatuses<>(RandomGenerator.getDefault());
    private final Guard guard;
    private final ClientObserver observer;
    private final ClientApplier applier;
    private final SecretPublisher publisher;
    private final OwnSecrets ownSecrets;
    private final Reporter reporter;
    private final ClientCleanup cleanup;

    /**
     * Puts the parts together.
     *
     * @param kubernetes the client that the operator's identity belongs to
     * @param clients the way to Cognito
     * @param informers shared with the pools' reconciler
     * @param tenure asked before every call that cannot be taken back
     * @param wakeUps keeps the promises of further passes, for the liveness probe
     * @param listener counts what no condition can show
     */
    public ClientParts(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            Tenure tenure,
            WakeUps wakeUps,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        this.informers = informers;
        this.calls = clients;
        this.wakeUps = wakeUps;
        this.tenure = tenure;
        memory = new LookMemory(clock, RandomGenerator.getDefault());
        Claims claims = new Claims(informers);
        Refusals refusals = new Refusals(memory, claims, informers);
        creates = new CreateHistory(settings.createSettlesAfter(), clock, System::nanoTime);
        firstSights = new FirstSights(creates, tenure, this::forget);
        restores = new RestoreHistory(settings, clock);
        announcer = new EventAnnouncer(kubernetes, clock);
        warnings = new Warnings(informers);
        StatusWriter<UserPoolClientStatus, UserPoolClient> statuses = new StatusWriter<>(
                UserPoolClientReconciler.NAME, UserPoolClient::new, listener, informers.watches()::shrink);
        guard = new Guard(informers, claims, informers.readings());
        Currency currency = new Currency(informers, guard, tenure);
        SecretStore secrets = new LiveSecrets(kubernetes, informers);
        ownSecrets = new OwnSecrets(informers, secrets);
        KnownClients known = new KnownClients(informers, creates, ownSecrets);
        Obstacles obstacles = new Obstacles(poolFit(clients, clock), refusals);
        observer = new ClientObserver(clients, claims, memory, obstacles, creates, known, settings, clock);
        IntentRecorder intents = new IntentRecorder(statuses, creates, clock);
        applier = new ClientApplier(clients, intents, creates, guard, currency, obstacles, memory, observer, announcer);
        SecretWriter secretWriter = new SecretWriter(secrets, restores, announcer);
        publisher = new SecretPublisher(informers, secrets, secretWriter, restores, clients, claims);
        Schedule schedule = new Schedule(memory, settings, wakeUps, RandomGenerator.getDefault());
        ClientReports reports = new ClientReports(statuses, unwritten, announcer, schedule, listener, clock);
        reporter = new Reporter(reports, refusals, memory, observer, schedule, informers, tenure);
        cleanup = new ClientCleanup(release(clients, claims, currency, known, clock), reports, schedule);
    }

    private ClientRelease release(
            AppClients clients, Claims claims, Currency currency, KnownClients known, InstantSource clock) {
        AdoptedRelease adopted = new AdoptedRelease(informers, claims, currency);
        return new ClientRelease(
                clients, informers, adopted, currency, creates, known, ownSecrets, informers.readings(), clock);
    }

    private PoolFit poolFit(AppClients clients, InstantSource clock) {
        PoolFit fit = new PoolFit(clients, informers, clock);
        informers.whenPoolIsGone(fit::forget);
        return fit;
    }

    /** Whether a pass may begin; if so, {@link #end} must follow. */
    boolean begin(UserPoolClient resource) {
        String uid = resource.getMetadata().getUid();
        wakeUps.arrived(uid);
        if (!tenure.enter()) {
            return false;
        }
        ResourceID id = ResourceID.fromResource(resource);
        RunningPass.setCaller(new RunningPass.Caller(uid, () -> informers.wake(id)));
        return true;
    }

    /** What a pass remembers after its object went, no delete event takes away. */
    void end(UserPoolClient resource) {
        String uid = resource.getMetadata().getUid();
        if (informers.isGone(resource)) {
            forget(uid);
        }
        calls.passEnded(uid);
        tenure.leave();
    }

    private void forget(String uid) {
        calls.forget(uid);
        memory.forget(uid);
        creates.forget(uid);
        restores.forget(uid);
        unwritten.forget(uid);
        wakeUps.arrived(uid);
        announcer.forget(uid);
    }

    /** How many things are remembered of objects, of all kinds. */
    int remembered() {
        return memory.size()
                + creates.size()
                + restores.size()
                + unwritten.size()
                + wakeUps.size()
                + announcer.remembered();
    }

    Informers informers() {
        return informers;
    }

    FirstSights firstSights() {
        return firstSights;
    }

    Warnings warnings() {
        return warnings;
    }

    Guard guard() {
        return guard;
    }

    ClientObserver observer() {
        return observer;
    }

    ClientApplier applier() {
        return applier;
    }

    SecretPublisher publisher() {
        return publisher;
    }

    OwnSecrets ownSecrets() {
        return ownSecrets;
    }

    Reporter reporter() {
        return reporter;
    }

    ClientCleanup cleanup() {
        return cleanup;
    }
}
