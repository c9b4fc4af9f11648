package dev.appclients.cognito.aws.cognito;

import static dev.appclients.cognito.aws.cognito.SimulatedCognito.SHOP;
import static dev.appclients.cognito.aws.cognito.SimulatedCognito.settings;
import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.Analytics;
import dev.appclients.cognito.model.AppClient;
import dev.appclients.cognito.model.AppClientSettings;
import dev.appclients.cognito.model.OAuth;
import dev.appclients.cognito.model.RefreshTokenRotation;
import dev.appclients.cognito.model.Sets;
import dev.appclients.cognito.model.TokenValidity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

class SettingsMapperTest {

    private static final AppClientSettings EMPTY = new AppClientSettings(
            "web",
            Sets.sorted(null),
            Duration.ofMinutes(3),
            TokenValidity.COGNITO_DEFAULT,
            RefreshTokenRotation.DISABLED,
            true,
            "LEGACY",
            false,
            new OAuth(Sets.sorted(null), Sets.sorted(null), false, Sets.sorted(null), Sets.sorted(null), null),
            Sets.sorted(null),
            Sets.sorted(null),
            Sets.sorted(null),
            null);

    @Test
    void anUpdateSetsEveryMemberThatHasADefault() {
        assertThat(membersOf(SettingsMapper.update(SHOP, "abc", EMPTY)))
                .as("all members except those that only omission clears")
                .containsExactlyInAnyOrderElementsOf(SettingsMapper.update(SHOP, "abc", EMPTY).sdkFields().stream()
                        .map(SdkField::memberName)
                        .filter(name -> !List.of("DefaultRedirectURI", "AnalyticsConfiguration")
                                .contains(name))
                        .toList());
    }

    @Test
    void aCreateSetsTheSameMembersAsAnUpdate() {
        Map<String, Object> create = valuesOf(SettingsMapper.create(SHOP, settings("web"), true));
        Map<String, Object> update = valuesOf(SettingsMapper.update(SHOP, "abc", settings("web")));
        assertThat(create.remove("GenerateSecret")).isEqualTo(true);
        assertThat(update.remove("ClientId")).isEqualTo("abc");
        assertThat(create).isEqualTo(update);
    }

    @Test
    void listsAreSentSorted() {
        assertThat(SettingsMapper.update(SHOP, "abc", settings("web")).callbackURLs())
                .containsExactly("https://shop.example.com/a", "https://shop.example.com/b");
    }

    static Stream<Arguments> validities() {
        return Stream.of(
                Arguments.of(Duration.ofMinutes(5), 5, "minutes"),
                Arguments.of(Duration.ofSeconds(301), 301, "seconds"),
                Arguments.of(Duration.ofMinutes(60), 1, "hours"),
                Arguments.of(Duration.ofMinutes(90), 90, "minutes"),
                Arguments.of(Duration.ofHours(24), 1, "days"),
                Arguments.of(Duration.ofHours(36), 36, "hours"),
                Arguments.of(Duration.ofDays(3650), 3650, "days"),
                Arguments.of(Duration.ofDays(3650).minusSeconds(1), 315359999, "seconds"));
    }

    @ParameterizedTest
    @MethodSource("validities")
    void validitiesAreSentInTheLargestUnitThatDividesThem(Duration validity, int amount, String unit) {
        AppClientSettings settings = with(new TokenValidity(validity, validity, validity));
        var request = SettingsMapper.update(SHOP, "abc", settings);
        assertThat(List.of(request.accessTokenValidity(), request.idTokenValidity(), request.refreshTokenValidity()))
                .containsOnly(amount);
        assertThat(List.of(
                        request.tokenValidityUnits().accessTokenAsString(),
                        request.tokenValidityUnits().idTokenAsString(),
                        request.tokenValidityUnits().refreshTokenAsString()))
                .containsOnly(unit);
    }

