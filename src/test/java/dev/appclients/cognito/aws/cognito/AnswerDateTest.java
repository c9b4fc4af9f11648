package dev.appclients.cognito.aws.cognito;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ListUserPoolClientSecretsResponse;

class AnswerDateTest {

    private static final Instant OWN = Instant.parse("2026-11-29T10:00:00.123Z");
    private static final InstantSource CLOCK = InstantSource.fixed(OWN);

    @Test
    void theDateHeaderIsTheTimeOfTheService() {
        assertThat(AnswerDate.of(answer("Sun, 29 Nov 2026 09:59:58 GMT"), CLOCK))
                .isEqualTo(Instant.parse("2026-11-29T09:59:58Z"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "now", "2026-11-29T09:59:58Z", "Mon, 29 Nov 2026 09:59:58 GMT", "Sun, 29 Nov 2026"})
    void withoutAValidDateTheOperatorsClockCounts(@Nullable String date) {
        assertThat(AnswerDate.of(answer(date), CLOCK)).isEqualTo(OWN);
    }

    @Test
    void anAnswerWithoutHttpHasTheTimeOfTheOperatorsClock() {
        assertThat(AnswerDate.of(ListUserPoolClientSecretsResponse.builder().build(), CLOCK))
                .isEqualTo(OWN);
    }

    private static SdkResponse answer(@Nullable String date) {
        SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(200);
        if (date != null) {
            http.putHeader("Date", date);
        }
        return ListUserPoolClientSecretsResponse.builder()
                .sdkHttpResponse(http.build())
                .build();
    }
}
