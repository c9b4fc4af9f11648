package dev.appclients.cognito.runtime;

import static dev.appclients.cognito.runtime.Capacity.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityTest {

    @Test
    void theDefaultHeapFitsTenThousandClients() {
        assertThat(Capacity.clients(96 * MIB, 0)).isBetween(10_000L, 12_000L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "32, 0", "40, 0", "48, 1462", "64, 4388", "96, 10240", "128, 16091", "352, 57051"})
    void aHeapFitsANumberOfClients(long mebibytes, long clients) {
        assertThat(Capacity.clients(mebibytes * MIB, 0)).isEqualTo(clients);
    }

    @ParameterizedTest
    @CsvSource({"0, 48", "1000, 48", "5000, 80", "10000, 96", "10241, 112", "20000, 160", "50000, 320"})
    void clientsNeedAHeapInStepsOf16MiB(long clients, long mebibytes) {
        assertThat(Capacity.heap(clients(clients)) / MIB).isEqualTo(mebibytes);
        assertThat(Capacity.clients(Capacity.heap(clients(clients)), 0)).isGreaterThanOrEqualTo(clients);
    }

    @Test
    void theLimitIs160MiBMoreThanTheHeap() {
        assertThat(Capacity.limit(96 * MIB)).isEqualTo(256 * MIB);
    }

    @Test
    void tooManyClientsRaiseTheHeapToTheirNeed() {
        assertThat(Capacity.remedy(96 * MIB, clients(20_000)))
                .isEqualTo("Raise the memory limit of the operator's container to 320Mi and -Xmx in JDK_JAVA_OPTIONS to"
                        + " 160m.");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10, 10_000})
    void aFullHeapWithFewClientsIsRaisedByHalf(long clients) {
        assertThat(Capacity.remedy(96 * MIB, clients(clients))).contains("to 304Mi", "to 144m");
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 48", "1000, 1000, 64", "1000, 10000, 96", "10000, 10000, 144", "0, 10000, 96"})
    void copiesNeedHeapToo(long clients, long claims, long mebibytes) {
        WatchedObjects objects = new WatchedObjects(clients, claims);

        assertThat(Capacity.heap(objects) / MIB).isEqualTo(mebibytes);
        assertThat(Capacity.isEnough(mebibytes * MIB, objects)).isTrue();
        assertThat(Capacity.isEnough((mebibytes - 16) * MIB, objects)).isFalse();
        assertThat(Capacity.clients(mebibytes * MIB, claims)).isGreaterThanOrEqualTo(clients);
        assertThat(Capacity.clients((mebibytes - 16) * MIB, claims)).isLessThanOrEqualTo(clients);
    }

    @Test
    void tooManyCopiesRaiseTheHeapToTheirNeed() {
        assertThat(Capacity.remedy(96 * MIB, new WatchedObjects(10_000, 10_000)))
                .contains("to 304Mi", "to 144m");
    }

    private static WatchedObjects clients(long clients) {
        return new WatchedObjects(clients, 0);
    }
}
