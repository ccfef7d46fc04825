package io.jacobi.nn.calculus.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FractionTest {

    @Test
    void aDoubleStandsForTheFractionNearestToIt() {
        SplittableRandom random = new SplittableRandom(39);
        for (int n = 0; n < 10_000; n++) {
            long above = random.nextLong(-100_000, 100_000);
            long below = random.nextLong(1, Fraction.LARGEST);
            Fraction found = Fraction.of((double) above / below).orElseThrow();
            assertThat(found.numerator() * below).isEqualTo(above * found.denominator());
        }
        assertThat(Fraction.of(Math.PI)).isEmpty();
        assertThat(Fraction.of(Math.sqrt(2))).isEmpty();
        assertThat(Fraction.of(Double.NaN)).isEmpty();
        assertThat(Fraction.of(1e300)).isEmpty();
        assertThat(Fraction.of(1e-300)).isEmpty();
    }

    @Test
    void fractionsAreAddedAndMultipliedExactly() {
        assertThat(Numbers.plus(0.1, 0.2)).isEqualTo(0.3);
        assertThat(Numbers.plus(1.0 / 3, 1.0 / 6)).isEqualTo(0.5);
        assertThat(Numbers.times(1.0 / 49, 49)).isEqualTo(1);
        assertThat(Numbers.power(1.0 / 3, -2)).isEqualTo(9);
        assertThat(Numbers.power(0, -1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Numbers.power(2, 0.5)).isEqualTo(Math.sqrt(2));
        assertThat(Numbers.times(1e300, 1e300)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Numbers.times(Math.PI, 2)).isEqualTo(2 * Math.PI);
        assertThat(Numbers.plus(-0.0, 0)).isZero();
    }

    @Test
    void theTextReadsBackAsTheSameDouble() {
        assertThat(Numbers.text(1.0 / 3)).isEqualTo("1/3");
        assertThat(Numbers.text(-0.25)).isEqualTo("-0.25");
        assertThat(Numbers.text(3)).isEqualTo("3");
        assertThat(Numbers.text(1e20)).isEqualTo("1.0E20");
        assertThat(Numbers.text(Double.POSITIVE_INFINITY)).isEqualTo("(1/0)");
        assertThat(Numbers.text(Double.NaN)).isEqualTo("(0/0)");
    }
}
