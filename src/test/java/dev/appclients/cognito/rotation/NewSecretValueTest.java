package dev.appclients.cognito.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.model.ClientSecret;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewSecretValueTest {

    private static final int SAMPLES = 5_000;

    private final SecureRandom random = new SecureRandom();

    @Test
    void aValueHas48LettersAndDigits() {
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(NewSecretValue.from(random).reveal()).matches("[A-Za-z0-9]{48}");
        }
    }

    @Test
    void aValueFitsCognitosPattern() {
        assertThat(NewSecretValue.from(random).reveal()).matches("[\\w+]{24,64}");
    }

    @Test
    void noValueRepeats() {
        Set<ClientSecret> values = new HashSet<>();
        for (int i = 0; i < SAMPLES; i++) {
            values.add(NewSecretValue.from(random));
        }
        assertThat(values).hasSize(SAMPLES);
    }

    /** 240,000 characters over 62: 3,871 each, with a standard deviation of 62. Six deviations are never exceeded by chance. */
    @Test
    void everyCharacterIsAsFrequentAsTheOthers() {
        int[] counts = new int[128];
        for (int i = 0; i < SAMPLES; i++) {
            NewSecretValue.from(random).reveal().chars().forEach(character -> counts[character]++);
        }
        for (char character = 0; character < counts.length; character++) {
            if (Character.isLetterOrDigit(character)) {
                assertThat(counts[character]).as("%c", character).isBetween(3_871 - 6 * 62, 3_871 + 6 * 62);
            }
        }
    }

    /** A value depends on nothing but the generator, so the operator needs no memory of earlier ones. */
    @Test
    void theGeneratorDecidesEveryCharacter() {
        SecureRandom zeros = new SecureRandom() {
            @Override
            public int nextInt(int bound) {
                return bound - 1;
            }
        };
        assertThat(NewSecretValue.from(zeros).reveal()).isEqualTo("9".repeat(48));
    }
}
