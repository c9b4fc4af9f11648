package dev.appclients.cognito.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.api.v1beta1.UserPoolClientSpec;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeanValuesTest {

    private static final String CLIENT = """
            apiVersion: cognito.appclients.dev/v1beta1
            kind: UserPoolClient
            metadata: {name: web}
            spec:
              userPoolRef: {name: customers}
              appType: Confidential
              callbackURLs: ["https://%1$s.example.com/a", "https://%1$s.example.com/b"]
              allowedOAuthScopes: [openid, email]
              adopt: {clientId: "1example23456789"}
              secret: {name: web}
            status:
              observedGeneration: 300
              clientId: id-of-%1$s
              issuer: https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop
              conditions:
              - {type: Ready, status: "True", reason: Synced, message: "", lastTransitionTime: "2026-01-01T00:00:00Z", observedGeneration: 300}
              - {type: ClientReady, status: "True", reason: Synced, message: "", lastTransitionTime: "2026-01-01T00:00:00Z", observedGeneration: 300}
            """;

    private final LeanValues values = new LeanValues(new Interner(1024));

    @Test
    void aSpecAndAStatusStayEqual() {
        for (int i = 0; i < 4; i++) {
            assertThat(values.lean(spec("web"))).isEqualTo(spec("web"));
            assertThat(values.lean(status("web"))).isEqualTo(status("web"));
        }
    }

    @Test
    void commonValuesOfClientsAreOneInstance() {
        for (int i = 0; i < 3; i++) {
            values.lean(spec("warm-up-" + i));
            values.lean(status("warm-up-" + i));
        }

        UserPoolClientSpec one = values.lean(spec("one"));
        UserPoolClientSpec other = values.lean(spec("other"));
        UserPoolClientStatus oneStatus = values.lean(status("one"));
        UserPoolClientStatus otherStatus = values.lean(status("other"));

        assertThat(one.userPoolRef()).isSameAs(other.userPoolRef());
        assertThat(one.allowedOAuthScopes()).isSameAs(other.allowedOAuthScopes());
        assertThat(one.adopt()).isSameAs(other.adopt());
        assertThat(oneStatus.issuer()).isSameAs(otherStatus.issuer());
        assertThat(oneStatus.conditions()).isSameAs(otherStatus.conditions());
        assertThat(oneStatus.observedGeneration()).isSameAs(otherStatus.observedGeneration());
    }

    @Test
    void equalPartsComeFromThePreviousVersion() {
        UserPoolClientStatus former = values.lean(status("web"));
        UserPoolClientSpec spec = values.lean(spec("web"));

        assertThat(values.lean(status("web"), former)).isSameAs(former);
        assertThat(values.lean(spec("web"), spec)).isSameAs(spec);
        assertThat(values.lean(status("web"), null)).isNotSameAs(former);
    }

    @Test
    void unchangedPartsOfAChangedObjectComeFromThePreviousVersion() {
        UserPoolClientSpec former = values.lean(spec("web"));
        UserPoolClientSpec changed =
                values.lean(client("web", "appType: Public").getSpec(), former);

        assertThat(changed).isNotEqualTo(former);
        assertThat(changed.callbackURLs()).isSameAs(former.callbackURLs());
    }

    @Test
    void aRepeatedObjectDoesNotKeepItsOwnValues() {
        Interner interner = new Interner(1024);
        LeanValues learning = new LeanValues(interner);
        UserPoolClientSpec former = null;
        for (int i = 0; i < 10; i++) {
            former = learning.lean(spec("web"), former);
        }

        assertThat(interner.size()).isZero();
    }

    @Test
    void aListMayContainNull() {
        List<String> withNull = new ArrayList<>(Arrays.asList("a", null));
        Map<String, String> map = new HashMap<>();
        map.put("key", null);

        assertThat(values.lean(withNull)).isEqualTo(withNull);
        assertThat(values.lean(map, Map.of("key", "value"))).isEqualTo(map);
    }

    @Test
    void collectionsAreImmutableBecauseObjectsShareThem() {
        List<String> list = new ArrayList<>(List.of("a"));
        Map<String, String> map = new HashMap<>(Map.of("a", "b"));

        assertThatThrownBy(() -> values.lean(list).add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> values.lean(map).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aLongStringAndTheValuesThatContainItAreNotShared() {
        Interner interner = new Interner(64);
        LeanValues learning = new LeanValues(interner);
        for (int i = 0; i < 3; i++) {
            learning.lean(List.of("x".repeat(257)));
        }

        assertThat(interner.size()).isZero();
    }

    @Test
    void knownSharesOnlyKnownValues() {
        Interner interner = new Interner(64);
        LeanValues learning = new LeanValues(interner);
        learning.lean("a-" + 1);
        String kept = learning.lean("a-" + 1);

        assertThat(learning.withoutLearning().lean("a-" + 1)).isSameAs(kept);
        for (int i = 0; i < 3; i++) {
            learning.withoutLearning().lean("b-" + 1);
        }
        assertThat(interner.size()).isEqualTo(1);
    }

    private static UserPoolClientSpec spec(String name) {
        return client(name, "").getSpec();
    }

    private static UserPoolClientStatus status(String name) {
        return client(name, "").getStatus();
    }

    private static UserPoolClient client(String name, String change) {
        String yaml = CLIENT.formatted(name);
        return Serialization.unmarshal(
                change.isEmpty() ? yaml : yaml.replace("appType: Confidential", change), UserPoolClient.class);
    }
}
