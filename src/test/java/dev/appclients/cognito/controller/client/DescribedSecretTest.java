package dev.appclients.cognito.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DescribedSecretTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void aDescribedSecretIsPublishedOnlyIfItIsTheOnlyOne(
            String sentence, List<String> listed, List<String> published, DescribedSecret judged) {
        assertThat(DescribedSecret.judge(listed, published)).isEqualTo(judged);
    }

    static Stream<Arguments> table() {
        return Stream.of(
                arguments(
                        "one secret, and no Secret names one: publish it",
                        List.of("a"),
                        List.of(),
                        new DescribedSecret.Publishable()),
                arguments(
                        "one secret, which the Secret names: publish it",
                        List.of("a"),
                        List.of("a"),
                        new DescribedSecret.Publishable()),
                arguments(
                        "the Secret names another: it is gone in Cognito",
                        List.of("a"),
                        List.of("b"),
                        new DescribedSecret.NotThePublished("b")),
                arguments(
                        "one of two Secrets names another: it is gone in Cognito",
                        List.of("a"),
                        List.of("a", "b"),
                        new DescribedSecret.NotThePublished("b")),
                arguments(
                        "two secrets: any may be in use",
                        List.of("a", "b"),
                        List.of(),
                        new DescribedSecret.OneOfSeveral(List.of("a", "b"))),
                arguments(
                        "two secrets, and the Secret names the first: its value may have been changed",
                        List.of("a", "b"),
                        List.of("a"),
                        new DescribedSecret.OneOfSeveral(List.of("a", "b"))),
                arguments("no secret: the list lags", List.of(), List.of("a"), new DescribedSecret.Unlisted()));
    }

    @Test
    void theTableHasEveryJudgment() {
        Set<Class<?>> inTheTable = table().map(row -> row.get()[3].getClass()).collect(Collectors.toSet());

        assertThat(inTheTable).isEqualTo(Set.of(DescribedSecret.class.getPermittedSubclasses()));
    }
}
