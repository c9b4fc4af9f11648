package dev.appclients.cognito.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {

    @Test
    void onlyRevealReturnsTheSecret() {
        ClientSecret secret = new ClientSecret("canary");
        assertThat(secret.toString()).doesNotContain("canary");
        assertThat(secret.reveal()).isEqualTo("canary");
        assertThat(secret).isEqualTo(new ClientSecret("canary")).isNotEqualTo(new ClientSecret("other"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu-west-1", "eu-west-1_", "_", "eu-west-1_a/b", "eu west_1"})
    void aStringThatIsNoPoolIdIsRefused(String value) {
        assertThatThrownBy(() -> new PoolId(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPoolIdIsAtMostFiftyFiveCharactersAndBeginsWithItsRegion() {
        assertThat(new PoolId("us-gov-west-1_" + "a".repeat(41)).region()).isEqualTo("us-gov-west-1");
        assertThatThrownBy(() -> new PoolId("us-gov-west-1_" + "a".repeat(42)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPoolArnContainsItsAccountAndItsPool() {
        PoolArn arn = new PoolArn("arn:aws-us-gov:cognito-idp:us-gov-west-1:111122223333:userpool/us-gov-west-1_Shop");
        assertThat(arn.account()).isEqualTo("111122223333");
        assertThat(arn.poolId()).isEqualTo(new PoolId("us-gov-west-1_Shop"));
        assertThatThrownBy(() -> new PoolArn("arn:aws:iam::111122223333:role/shop"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIdOfASecretBelongsToTheAppClientItBeginsWith() {
        assertThat(new SecretId("abc--1", Instant.EPOCH).mayBelongTo("abc")).isTrue();
        assertThat(new SecretId("abc--1", Instant.EPOCH).mayBelongTo("ab")).isFalse();
        assertThat(new SecretId("abcd--1", Instant.EPOCH).mayBelongTo("abc")).isFalse();
        assertThat(new SecretId("an id of another form", Instant.EPOCH).mayBelongTo("abc"))
                .isTrue();
    }

    @Test
    void listsBecomeSetsWithoutOrderAndDuplicatesAndNullIsEmpty() {
        assertThat(Sets.sorted(null)).isEqualTo(Sets.sorted(List.of()));
        assertThat(Sets.sorted(List.of("zeta", "alpha", "zeta"))).containsExactly("alpha", "zeta");
    }

    @Test
    void theGracePeriodOfADisabledRotationIsIgnored() {
        assertThat(new RefreshTokenRotation(false, Duration.ofSeconds(10))).isEqualTo(RefreshTokenRotation.DISABLED);
    }

    @Test
    void anAnalyticsArnExcludesTheOtherValues() {
        assertThat(new Analytics("arn", "id", "external", "role", true))
                .isEqualTo(new Analytics("arn", null, null, null, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wherever",
                "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/",
                "arn:aws:cognito-idp:eu-west-1:12345678901:userpool/eu-west-1_Shop",
                "arn:aws:cognito-idp:eu-west-1:account:userpool/eu-west-1_Shop",
                "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/us-east-1_Shop",
                "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop/client",
                "arn:aws:s3:eu-west-1:123456789012:userpool/eu-west-1_Shop",
                "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_Shop\n",
            })
    void aStringThatIsNoPoolArnIsRefused(String value) {
        assertThat(PoolArn.isPossible(value)).isFalse();
        assertThatThrownBy(() -> new PoolArn(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theIdOfAnAppClientIsOneToAHundredAndTwentyEightWordCharacters() {
        assertThat(List.of("3abc", "a+B_9", "a".repeat(128))).allMatch(ClientIds::isPossible);
        assertThat(List.of("", "a b", "a-b", "a/b", "a\n", "a".repeat(129))).noneMatch(ClientIds::isPossible);
    }
}
