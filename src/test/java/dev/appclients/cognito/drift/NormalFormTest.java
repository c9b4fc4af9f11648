package dev.appclients.cognito.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.plan.DesiredClient;
import dev.appclients.cognito.plan.Drift;
import dev.appclients.cognito.plan.SettingsDigest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client has one normal form, whatever its spelling. */
class NormalFormTest {

    private static final int CASES = 2_000;

    @Test
    void everySpellingHasTheSameNormalForm() {
        Seeds.cases(CASES).forEach(seed -> {
            Map<String, Object> spec = RandomSpec.of(seed);
            Map<String, Object> other = Writings.another(spec, Seeds.random(~seed));
            String about = Seeds.replay(seed, spec + " and " + other);

            assertThat(Drift.between(
                            Desired.of(spec).settings(), Desired.of(other).settings()))
                    .as(about)
                    .isEmpty();
            assertThat(Desired.of(other)).as(about).isEqualTo(Desired.of(spec));
            assertThat(SettingsDigest.of(Desired.of(other), false))
                    .as(about)
                    .isEqualTo(SettingsDigest.of(Desired.of(spec), false));
        });
    }

    @Test
    void normalizationIsIdempotent() {
        Seeds.cases(CASES).forEach(seed -> {
            Map<String, Object> spec = RandomSpec.of(seed);
            DesiredClient once = Desired.of(spec);

            assertThat(Desired.of(Desired.written(once, spec)))
                    .as(Seeds.replay(seed, spec))
                    .isEqualTo(once);
        });
    }
}
