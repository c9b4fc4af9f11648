package dev.appclients.cognito.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.api.v1beta1.ClusterUserPoolStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts in a pool's status are used only if each of them is well-formed. */
class RecordedFactsTest {

    private static final String POOL_ID = "eu-west-1_Shop";
    private static final Map<String, String> VALID = Map.of(
            "userPoolARN", "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/" + POOL_ID,
            "issuer", "https://cognito-idp.eu-west-1.amazonaws.com/" + POOL_ID,
            "domain", "shop.auth.eu-west-1.amazoncognito.com",
            "loginVersion", "2",
            "tier", "ESSENTIALS",
            "attributes", "{names: [email, 'custom:role'], required: [email]}");

    @Test
    void theFactsOfCognitoAreWellFormed() {
        assertThat(areWellFormed("tier", "ESSENTIALS")).isTrue();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "userPoolARN  | wherever",
                "userPoolARN  | ''",
                "userPoolARN  | arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Another",
                "userPoolARN  | arn:aws:cognito-idp:eu-west-1:123456789012:userpool/us-east-1_Shop",
                "issuer       | wherever",
                "issuer       | http://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Shop",
                "issuer       | 'https://'",
                "issuer       | https://user@cognito-idp.eu-west-1.amazonaws.com/",
                "issuer       | https://cognito-idp.eu-west-1.amazonaws.com/?a=b",
                "domain       | https://auth.example.com",
                "domain       | auth.example.com/path",
                "domain       | localhost",
                "domain       | 'auth example.com'",
                "loginVersion | -1",
                "loginVersion | 0",
                "tier         | 'any tier'",
                "attributes   | {names: [email], required: [name]}",
                "attributes   | {names: [''], required: []}",
                "attributes   | {names: ['a b'], required: []}",
            })
    void aMalformedFactIsNotUsed(String field, String garbage) {
        assertThat(areWellFormed(field, garbage)).isFalse();
    }

    private static boolean areWellFormed(String field, String value) {
        Map<String, String> fields = new LinkedHashMap<>(VALID);
        fields.put(field, value);
        StringBuilder yaml = new StringBuilder("---\n");
        fields.forEach((name, text) -> yaml.append(name)
                .append(": ")
                .append(name.equals("attributes") || name.equals("loginVersion") ? text : "'" + text + "'")
                .append('\n'));
        return RecordedFacts.areWellFormed(
                Serialization.unmarshal(yaml.toString(), ClusterUserPoolStatus.class), POOL_ID);
    }
}
