package dev.appclients.cognito.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.appclients.cognito.api.v1beta1.CopiesStatus;
import dev.appclients.cognito.api.v1beta1.DriftedField;
import dev.appclients.cognito.api.v1beta1.RotationStatus;
import dev.appclients.cognito.api.v1beta1.SecretStatus;
import dev.appclients.cognito.api.v1beta1.UserPoolClientStatus;
import dev.appclients.cognito.model.EchoedRequest;
import dev.appclients.cognito.model.Excerpt;
import dev.appclients.cognito.model.PoolArn;
import dev.appclients.cognito.model.PoolAttributes;
import dev.appclients.cognito.model.PoolDomain;
import dev.appclients.cognito.model.PoolFacts;
import dev.appclients.cognito.model.Reason;
import dev.appclients.cognito.status.PoolStatus.PoolReport;
import dev.appclients.cognito.status.PoolStatus.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every status fits the schema of its CRD, however long its texts are. The API server refuses one that does not fit. */
class StatusBoundsTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    /** One character of four bytes, which Java counts as two. */
    private static final String WIDE = "\uD83D\uDD11";

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"x", "ü", WIDE})
    void theLargestStatusOfAClientFits(String character) throws IOException {
        String longest = character.repeat(300_000);
        List<DriftedField> drift = Collections.nCopies(
                20,
                new DriftedField(
                        "enablePropagateAdditionalUserContextData",
                        Excerpt.of("x" + longest, DriftedField.MAX_VALUE),
                        Excerpt.of(longest, DriftedField.MAX_VALUE)));
        RecordedClient client = new RecordedClient(
                "w".repeat(128),
                "arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/us-gov-west-1_" + "A".repeat(40),
                NOW,
                "observed-" + "0".repeat(64),
                Collections.nCopies(20, Excerpt.of(longest, 64)));
        PublishedEndpoints endpoints = new PublishedEndpoints(
                "https://issuer.cognito-idp.us-gov-west-1.amazonaws.com/us-gov-west-1_" + "A".repeat(40),
                "https://shop.example.com/login?redirect_uri=" + longest);
        StatusFields fields = new StatusFields(
                client,
                endpoints,
                new SecretStatus(
                        "s".repeat(253), Collections.nCopies(30, "k".repeat(253)), 7L, "Original", "i".repeat(256)),
                new CopiesStatus(1000000, 999999, "999999/1000000"),
                drift,
                new RotationStatus(
                        "Overlap", NOW.toString(), NOW.toString(), "Overlap 999999/1000000 until 2027-01-19T00:00Z"),
                EchoedRequest.of("x" + longest),
                EchoedRequest.of("y" + longest));

        for (Outcome outcome : conclusions("x" + longest)) {
            for (LoginPage.Verdict verdict : LoginPage.Verdict.values()) {
                var report = new StatusReport(
                        Long.MAX_VALUE,
                        outcome,
                        EnumSet.allOf(Step.class),
                        fields,
                        new LoginPage(verdict, "x" + longest),
                        List.of(longest, longest),
                        new RotationReport(fields.rotation(), Reason.ROTATING, "x" + longest));
                UserPoolClientStatus status = ClientStatus.compose(null, report, NOW);

                assertThat(misfits("userpoolclients", status))
                        .as("%s", outcome.getClass())
                        .isEmpty();
                assertThat(status.toString()).as("no half character").matches(StatusBoundsTest::isWhole);
                assertThat(ClientStatus.compose(status, report, NOW))
                        .as("nothing flaps")
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void aLoginUrlThatDoesNotFitIsOmittedAndOneThatFitsIsWhole() {
        assertThat(loginUrl("u".repeat(8192))).isEqualTo("u".repeat(8192));
        assertThat(loginUrl(WIDE.repeat(8192))).isEqualTo(WIDE.repeat(8192));
        assertThat(loginUrl("u".repeat(8193))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", WIDE})
    void theLargestStatusOfAPoolFits(String character) throws IOException {
        String longest = character.repeat(250_000);
        List<String> attributes = IntStream.range(0, 70)
                .mapToObj(i -> "dev:custom:" + i + "a".repeat(20))
                .toList();
        PoolFacts facts = new PoolFacts(
                new PoolArn("arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_" + "A".repeat(40)),
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_" + "A".repeat(40),
                new PoolDomain("d".repeat(63) + ".auth.us-gov-west-1.amazoncognito.com", 2),
                "ESSENTIALS",
                PoolAttributes.of(attributes, attributes, attributes));

        for (Reason reason : List.of(Reason.ACCESS_DENIED, Reason.UNEXPECTED_ERROR)) {
            PoolReport report = new PoolReport(
                    3, facts, new Problem(reason, "x" + longest), true, 9, false, EchoedRequest.of("x" + longest));

            assertThat(misfits("clusteruserpools", PoolStatus.compose(null, report, NOW)))
                    .isEmpty();
        }
    }

    private static String loginUrl(String url) {
        StatusFields fields = new StatusFields(
                RecordedClient.NONE, new PublishedEndpoints(null, url), null, null, null, null, null, null);
        return ClientStatus.compose(
                        null,
                        new StatusReport(
                                1,
                                new Outcome.Synced("In sync"),
                                EnumSet.allOf(Step.class),
                                fields,
                                LoginPage.NOT_REQUIRED,
                                List.of(),
                                null),
                        NOW)
                .loginURL();
    }

    private static List<Outcome> conclusions(String message) {
        return List.of(
                new Outcome.Synced(message),
                new Outcome.Paused(),
                new Outcome.Waiting(Step.CLIENT, Reason.THROTTLED, message),
                new Outcome.Refused(Step.SECRET, Reason.SECRET_REFUSED, message),
                new Outcome.Deleting(message),
                new Outcome.DeletionRefused(Reason.ACCESS_DENIED, message),
                new Outcome.Unexpected());
    }

    private static boolean isWhole(String text) {
        return text.codePoints()
                .noneMatch(character -> character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE);
    }

    /** The paths at which a status does not fit the schema. */
    private static List<String> misfits(String plural, Object status) throws IOException {
        JsonNode crd = new YAMLMapper()
                .readTree(Path.of("crds/" + plural + ".cognito.appclients.dev.yaml")
                        .toFile());
        JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/status");
        assertThat(schema.path("properties").size()).as("the schema was found").isPositive();
        List<String> misfits = new ArrayList<>();
        check("status", JSON.valueToTree(status), schema, misfits);
        return misfits;
    }

    private static void check(String path, JsonNode value, JsonNode schema, List<String> misfits) {
        if (value.isTextual()) {
            long length = value.textValue().codePointCount(0, value.textValue().length());
            most(path, length, schema.path("maxLength"), misfits);
        } else if (value.isArray()) {
            most(path, value.size(), schema.path("maxItems"), misfits);
            value.forEach(item -> check(path + "[]", item, schema.path("items"), misfits));
        } else if (value.isObject()) {
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                JsonNode inner = schema.path("properties").path(field.getKey());
                if (inner.isMissingNode()) {
                    misfits.add(path + "." + field.getKey() + " is not in the schema");
                } else {
                    check(path + "." + field.getKey(), field.getValue(), inner, misfits);
                }
            }
        }
    }

    private static void most(String path, long found, JsonNode bound, List<String> misfits) {
        // Enumerated values have no bound in the schema.
        if (!bound.isMissingNode() && found > bound.asLong()) {
            misfits.add(path + " has " + found + ", at most " + bound.asLong());
        }
    }
}
