package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;
import java.util.function.Consumer;

/** Notes which objects this process saw before a client can have been created for them, and which of them are gone. */
final class FirstSights extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final CreateHistory creates;
    private final Leadership leadership;
    private final Consumer<String> forget;

    /** @param forget is given the UID of each object that is gone, whichever way it went */
    FirstSights(CreateHistory creates, Leadership leadership, Consumer<String> forget) {
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
        // One object in the place of another, while the watch was broken.
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
