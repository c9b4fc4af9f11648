package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.controller.claim.ClientCopies;
import dev.appclients.cognito.controller.cluster.ConfigMaps;
import dev.appclients.cognito.controller.cluster.Informers;
import dev.appclients.cognito.controller.cluster.Outputs;
import dev.appclients.cognito.controller.cluster.SecretNames;
import dev.appclients.cognito.controller.reconcile.CheckMemory;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.KubernetesEventRecorder;
import dev.appclients.cognito.controller.reconcile.OperatorSettings;
import dev.appclients.cognito.controller.reconcile.PassAppClients;
import dev.appclients.cognito.controller.reconcile.PassListener;
import dev.appclients.cognito.controller.reconcile.PassScope;
import dev.appclients.cognito.controller.reconcile.PassScope.Memory;
import dev.appclients.cognito.controller.reconcile.ReconcileGate;
import dev.appclients.cognito.controller.reconcile.Schedule;
import dev.appclients.cognito.controller.reconcile.StatusPatcher;
import dev.appclients.cognito.controller.reconcile.UnwrittenStatuses;
import dev.appclients.cognito.controller.rotation.SecretRotations;
import dev.appclients.cognito.controller.rotation.SecretRotationsFactory;
import dev.appclients.cognito.controller.secret.ApiServerSecretStore;
import dev.appclients.cognito.controller.secret.ConfigMapStore;
import dev.appclients.cognito.controller.secret.RestoreHistory;
import dev.appclients.cognito.controller.secret.SecretStore;
import dev.appclients.cognito.controller.secret.SecretWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Creates the reconciler of UserPoolClients with the steps of its reconciliations. */
public final class ClientReconcilerFactory {

    private final KubernetesClient kubernetes;
    private final PassAppClients clients;
    private final Informers informers;
    private final ReconcileGate gate;
    private final OperatorSettings settings;
    private final PassListener listener;
    private final InstantSource clock;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final CheckMemory checkMemory;
    private final CreateHistory creates;
    private final RestoreHistory restores;
    private final RestoreHistory configMapRestores;
    private final UnwrittenStatuses<UserPoolClient> unwritten = new UnwrittenStatuses<>(random);
    private final KubernetesEventRecorder events;
    private final ClientOwnership clientOwnership;
    private final ListedSecrets listedSecrets;
    private final Guard guard;
    private final FreshnessCheck freshness;
    private final SecretStore secrets;
    private final ConfigMaps configMaps;
    private final SecretStore configMapStore;
    private final OwnSecrets ownSecrets;
    private final KnownClients known;
    private final ClientCopies copies;
    private final SecretRotations rotations;

    /**
     * Creates what several steps share.
     *
     * @param kubernetes has the operator's identity
     * @param clients calls Cognito
     * @param informers shared with the reconciler of ClusterUserPools
     * @param gate asked before every call that changes something
     * @param listener counts events that no condition can show
     */
    public ClientReconcilerFactory(
            KubernetesClient kubernetes,
            PassAppClients clients,
            Informers informers,
            ReconcileGate gate,
            OperatorSettings settings,
            PassListener listener,
            InstantSource clock) {
        this.kubernetes = kubernetes;
        this.clients = clients;
        this.informers = informers;
        this.gate = gate;
        this.settings = settings;
        this.listener = listener;
        this.clock = clock;
        checkMemory = new CheckMemory(clock, random);
        creates = new CreateHistory(settings.createSettlesAfter(), clock, System::nanoTime);
        restores = new RestoreHistory(settings, clock);
        configMapRestores = new RestoreHistory(settings, clock);
        events = new KubernetesEventRecorder(kubernetes, clock, listener);
        clientOwnership = new ClientOwnership(informers);
        guard = new Guard(informers, clientOwnership, informers.readings());
        freshness = new FreshnessCheck(informers, guard, gate);
        secrets = new ApiServerSecretStore(kubernetes, informers);
        configMaps = new ConfigMaps(informers.watches());
        configMapStore = new ConfigMapStore(kubernetes, configMaps);
        ownSecrets = new OwnSecrets(Outputs.secrets(informers), secrets, configMaps, configMapStore);
        known = new KnownClients(creates, ownSecrets);
        listedSecrets = new ListedSecrets(clients, informers);
        copies = new ClientCopies(kubernetes, informers, gate, settings, clock);
        rotations = SecretRotationsFactory.create(
                kubernetes, clients, informers, copies, events, listener, settings, clock);
    }

