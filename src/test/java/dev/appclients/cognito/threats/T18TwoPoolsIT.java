package dev.appclients.cognito.threats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.controller.Stage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** T18: a second, less strict ClusterUserPool for the same user pool wins. */
class T18TwoPoolsIT extends OnTenants {

    @Test
    void theSecondClusterUserPoolGrantsNothing() {
        changePool("namespaces: {from: Names, names: [another]}");
        // Creation times have whole seconds.
        Instant first = Instant.parse(stage.pool().getMetadata().getCreationTimestamp());
        stage.eventually().until(() -> Instant.now().isAfter(first.plusSeconds(1)));
        apply(
                attacker(),
                pool("lax", "namespaces: {from: All}\nsharing: {namespaces: {from: All}, pushFrom: {from: All}}"));
        stage.awaitPool("lax", "Ready", "False", "DuplicatePool");
        stage.forgetCalls();

        apply(attacker(), client("web", "userPoolRef: {name: lax}\nappType: Confidential"));

        awaitClient(attacker(), "web", "DuplicatePool");
        assertThat(stage.calls()).doesNotContain("CreateUserPoolClient");
        assertThat(stage.cognito()).isEmpty();
        assertThat(secretsIn(attacker())).isEmpty();
    }

    /** The name sorts first, and the object is written again later: only the creation decides. */
    @Test
    void anEditOrANameDoesNotMakeTheSecondPoolTheFirst() {
        Instant first = Instant.parse(stage.pool().getMetadata().getCreationTimestamp());
        stage.eventually().until(() -> Instant.now().isAfter(first.plusSeconds(1)));
        apply(attacker(), pool("aaa", "namespaces: {from: All}"));
        stage.awaitPool("aaa", "Ready", "False", "DuplicatePool");
        apply(attacker(), pool("aaa", "namespaces: {from: Names, names: [" + attacker() + "]}"));
        stage.restartOperator();

        apply(attacker(), client("web", "userPoolRef: {name: aaa}\nappType: Confidential"));

        awaitClient(attacker(), "web", "DuplicatePool");
        assertThat(stage.pool(Stage.POOL).getStatus().userPoolARN()).isNotNull();
        assertThat(stage.cognito()).isEmpty();
    }
}
