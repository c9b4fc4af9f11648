package dev.appclients.cognito.controller;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/** Notes which objects this process has seen before anybody can have created a client for them. */
final class FirstSights extends AbstractEventSource<Void, UserPoolClient>
        implements ResourceEventAware<UserPoolClient> {

    private final CreateHistory creates;
    private final Leadership leadership;

    FirstSights(CreateHistory creates, Leadership leadership) {
        super(Void.class, "first-sights");
        this.creates = creates;
        this.leadership = leadership;
    }

    @Override
    public void onResourceCreated(UserPoolClient client) {
        if (!hasOurFinalizer(client)) {
            creates.seenUntouched(client.getMetadata().getUid());
        }
    }

    @Override
    public void onResourceUpdated(UserPoolClient now, UserPoolClient before) {
        String uid = now.getMetadata().getUid();
        // One object in the place of another, while the watch was broken.
        if (!uid.equals(before.getMetadata().getUid())) {
            creates.forget(before.getMetadata().getUid());
            onResourceCreated(now);
        } else if (hasOurFinalizer(now) && !leadership.holds()) {
            creates.inOtherHands(uid);
        }
    }

    @Override
    public void onResourceDeleted(UserPoolClient client) {
        creates.forget(client.getMetadata().getUid());
    }

    @Override
    public Set<Void> getSecondaryResources(UserPoolClient client) {
        return Set.of();
    }

    private static boolean hasOurFinalizer(UserPoolClient client) {
        return client.hasFinalizer(UserPoolClientReconciler.FINALIZER);
    }
}
