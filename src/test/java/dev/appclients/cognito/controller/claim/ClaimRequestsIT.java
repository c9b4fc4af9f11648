package dev.appclients.cognito.controller.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.OnClaimStage;
import dev.appclients.cognito.controller.RunningOperator;
import dev.appclients.cognito.controller.Stage;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Counts the requests of copies to the API server. */
class ClaimRequestsIT extends OnClaimStage {

    private static final int BURST = 200;

    private final Requests requests = new Requests();
    private RunningOperator operator;

    @BeforeEach
    void count() {
        stage.stopOperator();
        operator = start();
        offerTo(team);
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    private RunningOperator start() {
        return RunningOperator.start(
                stage.simulator().endpoint(),
                RunningOperator.SetUp.of(Stage.SETTINGS)
                        .withClock(clock)
                        .withHttp(http -> http.addOrReplaceInterceptor("requests", requests)));
    }

    @Test
    void aNewCopyCostsOneReadOfTheSourceAndTwoWrites() {
        requests.seen.clear();

        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");

        assertThat(requests.seen)
                .containsExactly(
                        "GET shop/secrets/web", "POST team/secrets", "PATCH team/clientsecretclaims/web/status");
    }

    /** An operator whose cache is behind must not delete the copy that the claim names now. */
    @Test
    void aFormerCopyIsDeletedAfterOneReadOfTheClaimThatNoLongerNamesIt() {
        claim(team, "web", "name: former");
        awaitClaim(team, "web", "True", "Synced");
        requests.seen.clear();

        claim(team, "web", "name: current");
        awaitClaim(team, "web", "True", "Synced");

        List<String> seen = List.copyOf(requests.seen);
        assertThat(seen)
                .containsSubsequence(
                        "POST team/secrets", "GET team/clientsecretclaims/web", "DELETE team/secrets/former");
        // A reconciliation that begins before the watch delivers the deletion reads and deletes again.
        assertThat(seen.subList(0, seen.indexOf("DELETE team/secrets/former")))
                .containsOnlyOnce("GET team/clientsecretclaims/web");
    }

    @Test
    void anUnchangedPassAndARestartCostNoRequest() {
        claim(team, "web");
        awaitClaim(team, "web", "True", "Synced");
        requests.seen.clear();
        String uid = claimIn(team, "web").require().getMetadata().getUid();

        operator.close();
        operator = start();
        stage.eventually().until(() -> operator.passes().finished(uid) > 0);

        assertThat(requests.seen).isEmpty();
    }

    @Test
    void aChangedValueCostsOneWriteForEachCopyAndOneReadOfTheSource() {
        for (int i = 0; i < BURST; i++) {
            claim(team, "web-" + i);
        }
        for (int i = 0; i < BURST; i++) {
            awaitClaim(team, "web-" + i, "True", "Synced");
        }
        requests.seen.clear();

        stage.applyClient(
                "web",
                WEB.replace("[openid]", "[openid, profile]") + "sharing: {namespaces: {from: Names, names: [" + team
                        + "]}}\n");
        for (int i = 0; i < BURST; i++) {
            String name = "web-" + i;
            stage.eventually()
                    .untilAsserted(() -> assertThat(dataIn(team, name)).containsEntry("scopes", "openid profile"));
        }

        List<String> seen = List.copyOf(requests.seen);
        int written = seen.lastIndexOf("PATCH shop/secrets/web");
        assertThat(seen.stream().filter(request -> request.startsWith("PATCH team/secrets")))
                .hasSize(BURST);
        assertThat(seen.subList(0, written).stream().filter(request -> request.startsWith("GET shop/secrets")))
                .as("reads before the write of the source, which keeps the value that the source has")
                .hasSize(1);
        assertThat(seen.subList(written, seen.size()).stream()
                        .filter(request -> request.startsWith("GET shop/secrets")))
                .as("reads of the source for the copies")
                .hasSize(1);
        assertThat(seen.stream()
                        .filter(request -> request.contains("team/") && !request.startsWith("PATCH team/secrets")))
                .isEmpty();
    }

    /** Notes the requests about Secrets and claims, without lists and watches. */
    private final class Requests implements Interceptor {

        private static final Pattern PATH =
                Pattern.compile(".*/namespaces/([^/]*)/(secrets|clientsecretclaims)(/[^?]*)?");

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
            var matcher = PATH.matcher(request.uri().getPath());
            if (!matcher.matches()) {
                return;
            }
            // The objects of an earlier test may still be there.
            String namespace =
                    matcher.group(1).equals(team) ? "team" : matcher.group(1).equals(stage.namespace()) ? "shop" : null;
            if (namespace != null) {
                String path = matcher.group(2) + Objects.requireNonNullElse(matcher.group(3), "");
                seen.add(request.method() + " " + namespace + "/" + path);
            }
        }
    }
}