    /** Creates the reconciler. Called once. */
    public UserPoolClientReconciler create() {
        StatusPatcher<UserPoolClientStatus, UserPoolClient> statuses = new StatusPatcher<>(
                ControllerNames.CLIENTS,
                UserPoolClientStatus::conditions,
                unwritten,
                listener,
                informers.watches()::shrink);
        Schedule schedule = new Schedule(checkMemory, settings, random);
        ClientReports reports = new ClientReports(statuses, events, schedule, listener, clock);
        HeldRefusals heldRefusals = new HeldRefusals(checkMemory, clientOwnership, informers.roomTries());
        PreflightCheck preflight = new PreflightCheck(compatibility(), heldRefusals);
        ClientObserver observer = new ClientObserver(
                clients, clientOwnership, listedSecrets, checkMemory, preflight, creates, known, settings, clock);
        IntentRecorder intents = new IntentRecorder(statuses, creates, informers.roomTries(), clock);
        ClientApplier applier = new ClientApplier(
                clients, intents, creates, guard, freshness, preflight, checkMemory, observer, events);
        PassScope<UserPoolClient> passes = passes();
        SecretPublisher publisher = publisher();
        return new UserPoolClientReconciler(
                passes,
                new Warnings(),
                guard,
                ownSecrets,
                observer,
                applier,
                publisher,
                new ClientRotation(rotations, publisher, ownSecrets, freshness),
                copies,
                new Reporter(reports, heldRefusals, checkMemory, observer, schedule, gate),
                new ClientCleanup(release(), reports, schedule),
                informers,
                configMaps,
                new FirstSeenEventSource(creates, gate, passes::forget));
    }

    private SecretPublisher publisher() {
        SecureRandom secureRandom = new SecureRandom();
        return new SecretPublisher(
                informers,
                output(Outputs.secrets(informers), secrets, restores, SecretNames::of, secureRandom),
                output(configMaps, configMapStore, configMapRestores, OutputRequests::configMapName, secureRandom),
                new OwnClientSecrets(clients, clientOwnership, listedSecrets, new SecretRefusals(checkMemory)),
                rotations,
                secureRandom);
    }

    private ClientOutput output(
            Outputs cache,
            SecretStore store,
            RestoreHistory history,
            Function<UserPoolClient, @Nullable String> name,
            SecureRandom secureRandom) {
        return new ClientOutput(
                cache,
                store,
                new SecretWriter(store, history, events, secureRandom),
                history,
                new RequestedName(kubernetes, name));
    }

    private PassScope<UserPoolClient> passes() {
        return new PassScope<>(
                gate,
                clients,
                informers::isGone,
                informers::wake,
                List.of(
                        new Memory(checkMemory::forget, checkMemory::size),
                        new Memory(creates::forget, creates::size),
                        new Memory(restores::forget, restores::size),
                        new Memory(copies::forget, copies::size),
                        new Memory(rotations::forget, rotations::size),
                        new Memory(configMapRestores::forget, configMapRestores::size),
                        new Memory(unwritten::forget, unwritten::size),
                        new Memory(events::forget, events::remembered)));
    }

    private PoolCompatibility compatibility() {
        PoolCompatibility compatibility = new PoolCompatibility(clients, clock);
        informers.whenPoolIsGone(compatibility::forget);
        return compatibility;
    }

    private ClientRelease release() {
        AdoptedRelease adopted = new AdoptedRelease(informers, clientOwnership, freshness);
        return new ClientRelease(
                clients,
                informers,
                adopted,
                freshness,
                creates,
                known,
                ownSecrets,
                rotations,
                informers.readings(),
                clock);
    }
}
