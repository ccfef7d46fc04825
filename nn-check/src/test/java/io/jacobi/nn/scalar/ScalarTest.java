package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScalarTest {

    static Stream<Known> operations() {
        return Known.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasItsValueAndItsDerivatives(Known known) {
        Scalar a = Scalar.of(known.a());
        Scalar b = Scalar.of(known.b());

        Scalar y = known.function().of(a, b);
        y.backward();

        assertThat(y.value()).isCloseTo(known.value(), within(4e-16 * Math.abs(known.value())));
        assertThat(a.gradient()).isCloseTo(known.byA(), within(1e-15 * Math.abs(known.byA())));
        assertThat(b.gradient()).isCloseTo(known.byB(), within(1e-15 * Math.abs(known.byB())));
    }

    @Test
    void aNumberUsedTwiceGetsBothContributions() {
        Scalar x = Scalar.of(3);

        x.times(x).plus(x).backward();

        assertThat(x.gradient()).isEqualTo(2 * 3 + 1);
    }

    /** z = y² + y, y = x²: the gradient of y must be complete, 2y + 1, before y passes it on. */
    @Test
    void aNumberPassesItsGradientOnWhenItIsComplete() {
        Scalar x = Scalar.of(2);
        Scalar y = x.times(x);

        y.times(y).plus(y).backward();

        assertThat(y.gradient()).isEqualTo(9);
        assertThat(x.gradient()).isEqualTo(9 * 4);
    }

    @Test
    void aResultHasTheGradientOneAndOtherNumbersHaveNone() {
        Scalar x = Scalar.of(2);
        Scalar other = x.exp();

        Scalar y = x.times(5);
        y.backward();

        assertThat(y.gradient()).isEqualTo(1);
        assertThat(other.gradient()).isZero();
        assertThat(Scalar.of(7).gradient()).isZero();
    }

    @Test
    void backwardTwiceGivesTheSame() {
        Scalar x = Scalar.of(0.3);
        Scalar y = x.tanh().times(x.exp()).plus(x);

        y.backward();
        double once = x.gradient();
        y.backward();

        assertThat(x.gradient()).isEqualTo(once);
    }

    @Test
    void theLastBackwardDeterminesTheGradient() {
        Scalar x = Scalar.of(3);
        Scalar square = x.square();
        Scalar cube = square.times(x);

        cube.backward();
        square.backward();

        assertThat(x.gradient()).isEqualTo(6);
        assertThat(square.gradient()).isEqualTo(1);
    }

    /** Whatever the order of the nodes in memory: a sum of many terms of different size would show it. */
    @Test
    void theSameComputationGivesTheSameGradientToTheBit() {
        assertThat(Stream.generate(ScalarTest::gradientOfManyTerms).limit(20).distinct())
                .hasSize(1);
    }

    private static double gradientOfManyTerms() {
        Scalar x = Scalar.of(0.1);
        Scalar sum = Scalar.of(0);
        for (int i = 1; i < 1000; i++) {
            sum = sum.plus(x.times(i).tanh().over(i));
        }
        sum.backward();
        return x.gradient();
    }

    @Test
    void aGraphOf100_000NodesDoesNotOverflowTheStack() {
        Scalar x = Scalar.of(0.5);
        Scalar sum = x;
        for (int i = 1; i < 100_000; i++) {
            sum = sum.plus(x);
        }
        sum.backward();

        assertThat(sum.value()).isEqualTo(50_000);
        assertThat(x.gradient()).isEqualTo(100_000);
    }

    @Test
    void theSlopeOfARootAtZeroIsInfinite() {
        Scalar x = Scalar.of(0);

        x.sqrt().backward();

        assertThat(x.gradient()).isInfinite();
    }

    @Test
    void printsItsValueAndItsGradient() {
        Scalar x = Scalar.of(3);

        x.times(x).backward();

        assertThat(x).hasToString("3.0 (gradient 6.0)");
    }
}
