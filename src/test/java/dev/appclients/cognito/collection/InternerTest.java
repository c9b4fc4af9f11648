package dev.appclients.cognito.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InternerTest {

    private final Interner interner = new Interner(64);

    @Test
    void aRepeatedValueIsOneInstance() {
        interner.one(copy("synced"));
        String kept = interner.one(copy("synced"));

        assertThat(interner.one(copy("synced"))).isSameAs(kept);
    }

    @Test
    void aValueThatArrivesOnceIsNotKept() {
        Stream.generate(() -> UUID.randomUUID().toString()).limit(10_000).forEach(interner::one);

        // Two equal hashes in a row are very unlikely.
        assertThat(interner.size()).isLessThan(3);
    }

    @Test
    void theTableNeverKeepsMoreThanItsSlots() {
        Stream.iterate(0, i -> i + 1).limit(10_000).forEach(i -> {
            interner.one("value " + i);
            interner.one("value " + i);
        });

        assertThat(interner.size()).isLessThanOrEqualTo(64);
    }

    @Test
    void manyRareValuesDoNotReplaceACommonOne() {
        interner.one(copy("synced"));
        String kept = interner.one(copy("synced"));
        Stream.generate(() -> UUID.randomUUID().toString()).limit(10_000).forEach(interner::one);

        assertThat(interner.one(copy("synced"))).isSameAs(kept);
    }

    @Test
    void aStringAndARecordOfItAreBothKept() {
        record Name(String name) {}
        for (int i = 0; i < 2; i++) {
            interner.one(copy("web"));
            interner.one(new Name("web"));
        }

        assertThat(interner.size()).isEqualTo(2);
        assertThat(interner.one(new Name("web"))).isSameAs(interner.one(new Name("web")));
    }

    @Test
    void aValueOfAnotherClassIsNeverReturned() {
        interner.one(1L);
        interner.one(1L);

        assertThat((Object) interner.one(Integer.valueOf(1))).isInstanceOf(Integer.class);
        assertThat(interner.one(List.of())).isEmpty();
    }

    @Test
    void aLookupDoesNotCountAsAnArrival() {
        for (int i = 0; i < 3; i++) {
            interner.known(copy("rare"));
        }

        assertThat(interner.size()).isZero();
    }

    @Test
    void anyNumberOfSlotsWorks() {
        for (int slots : new int[] {0, 1, 3, 1000}) {
            assertThat(new Interner(slots).one("value")).isEqualTo("value");
        }
    }

    @SuppressWarnings("StringCopy") // the tests need another instance
    private static String copy(String value) {
        return new StringBuilder(value).toString();
    }
}
