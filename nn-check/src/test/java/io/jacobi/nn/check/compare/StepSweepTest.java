package io.jacobi.nn.check.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.layer.WrongLayers.Softmax;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Functions of one number, whose derivatives are known. */
class StepSweepTest {

    private static final double X = 0.7;
    private static final double TOLERANCE = 1e-10;
    private static final Stencil CENTRAL = new Stencil(Oracle.DIFFERENCES, 1e-5, 1e-7);

    private static Line line(DoubleUnaryOperator function) {
        INDArray array = Memory.vector(DataType.DOUBLE, 1);
        Span x = Span.of(array);
        x.set(0, X);
        return Line.coordinate(x, 0, () -> new double[] {function.applyAsDouble(x.get(0))});
    }

    private static StepSweep sweep(DoubleUnaryOperator function, double claimed) {
        return new StepSweep(line(function), claimed, 1e-3);
    }

    @Test
    void theErrorOfARightDerivativeFallsWithTheSquareOfTheStep() {
        StepSweep sweep = sweep(Math::exp, Math.exp(X));

        assertThat(sweep.order()).isCloseTo(2, Offset.offset(0.02));
        assertThat(sweep.failure(TOLERANCE)).isEmpty();
        assertThat(sweep.summary()).startsWith("falls as h^2.00 until h = ");
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-8, 1e-5, 1e-2, 1, -2})
    void theErrorOfAWrongOneStops(double error) {
        StepSweep sweep = sweep(Math::exp, Math.exp(X) * (1 + error));

        assertThat(sweep.failure(TOLERANCE)).startsWith("bug: the error does not fall with h");
        assertThat(sweep.verdict(new Stencil(Oracle.FIVE_POINT, 1e-3, TOLERANCE)))
                .startsWith("bug: the error does not fall with h");
    }

    @Test
    void aQuadraticFunctionHasNoErrorButRounding() {
        StepSweep right = sweep(x -> 3 * x * x - x, 6 * X - 1);

        assertThat(right.order()).isNaN();
        assertThat(right.failure(TOLERANCE)).isEmpty();
        assertThat(right.summary()).startsWith("is rounding at any h");
        assertThat(sweep(x -> 3 * x * x - x, 6 * X - 1.001).failure(TOLERANCE)).startsWith("bug");
    }

    @Test
    void aFunctionThatDoesNotChangeHasNoErrorAtAll() {
        assertThat(sweep(x -> 1, 0).failure(TOLERANCE)).isEmpty();
        assertThat(sweep(x -> 1, 1e-9).failure(TOLERANCE)).startsWith("bug");
    }

    @Test
    void anErrorThatFallsMoreSlowlyThanH2IsReported() {
        // the third derivative of |x - a|^2.5 is unbounded: the error falls as h^1.5
        StepSweep sweep = sweep(x -> Math.signum(x - X) * Math.pow(Math.abs(x - X), 2.5), 0);

        assertThat(sweep.failure(TOLERANCE)).isEqualTo("the error falls as h^1.50, expected h^2");
    }

    @Test
    void aKinkIsDistinguishedFromAMistake() {
        assertThat(sweep(x -> Math.abs(x - X), 1).verdict(CENTRAL)).startsWith("kink: the slopes on both sides differ");
        assertThat(sweep(x -> Math.abs(x), 1.1).verdict(CENTRAL)).startsWith("bug");
    }

    @Test
    void roundingIsDistinguishedFromAMistake() {
        // eight digits are lost in forward: differences cannot be better than about 1e-6
        StepSweep sweep = sweep(x -> (Math.exp(x) + 1e8) - 1e8, Math.exp(X));

        assertThat(sweep.verdict(CENTRAL)).startsWith("rounding: no mistake visible");
    }

    @Test
    void nanAndInfinityAreNamed() {
        assertThat(sweep(Math::exp, Double.NaN).verdict(CENTRAL)).isEqualTo("bug: backward wrote NaN");
        assertThat(sweep(Math::exp, Double.NaN).failure(TOLERANCE)).startsWith("bug");
        assertThat(sweep(x -> Math.log(x - X + 1e-3), 1e3).verdict(CENTRAL))
                .startsWith("the output is not finite within 1e-02 of here");
        assertThat(sweep(x -> Math.log(x - X + 1e-3), 1e3).failure(TOLERANCE))
                .startsWith("the output is not finite within 1e-02 of here");
    }

    @Test
    void theReportHasTheMeasuredOrder() {
        assertThat(note(new Softmax(1))).contains("falls as h^2.0").contains("at best ");
        assertThat(note(new Dense(3))).contains("is rounding at any h");
    }

    private static String note(Layer layer) {
        List<Finding> findings =
                GradientCheck.of(layer).only(Oracle.DIFFERENCES).verify().findings();
        return findings.stream()
                .filter(f -> f.claim().equals("the error of differences falls as h²"))
                .findFirst()
                .orElseThrow()
                .toString();
    }
}
