package io.jacobi.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Seeds.Purpose;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeedsTest {

    @Test
    void everyArgumentCounts() {
        Set<Long> seen = new HashSet<>();
        for (long seed = -2; seed < 8; seed++) {
            for (Purpose purpose : Purpose.values()) {
                for (long group = 0; group < 20; group++) {
                    for (long index = 0; index < 20; index++) {
                        assertThat(seen.add(Seeds.derive(seed, purpose, group, index)))
                                .as("seed %d, %s, group %d, index %d is new", seed, purpose, group, index)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theSameArgumentsGiveTheSameSeed() {
        assertThat(Seeds.derive(42, Purpose.SHUFFLE, 3, 7)).isEqualTo(Seeds.derive(42, Purpose.SHUFFLE, 3, 7));
    }

    @Test
    void neighboursDifferInHalfOfTheirBits() {
        int bits = 0;
        for (long index = 0; index < 1000; index++) {
            long difference =
                    Seeds.derive(42, Purpose.FORWARD, 1, index) ^ Seeds.derive(42, Purpose.FORWARD, 1, index + 1);
            bits += Long.bitCount(difference);
        }

        // 32 expected of 64, with a standard deviation of 4 / sqrt(1000)
        assertThat(bits / 1000.0).isBetween(31.4, 32.6);
    }

    @Test
    void staysWhatItIsBecauseEveryStoredResultDependsOnIt() {
        assertThat(Seeds.derive(42, Purpose.INITIALIZE, 0, 0)).isEqualTo(-8451931824771604273L);
    }
}
