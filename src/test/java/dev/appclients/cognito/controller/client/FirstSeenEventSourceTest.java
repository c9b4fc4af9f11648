package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.reconcile.ControllerNames;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A process knows an object to be new if it saw the object without the finalizer and no other process reconciled it. */
class FirstSeenEventSourceTest {

    private boolean leading = true;
    private final CreateHistory creates = new CreateHistory(Duration.ofMinutes(1), Clock.systemUTC(), System::nanoTime);
    private final FirstSeenEventSource firstSeen = new FirstSeenEventSource(creates, () -> leading, creates::forget);

    @Test
    void anObjectWithoutTheFinalizerIsNewAndStaysNewWhenTheOperatorAddsIt() {
        firstSeen.onResourceCreated(client("a"));
        assertThat(creates.isNew("a")).isTrue();

        firstSeen.onResourceUpdated(client("a", ControllerNames.CLIENT_FINALIZER), client("a"));
        assertThat(creates.isNew("a")).isTrue();
    }

    @Test
    void anObjectWithTheFinalizerMayHaveAnAppClient() {
        firstSeen.onResourceCreated(client("a", ControllerNames.CLIENT_FINALIZER));

        assertThat(creates.isNew("a")).isFalse();
    }

    @Test
    void anotherWriterThatRemovesTheFinalizerDoesNotMakeAnObjectNew() {
        firstSeen.onResourceCreated(client("a", ControllerNames.CLIENT_FINALIZER));
        firstSeen.onResourceUpdated(client("a"), client("a", ControllerNames.CLIENT_FINALIZER));

        assertThat(creates.isNew("a")).isFalse();
    }

    @Test
    void anObjectThatTheLeaderReconciledIsNotNewToAnotherReplica() {
        leading = false;
        firstSeen.onResourceCreated(client("a"));
        firstSeen.onResourceUpdated(client("a", ControllerNames.CLIENT_FINALIZER), client("a"));
        leading = true;

        assertThat(creates.isNew("a")).isFalse();
    }

    @Test
    void anObjectThatReplacesAnotherIsNew() {
        firstSeen.onResourceCreated(client("a"));
        firstSeen.onResourceUpdated(client("b"), client("a"));

        assertThat(creates.isNew("a")).isFalse();
        assertThat(creates.isNew("b")).isTrue();
    }

    @Test
    void aDeletedObjectIsForgotten() {
        firstSeen.onResourceCreated(client("a"));
        firstSeen.onResourceDeleted(client("a"));

        assertThat(creates.isNew("a")).isFalse();
    }

    private static UserPoolClient client(String uid, String... finalizers) {
        UserPoolClient client = new UserPoolClient();
        client.setMetadata(new ObjectMetaBuilder()
                .withName("web")
                .withNamespace("shop")
                .withUid(uid)
                .withFinalizers(finalizers)
                .build());
        return client;
    }
}
