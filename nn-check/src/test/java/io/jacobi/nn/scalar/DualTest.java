package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DualTest {

    static Stream<Known> operations() {
        return Known.all();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationHasItsValueAndItsDerivatives(Known known) {
        Dual byA = known.function().of(new Dual(known.a(), 1), new Dual(known.b(), 0));
        Dual byB = known.function().of(new Dual(known.a(), 0), new Dual(known.b(), 1));

        assertThat(byA.value()).isCloseTo(known.value(), within(4e-16 * Math.abs(known.value())));
        assertThat(byA.tangent()).isCloseTo(known.byA(), within(1e-15 * Math.abs(known.byA())));
        assertThat(byB.tangent()).isCloseTo(known.byB(), within(1e-15 * Math.abs(known.byB())));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void theDerivativeInADirectionIsTheSumOfItsParts(Known known) {
        Dual y = known.function().of(new Dual(known.a(), 0.5), new Dual(known.b(), -3));

        double expected = 0.5 * known.byA() - 3 * known.byB();
        assertThat(y.tangent())
                .isCloseTo(expected, within(1e-15 * (Math.abs(known.byA()) + Math.abs(3 * known.byB()))));
    }

    @Test
    void aConstantDoesNotChange() {
        assertThat(new Dual(3, 7).constant(2)).isEqualTo(new Dual(2, 0));
    }

    /** Forward mode gives J v, reverse mode uᵀ J: both give uᵀ J v. */
    @Test
    void agreesWithReverseMode() {
        double[] x = {0.3, -1.2, 2};
        double[] v = {0.7, 0.1, -0.4};
        double[] u = {2, -5};

        List<Dual> jv = twoResults(
                IntStream.range(0, 3).mapToObj(i -> new Dual(x[i], v[i])).toList());
        double forward = u[0] * jv.get(0).tangent() + u[1] * jv.get(1).tangent();

        List<Scalar> inputs =
                IntStream.range(0, 3).mapToObj(i -> Scalar.of(x[i])).toList();
        List<Scalar> y = twoResults(inputs);
        y.get(0).times(u[0]).plus(y.get(1).times(u[1])).backward();
        double backward = IntStream.range(0, 3)
                .mapToDouble(i -> inputs.get(i).gradient() * v[i])
                .sum();

        assertThat(forward).isCloseTo(backward, within(1e-14));
    }

    private static <T extends Real<T>> List<T> twoResults(List<T> x) {
        T shared = x.get(0).times(x.get(1)).tanh();
        return List.of(shared.plus(x.get(2).log()), shared.exp().over(x.get(2)).minus(x.get(1)));
    }
}
