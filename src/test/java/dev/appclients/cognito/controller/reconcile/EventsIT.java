package dev.appclients.cognito.controller.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.controller.CountedFailures;
import dev.appclients.cognito.controller.OnStage;
import dev.appclients.cognito.controller.Rights;
import dev.appclients.cognito.controlplane.Clients;
import dev.appclients.cognito.controlplane.TestCluster;
import dev.appclients.cognito.model.Reason;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events on a real API server, written with the operator's RBAC. */
class EventsIT extends OnStage {

    private final KubernetesClient operator = Clients.of(TestCluster.operatorConfig());
    private final CountedFailures counted = new CountedFailures();
    private EventRecorder events;
    private UserPoolClient web;

    @BeforeEach
    void aClient() {
        events = new KubernetesEventRecorder(operator, clock, counted);
        stage.applyClient("web", WEB);
        stage.awaitReady("web");
        web = stage.client("web");
    }

    @AfterEach
    void closeClient() {
        operator.close();
    }

    @Test
    void aRepeatedEventIsOneObjectWithACountAndTheTimeOfTheLastOccurrence() {
        events.failed(web, Reason.THROTTLED, "slow");
        String first = clock.instant().toString();
        clock.advance(Duration.ofSeconds(90));
        events.failed(web, Reason.THROTTLED, "slow");
        events.failed(web, Reason.THROTTLED, "slow");

        Event event = only();
        assertThat(event.getCount()).isEqualTo(3);
        assertThat(event.getFirstTimestamp().substring(0, 16)).isEqualTo(first.substring(0, 16));
        assertThat(event.getLastTimestamp()).isGreaterThan(event.getFirstTimestamp());
    }

    @Test
    void anEventThatExpiredIsCreatedAgain() {
        events.failed(web, Reason.THROTTLED, "slow");
        stage.admin().resource(only()).delete();

        events.failed(web, Reason.THROTTLED, "slow");

        assertThat(only().getCount()).isEqualTo(2);
    }

    @Test
    void aHundredDifferentMessagesAreTenEventsAndTheLastCountsTheRest() {
        for (int i = 1; i <= 100; i++) {
            events.failed(web, Reason.THROTTLED, "slow " + i);
            clock.advance(Duration.ofSeconds(1));
        }

        List<Event> all = stage.eventsAbout("web");
        assertThat(all).hasSize(10);
        assertThat(all.getLast().getMessage()).startsWith("(combined from similar events): slow ");
        assertThat(counted.announced("UserPoolClient", Reason.THROTTLED)).isEqualTo(100);
    }

    @Test
    void aMessageOfWideCharactersIsCutToTheBoundOfTheApiServer() {
        events.failed(web, Reason.THROTTLED, "\uD83D\uDE00".repeat(1_000));

        assertThat(only().getMessage().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1_024);
        assertThat(only().getMessage()).startsWith("\uD83D\uDE00").endsWith("…");
    }

    @Test
    void anEventThatIsForbiddenFailsNoReconciliation() {
        try (Rights rights = Rights.without(stage.admin(), "events", "create")) {
            stage.deleteSecret("web");

            stage.eventually().until(() -> stage.secret("web") != null);
            stage.wake("web");
            stage.awaitReady("web");
            assertThat(stage.eventsAbout("web")).isEmpty();
        }
    }

    private Event only() {
        List<Event> all = stage.eventsAbout("web");
        assertThat(all).hasSize(1);
        return all.getFirst();
    }
}
