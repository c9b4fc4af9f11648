package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.access;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.UserPoolClient;
import dev.appclients.cognito.aws.AppClients.Priority;
import dev.appclients.cognito.drift.Published;
import dev.appclients.cognito.drift.Respelling;
import dev.appclients.cognito.drift.Seeds;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Drift;
import dev.appclients.cognito.plan.FieldDifference;
import dev.appclients.cognito.simulator.Switch;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Published answers of the real service, each compared with an equal manifest. */
class PublishedAnswersTest {

    private static final List<String> LISTS = List.of(
            "ExplicitAuthFlows",
            "AllowedOAuthFlows",
            "AllowedOAuthScopes",
            "CallbackURLs",
            "LogoutURLs",
            "SupportedIdentityProviders",
            "ReadAttributes",
            "WriteAttributes");

    private final SimulatedCognito cognito = new SimulatedCognito();

    static List<Published> answers() {
        return Published.all();
    }

    @AfterEach
    void close() {
        cognito.close();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerEqualToItsManifestIsNoDrift(Published published) {
        load(published);

        assertThat(drift(published)).isEmpty();
        assertThat(read(published).secret() != null)
                .isEqualTo(desired(published).confidential());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anotherSpellingOfAnAnswerIsNoDrift(Published published) {
        load(published);
        for (int seed = 0; seed < 20; seed++) {
            var stored = cognito.simulator.client(SHOP.value(), published.clientId());
            var respelled = Respelling.of(stored, Seeds.random(seed));
            cognito.simulator.changeClient(SHOP.value(), published.clientId(), respelled);

            assertThat(drift(published)).as("%s", respelled).isEmpty();
        }
    }

    /** Answers published before a setting existed lack it. */
    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerWithoutMembersAtTheirDefaultIsNoDrift(Published published) {
        load(published);
        Map<String, Object> defaults = Map.of(
                "RefreshTokenValidity", "30",
                "TokenValidityUnits", "{}",
                "AllowedOAuthFlowsUserPoolClient", "false",
                "EnableTokenRevocation", "true",
                "EnablePropagateAdditionalUserContextData", "false",
                "AuthSessionValidity", "3");
        var stored = cognito.simulator.client(SHOP.value(), published.clientId());
        defaults.forEach((member, value) -> stored.setting(member)
                .filter(shown -> shown.toString().equals(value))
                .ifPresent(shown -> remove(published, member)));

        assertThat(drift(published)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void anAnswerWithEmptyListsIsNoDrift(Published published) {
        load(published);
        var stored = cognito.simulator.client(SHOP.value(), published.clientId());
        LISTS.stream()
                .filter(list -> stored.setting(list).isEmpty())
                .forEach(list ->
                        cognito.simulator.changeClient(SHOP.value(), published.clientId(), Map.of(list, List.of())));
        cognito.simulator.switches().set(Switch.EMPTY_LISTS_ABSENT, false);

        assertThat(drift(published)).isEmpty();
    }

    @Test
    void aClientWithoutUserExistenceErrorsDiffersFromEnabledInOneField() {
        Published published = new Published("live-06");
        load(published);
        var spec = published
                .manifest()
                .replace("preventUserExistenceErrors: LEGACY", "preventUserExistenceErrors: ENABLED");

        assertThat(Drift.between(
                        desired(spec).settingsFor(read(published).settings()),
                        read(published).settings()))
                .containsExactly(new FieldDifference("preventUserExistenceErrors", "ENABLED", "LEGACY"));
    }

    private void load(Published published) {
        cognito.simulator.loadClient(SHOP.value(), published.answer());
    }

    private void remove(Published published, String member) {
        cognito.simulator.changeClient(SHOP.value(), published.clientId(), Collections.singletonMap(member, null));
    }

    private List<FieldDifference> drift(Published published) {
        var observed = read(published).settings();
        return Drift.between(desired(published).settingsFor(observed), observed);
    }

    private AppClient read(Published published) {
        return cognito.appClients.describe(access("shop"), published.clientId(), Priority.USER);
    }

    private static DesiredClient desired(Published published) {
        return desired(published.manifest());
    }

    private static DesiredClient desired(String manifest) {
        var object = Serialization.unmarshal(manifest, UserPoolClient.class);
        return DesiredClient.of(
                object.getSpec(), "shop", object.getMetadata().getName(), "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0");
    }
}
