package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.jacobi.nn.math.Vectors;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Values and derivatives where an intermediate result overflows or underflows; expected values by hand. */
class RangeTest {

    private static final double LN2 = Math.log(2);

    private static double[] x(double... values) {
        return values;
    }

    private static double[] at(Formula formula, double[] x) {
        INDArray array = Vectors.of(DataType.DOUBLE, x, x.length);
        return Vectors.toDoubles(formula.evaluate(Map.of("x", array)).dup('c'));
    }

    private static void assertClose(double[] values, double[] expected) {
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            double bound = 4e-15 * Math.abs(expected[i]);
            assertThat(values[i]).as("element " + i).isCloseTo(expected[i], within(bound));
        }
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments("logsumexp(x)", x(1000, 1000), x(1000 + LN2)),
                arguments("logsumexp(x)", x(-1000, -1000), x(-1000 + LN2)),
                arguments("logsumexp(x)", x(1e15, 1e15 + 1), x(1e15 + 1 + Math.log1p(Math.exp(-1)))),
                arguments("logsumexp(x)", x(1e200, 0), x(1e200)),
                arguments("logsumexp(x)", x(Double.NEGATIVE_INFINITY, 3), x(3)),
                arguments("softmax(x)", x(1000, 0), x(1, 0)),
                arguments("softmax(x)", x(1000, 1000), x(0.5, 0.5)),
                arguments("softmax(x)", x(Double.NEGATIVE_INFINITY, 1), x(0, 1)),
                arguments("log(softmax(x))", x(0, -800), x(0, -800)),
                arguments("log(sum(exp(x)))", x(-800, -800), x(-800 + LN2)),
                arguments("log(1 + exp(x))", x(1000, 0), x(1000, LN2)),
                arguments("log(sigmoid(x))", x(-800, 800), x(-800, 0)),
                arguments("log(softplus(x))", x(-800), x(-800)),
                arguments("norm2(x)", x(3e200, 4e200), x(5e200)),
                arguments("norm2(x)", x(3e-200, 4e-200), x(5e-200)),
                arguments("norm2(x)", x(0, 0), x(0)),
                arguments("x ./ norm2(x)", x(3e-200, 4e-200), x(0.6, 0.8)),
                arguments("sqrt(x.^4)", x(1e-100, 1e100), x(1e-200, 1e200)),
                arguments("1 ./ (1 ./ x)", x(1e-310), x(1e-310)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("values")
    void theValueIsRight(String formula, double[] x, double[] expected) {
        assertClose(at(Formula.parse(formula), x), expected);
    }

    static Stream<Arguments> derivatives() {
        return Stream.of(
                arguments("logsumexp(x)", x(1000, 1000), x(0.5, 0.5)),
                arguments("logsumexp(x)", x(1000, 0), x(1, 0)),
                arguments("logsumexp(x)", x(-1000, -1000), x(0.5, 0.5)),
                arguments("softmax(x)", x(1000, 1000), x(0.25, -0.25, -0.25, 0.25)),
                arguments("log(1 + exp(x))", x(1000), x(1)),
                arguments("norm2(x)", x(3e200, 4e200), x(0.6, 0.8)),
                arguments("norm2(x)", x(3e-200, 4e-200), x(0.6, 0.8)),
                arguments("norm2(x)^3", x(3e-100, 4e-100), x(4.5e-199, 6e-199)),
                arguments("x ./ norm2(x)", x(3e-200, 4e-200), x(1.28e199, -9.6e198, -9.6e198, 7.2e198)),
                arguments("sum(sqrt(x.^4))", x(0, 3), x(0, 6)),
                arguments("sum(sqrt(x.^4))", x(-1e-200, 1e200), x(-2e-200, 2e200)));
    }

    @ParameterizedTest(name = "{0} at {1}")
    @MethodSource("derivatives")
    void theDerivativeIsRight(String formula, double[] x, double[] expected) {
        assertClose(at(Formula.parse(formula).derive("x").derivative(), x), expected);
    }

    /** The derivative is p (1 − p) with p = 1 − 2e-174, where exp(400)² overflows. */
    @Test
    void theJacobianOfSoftmaxIsSmallWhereItIsSaturated() {
        double[] jacobian = at(Formula.parse("softmax(x)").derive("x").derivative(), x(400, 0));

        assertThat(jacobian[0]).isCloseTo(0, within(1e-15));
        assertClose(x(jacobian[1], jacobian[2]), x(-Math.exp(-400), -Math.exp(-400)));
        assertThat(jacobian[3]).isCloseTo(Math.exp(-400), within(1e-187));
    }

    @Test
    void determinantsAndInversesAreScaled() {
        INDArray a = Nd4j.createFromArray(new double[][] {{2e200, 1e200}, {1e-200, 1e-200}});
        Map<String, INDArray> values = Map.of("A", a);

        assertThat(Vectors.toDoubles(Formula.parse("inv(A)").evaluate(values)))
                .containsExactly(x(1e-200, -1e200, -1e-200, 2e200), within(1e186));
        assertClose(
                Vectors.toDoubles(Formula.parse("logdet(A*A)")
                        .evaluate(
                                Map.of("A", Nd4j.eye(2).castTo(DataType.DOUBLE).mul(1e200)))),
                x(800 * Math.log(10)));
        assertClose(
                Vectors.toDoubles(Formula.parse("det(A)^2 / det(A)")
                        .evaluate(
                                Map.of("A", Nd4j.eye(2).castTo(DataType.DOUBLE).mul(1e150)))),
                x(1e300));
    }

    @Test
    void theDerivativeOfADeterminantIsTheAdjugate() {
        Formula derivative = Formula.parse("det(X)").derive("X").derivative();

        assertThat(derivative).hasToString("det(X)*inv(X)'");
        assertThat(adjugate(derivative, new double[][] {{1, 2}, {2, 4}})).containsExactly(4, -2, -2, 1);
        assertThat(adjugate(derivative, new double[][] {{0, 0}, {0, 0}})).containsExactly(new double[4], within(0.0));
        assertThat(adjugate(derivative, new double[][] {{0, 0}, {0, 5}})).containsExactly(x(5, 0, 0, 0), within(0.0));
        assertThat(adjugate(derivative, new double[][] {{0}})).containsExactly(1);
        // cofactors of a matrix of rank 2, by hand
        assertThat(adjugate(derivative, new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}))
                .containsExactly(x(-3, 6, -3, 6, -12, 6, -3, 6, -3), within(1e-13));
        // rank 1
        assertThat(adjugate(derivative, new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}}))
                .containsExactly(new double[9], within(0.0));
        assertThat(adjugate(derivative, new double[][] {{1e-200, 2e-200}, {2e-200, 4e-200}}))
                .containsExactly(x(4e-200, -2e-200, -2e-200, 1e-200), within(1e-214));
        assertThat(adjugate(Formula.parse("det(X)^2").derive("X").derivative(), new double[][] {{1, 2}, {2, 4}}))
                .containsExactly(new double[4], within(0.0));
        assertThat(adjugate(Formula.parse("inv(X)"), new double[][] {{1, 2}, {2, 4}}))
                .containsOnly(Double.NaN);
    }

    private static double[] adjugate(Formula derivative, double[][] x) {
        return Vectors.toDoubles(
                derivative.evaluate(Map.of("X", Nd4j.createFromArray(x))).dup('c'));
    }
}