    @Test
    void anOmittedMemberHasItsDefault() {
        AppClient bare = SettingsMapper.client(
                SHOP,
                UserPoolClientType.builder().clientId("abc").clientName("web").build(),
                List.of());
        assertThat(bare).isEqualTo(new AppClient(SHOP, "abc", EMPTY, null));
    }

    static Stream<Arguments> observedValidities() {
        return Stream.of(
                Arguments.of(60, "minutes", Duration.ofHours(1)),
                Arguments.of(2, null, Duration.ofDays(2)),
                Arguments.of(0, "days", Duration.ofDays(30)),
                Arguments.of(null, "hours", Duration.ofDays(30)),
                Arguments.of(43_200, "minutes", Duration.ofDays(30)),
                Arguments.of(180, "minutes", Duration.ofHours(3)),
                Arguments.of(720, "hours", Duration.ofDays(30)),
                Arguments.of(7200, "seconds", Duration.ofHours(2)));
    }

    @ParameterizedTest
    @MethodSource("observedValidities")
    void anObservedRefreshValidityIsADuration(@Nullable Integer amount, @Nullable String unit, Duration expected) {
        UserPoolClientType client = UserPoolClientType.builder()
                .clientId("abc")
                .clientName("web")
                .refreshTokenValidity(amount)
                .tokenValidityUnits(units -> units.refreshToken(unit))
                .build();
        assertThat(SettingsMapper.client(SHOP, client, List.of())
                        .settings()
                        .tokenValidity()
                        .refresh())
                .isEqualTo(expected);
    }

    /** Cognito returns only the units that were sent. */
    @Test
    void aMissingUnitHasItsDefaultWhateverTheOthersAre() {
        UserPoolClientType client = UserPoolClientType.builder()
                .clientId("abc")
                .clientName("web")
                .accessTokenValidity(180)
                .idTokenValidity(2)
                .refreshTokenValidity(7)
                .tokenValidityUnits(units -> units.accessToken("minutes"))
                .build();

        assertThat(SettingsMapper.client(SHOP, client, List.of()).settings().tokenValidity())
                .isEqualTo(new TokenValidity(Duration.ofHours(3), Duration.ofHours(2), Duration.ofDays(7)));
        assertThat(SettingsMapper.client(
                                SHOP,
                                client.toBuilder()
                                        .tokenValidityUnits(units -> {})
                                        .accessTokenValidity(3)
                                        .build(),
                                List.of())
                        .settings()
                        .tokenValidity())
                .isEqualTo(new TokenValidity(Duration.ofHours(3), Duration.ofHours(2), Duration.ofDays(7)));
    }

    @Test
    void theGracePeriodOfADisabledRotationIsIgnored() {
        UserPoolClientType client = UserPoolClientType.builder()
                .clientId("abc")
                .clientName("web")
                .refreshTokenRotation(rotation -> rotation.feature("DISABLED").retryGracePeriodSeconds(10))
                .build();
        assertThat(SettingsMapper.client(SHOP, client, List.of()).settings().refreshTokenRotation())
                .isEqualTo(RefreshTokenRotation.DISABLED);
    }

    @Test
    void theRoleThatCognitoAddsToAnAnalyticsArnIsIgnored() {
        UserPoolClientType client = UserPoolClientType.builder()
                .clientId("abc")
                .clientName("web")
                .analyticsConfiguration(analytics -> analytics
                        .applicationArn("arn:aws:mobiletargeting:eu-west-1:111122223333:apps/1")
                        .roleArn("arn:aws:iam::111122223333:role/aws-service-role/filled-in")
                        .userDataShared(false))
                .build();
        assertThat(SettingsMapper.client(SHOP, client, List.of()).settings().analytics())
                .isEqualTo(new Analytics(
                        "arn:aws:mobiletargeting:eu-west-1:111122223333:apps/1", null, null, null, false));
    }

