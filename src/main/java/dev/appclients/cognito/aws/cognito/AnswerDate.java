package dev.appclients.cognito.aws.cognito;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.core.SdkResponse;

/** The time of an answer, from its {@code Date} header. */
final class AnswerDate {

    private AnswerDate() {}

    /** The service's time in whole seconds; the clock's if the answer has no valid {@code Date} header. */
    static Instant of(SdkResponse answer, InstantSource clock) {
        return Optional.ofNullable(answer.sdkHttpResponse())
                .flatMap(response -> response.firstMatchingHeader("Date"))
                .flatMap(AnswerDate::parse)
                .orElseGet(clock::instant);
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date.strip(), Instant::from));
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
