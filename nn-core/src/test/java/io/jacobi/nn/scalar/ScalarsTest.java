package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both kinds of number know the derivative of every operation, as the textbooks have it. */
class ScalarsTest {

    /** A function of one number, for every kind. */
    private interface Function {
        <T extends Real<T>> T of(T x);
    }

    private static Arguments function(
            String name, Function f, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
        return Arguments.of(name, f, value, derivative);
    }

    static Stream<Arguments> functions() {
        return Stream.of(
                function("x + x x", ScalarsTest::polynomial, x -> x + x * x, x -> 1 + 2 * x),
                function("3 - x", ScalarsTest::difference, x -> 3 - x, x -> -1),
                function("(x + 1) / x", ScalarsTest::quotient, x -> 1 + 1 / x, x -> -1 / (x * x)),
                function("exp", Real::exp, Math::exp, Math::exp),
                function("log", Real::log, Math::log, x -> 1 / x),
                function("sqrt", Real::sqrt, Math::sqrt, x -> 0.5 / Math.sqrt(x)),
                function("tanh", Real::tanh, Math::tanh, x -> 1 - Math.tanh(x) * Math.tanh(x)),
                function("sigmoid", Real::sigmoid, ScalarsTest::logistic, x -> logistic(x) * logistic(-x)),
                function("square", Real::square, x -> x * x, x -> 2 * x),
                function("reciprocal", Real::reciprocal, x -> 1 / x, x -> -1 / (x * x)));
    }

    private static <T extends Real<T>> T polynomial(T x) {
        return x.plus(x.times(x));
    }

    private static <T extends Real<T>> T difference(T x) {
        return x.constant(3).minus(x);
    }

    private static <T extends Real<T>> T quotient(T x) {
        return x.plus(1).over(x);
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("functions")
    void differentiate(String name, Function f, DoubleUnaryOperator value, DoubleUnaryOperator derivative) {
        for (double at : new double[] {0.2, 0.7, 1, 2.5}) {
            Scalar x = Scalar.of(at);
            Scalar y = f.of(x);
            y.backward();
            Dual dual = f.of(new Dual(at, 1));

            double expected = derivative.applyAsDouble(at);
            assertThat(y.value()).as(name).isCloseTo(value.applyAsDouble(at), within(1e-14));
            assertThat(dual.value()).as(name).isEqualTo(y.value());
            assertThat(x.gradient()).as(name + " backwards").isCloseTo(expected, within(1e-13 * Math.abs(expected)));
            assertThat(dual.tangent()).as(name + " forwards").isCloseTo(expected, within(1e-13 * Math.abs(expected)));
        }
    }

    @Test
    void theErrorFunctionHasTheNormalDensityAsItsDerivative() {
        Scalar x = Scalar.of(0.5);
        x.erf().backward();

        // 2/√π e^(−1/4)
        assertThat(x.gradient()).isCloseTo(0.878782578935445, within(1e-14));
        assertThat(new Dual(0.5, 2).erf().tangent()).isCloseTo(2 * 0.878782578935445, within(1e-14));
        // Abramowitz and Stegun, table 7.1
        assertThat(x.erf().value()).isCloseTo(0.5204998778, within(1e-10));
    }

    @Test
    void aNumberThatIsUsedTwiceGetsBothShares() {
        Scalar x = Scalar.of(3);
        Scalar y = x.times(x).plus(x);
        y.backward();

        assertThat(x.gradient()).isEqualTo(7);
        y.backward();
        assertThat(x.gradient()).as("set, not added to").isEqualTo(7);
    }

    @Test
    void aDeepGraphNeedsNoDeepStack() {
        Scalar x = Scalar.of(1);
        Scalar y = x;
        for (int i = 0; i < 100_000; i++) {
            y = y.plus(x);
        }
        y.backward();

        assertThat(x.gradient()).isEqualTo(100_001);
    }

    @Test
    void branchesGoByTheValueAndTheFirstOfEqualsWins() {
        Scalar a = Scalar.of(1);
        Scalar b = Scalar.of(1);

        assertThat(Real.max(a, b)).isSameAs(a);
        assertThat(Real.min(a, b)).isSameAs(a);
        assertThat(new Dual(-2, 1).abs()).isEqualTo(new Dual(2, -1));
    }

    @Test
    void tensorsAreIndexedInRowMajorOrderAndCheckTheirIndices() {
        Tensor<Integer> t = Tensor.of(new int[] {2, 3}, i -> i);

        assertThat(t.get(1, 2)).isEqualTo(5);
        assertThat(t.reshape(3, 2).get(1, 1)).isEqualTo(3);
        assertThat(t.map(i -> 2 * i).at(4)).isEqualTo(8);
        assertThatThrownBy(() -> t.get(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> t.get(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatIllegalArgumentException().isThrownBy(() -> t.reshape(4, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Tensor.of(new int[] {-1}, i -> i));
    }
}