    @Test
    void valuesUnknownToTheSdkAreSentAndReadUnchanged() {
        UserPoolClientType client = UserPoolClientType.builder()
                .clientId("abc")
                .clientName("web")
                .explicitAuthFlowsWithStrings("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_SOMETHING_NEWER")
                .preventUserExistenceErrors("PARTLY")
                .build();
        AppClientSettings observed =
                SettingsMapper.client(SHOP, client, List.of()).settings();
        assertThat(observed.explicitAuthFlows()).containsExactly("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_SOMETHING_NEWER");
        var request = SettingsMapper.update(SHOP, "abc", observed);
        assertThat(request.explicitAuthFlowsAsStrings())
                .containsExactly("ALLOW_CLIENT_TOKEN_AUTH", "ALLOW_SOMETHING_NEWER");
        assertThat(request.preventUserExistenceErrorsAsString()).isEqualTo("PARTLY");
    }

    static Stream<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(seed -> (long) seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void allSettingsReadBackEqual(long seed) {
        AppClientSettings settings = random(new Random(seed));
        SdkPojo sent = SettingsMapper.update(SHOP, "abc", settings);
        UserPoolClientType.Builder echo = UserPoolClientType.builder();
        Map<String, SdkField<?>> targets = echo.sdkFieldNameToField();
        for (SdkField<?> field : sent.sdkFields()) {
            targets.get(field.memberName()).set(echo, field.getValueOrDefault(sent));
        }
        assertThat(SettingsMapper.client(SHOP, echo.build(), List.of()).settings())
                .isEqualTo(settings);
    }

    private static AppClientSettings random(Random random) {
        return new AppClientSettings(
                "web",
                some(random, "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_AUTH"),
                Duration.ofMinutes(random.nextInt(3, 16)),
                new TokenValidity(
                        Duration.ofSeconds(random.nextInt(300, 86401)),
                        Duration.ofMinutes(random.nextInt(5, 1441)),
                        Duration.ofSeconds(random.nextInt(3600, 315360001))),
                random.nextBoolean()
                        ? RefreshTokenRotation.DISABLED
                        : new RefreshTokenRotation(true, Duration.ofSeconds(random.nextInt(61))),
                random.nextBoolean(),
                random.nextBoolean() ? "ENABLED" : "LEGACY",
                random.nextBoolean(),
                new OAuth(
                        some(random, "code", "implicit"),
                        some(random, "openid", "email", "orders/read"),
                        random.nextBoolean(),
                        some(random, "https://b.example/ä", "https://a.example", "myapp://x"),
                        some(random, "https://a.example"),
                        random.nextBoolean() ? null : "https://a.example"),
                some(random, "COGNITO", "Google", "Firma-ä"),
                some(random, "email", "name"),
                some(random, "email", "custom:tenant"),
                random.nextBoolean() ? null : new Analytics(null, "0a1b", "x", "arn:aws:iam::1:role/r", true));
    }

    private static SortedSet<String> some(Random random, String... of) {
        return Sets.sorted(Stream.of(of).filter(value -> random.nextBoolean()).toList());
    }

    private static AppClientSettings with(TokenValidity validity) {
        return new AppClientSettings(
                EMPTY.clientName(),
                EMPTY.explicitAuthFlows(),
                EMPTY.authSessionValidity(),
                validity,
                EMPTY.refreshTokenRotation(),
                EMPTY.enableTokenRevocation(),
                EMPTY.preventUserExistenceErrors(),
                EMPTY.enablePropagateAdditionalUserContextData(),
                EMPTY.oauth(),
                EMPTY.supportedIdentityProviders(),
                EMPTY.readAttributes(),
                EMPTY.writeAttributes(),
                EMPTY.analytics());
    }

    private static List<String> membersOf(SdkPojo request) {
        return new ArrayList<>(valuesOf(request).keySet());
    }

    private static Map<String, Object> valuesOf(SdkPojo request) {
        return request.sdkFields().stream()
                .filter(field -> field.getValueOrDefault(request) != null)
                .collect(Collectors.toMap(
                        SdkField::memberName, field -> field.getValueOrDefault(request), (a, b) -> a, TreeMap::new));
    }
}
