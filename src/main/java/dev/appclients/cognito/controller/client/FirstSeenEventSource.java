package dev.appclients.cognito.controller.client;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import dev.appclients.cognito.controller.reconcile.Leadership;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/** Notes the objects that this process saw before an app client can exist for them, and forgets deleted objects. */
final class FirstSeenEventSource extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final CreateHistory creates;
    private final Leadership leadership;
    private final Consumer<String> forget;

    /** @param forget receives the UID of each deleted object, also of one that another object replaced */
    FirstSeenEventSource(CreateHistory creates, Leadership leadership, Consumer<String> forget) {
        super(Void.class, "first-sights");
        this.creates = creates;
        this.leadership = leadership;
        this.forget = forget;
    }

    @Override
    public void onResourceCreated(UserPoolClient client) {
        if (!hasOurFinalizer(client)) {
            creates.markNew(client.getMetadata().getUid());
        }
    }

    @Override
    public void onResourceUpdated(UserPoolClient now, UserPoolClient before) {
        String uid = now.getMetadata().getUid();
        // A new object has taken the name of the former while the watch was broken.
        if (!uid.equals(before.getMetadata().getUid())) {
            forget.accept(before.getMetadata().getUid());
            onResourceCreated(now);
        } else if (hasOurFinalizer(now) && !leadership.holds()) {
            creates.takenOver(uid);
        }
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        forget.accept(client.getMetadata().getUid());
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }

    private static boolean hasOurFinalizer(UserPoolClient client) {
        return client.hasFinalizer(ControllerNames.CLIENT_FINALIZER);
    }
}
