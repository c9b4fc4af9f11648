package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.authorization.Quota.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuotaTest {

    private static final Member FIRST = new Member("2026-01-01T00:00:00Z", "b");
    private static final Member SECOND = new Member("2026-01-01T00:00:01Z", "a");
    private static final Member THIRD = new Member("2026-01-01T00:00:01Z", "c");
    private static final List<Member> ALL = List.of(THIRD, FIRST, SECOND);

    @ParameterizedTest(name = "quota {0}: {1} {2} {3}")
    @CsvSource({
        "0, false, false, false",
        "1, true, false, false",
        "2, true, true, false",
        "3, true, true, true",
        "9, true, true, true"
    })
    void the_oldest_have_a_place_and_the_uid_decides_within_a_second(
            int limit, boolean first, boolean second, boolean third) {
        assertThat(Quota.isWithin(limit, FIRST, ALL)).isEqualTo(first);
        assertThat(Quota.isWithin(limit, SECOND, ALL)).isEqualTo(second);
        assertThat(Quota.isWithin(limit, THIRD, ALL)).isEqualTo(third);
    }

    @Test
    void without_a_limit_every_object_has_a_place() {
        assertThat(Quota.isWithin(null, THIRD, ALL)).isTrue();
    }

    @Test
    void an_object_that_the_cache_does_not_have_yet_is_judged_too() {
        assertThat(Quota.isWithin(2, THIRD, List.of(FIRST, SECOND))).isFalse();
        assertThat(Quota.isWithin(3, THIRD, List.of(FIRST, SECOND))).isTrue();
    }

    @Test
    void exactly_as_many_objects_as_the_limit_have_a_place_in_any_order() {
        Random random = new Random(1);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            members.add(new Member("2026-01-01T00:00:%02dZ".formatted(random.nextInt(10)), "uid-" + i));
        }
        for (int limit = 0; limit <= members.size(); limit++) {
            Collections.shuffle(members, random);
            int places = limit;
            assertThat(members.stream().filter(member -> Quota.isWithin(places, member, members)))
                    .hasSize(limit);
        }
    }
}
