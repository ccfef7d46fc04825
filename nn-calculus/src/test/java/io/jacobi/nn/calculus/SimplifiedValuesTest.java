package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.expression.Expression.constant;
import static io.jacobi.nn.calculus.expression.Expression.variable;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Renaming;
import io.jacobi.nn.calculus.expression.Simplifier;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A simplified expression has the value of the expression as it was written, and none where that has none: on random
 * expressions, at the ends of domains and of the range of double.
 */
class SimplifiedValuesTest {

    private static final Index I = Index.of("i");
    private static final Index J = Index.of("j");
    private static final Index K = Index.of("k");
    private static final double[] POINTS = {-4, -1, -0.5, 0, 0.5, 1, 3, 1e200, -1e200, 1e-200, -1e-200};
    private static final double[] EXPONENTS = {-2, -1, -0.5, 1.0 / 3, 0.5, 1.5, 2, 3, 4};

    /** Without functions that are 0 on an interval, where u u⁻¹ has no value but is simplified to 1. */
    private static final List<Function> FUNCTIONS = List.of(
            ElementFunction.EXP,
            ElementFunction.LOG,
            ElementFunction.ABS,
            ElementFunction.SIGN,
            ElementFunction.TANH,
            ElementFunction.SIGMOID,
            ElementFunction.SOFTPLUS);

    @RepeatedTest(400)
    void theSimplifiedPowersHaveTheValuesOfTheWritten(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        Expression x = variable("x", I);
        Expression written = drawn(random, x, 4);
        Expression simplified = Simplifier.simplify(written);
        for (double point : POINTS) {
            // x x⁻¹ has no value at 0 only, and may be 1 there
            if (isDefinedNear(written, point)) {
                assertSame(written, simplified, Map.of("x", vector(point)), "x = " + point);
            }
        }
    }

    /** Whether the expression has a value at the point, or has none on both sides of it either. */
    private static boolean isDefinedNear(Expression written, double point) {
        double step = Math.max(1e-9 * Math.abs(point), 1e-300);
        return !isNaN(written, point) || (isNaN(written, point - step) && isNaN(written, point + step));
    }

    private static boolean isNaN(Expression written, double point) {
        return Double.isNaN(written(written, Map.of("x", vector(point)))[0]);
    }

    private static double[] written(Expression written, Map<String, INDArray> values) {
        return new WideEvaluation(values).of(written).narrow().values();
    }

    /** Powers, products with a power of the same base, functions, and multiples: what the rules for bases act on. */
    private static Expression drawn(SplittableRandom random, Expression x, int depth) {
        if (depth == 0) {
            return x;
        }
        Expression inner = drawn(random, x, depth - 1);
        return switch (random.nextInt(6)) {
            case 0, 1 -> inner.power(EXPONENTS[random.nextInt(EXPONENTS.length)]);
            case 2 -> inner.times(inner.power(EXPONENTS[random.nextInt(EXPONENTS.length)]));
            case 3 -> inner.map(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
            case 4 -> inner.times(random.nextBoolean() ? 2 : -3);
            default -> inner.plus(constant(1));
        };
    }

    @RepeatedTest(60)
    void theSimplifiedMatricesHaveTheValuesOfTheWritten(RepetitionInfo round) {
        SplittableRandom random = new SplittableRandom(round.getCurrentRepetition());
        Expression matrix = drawn(random, 3);
        Expression written = switch (random.nextInt(4)) {
            case 0 -> new Determinant(matrix, I, J);
            case 1 -> new LogDeterminant(matrix, I, J);
            case 2 -> new Determinant(matrix, I, J).map(ElementFunction.LOG);
            default -> new Determinant(matrix, I, J).map(ElementFunction.ABS).map(ElementFunction.LOG);
        };
        Expression simplified = Simplifier.simplify(written);
        for (double[][] point : List.of(
                new double[][] {{2, 1}, {1, 3}},
                new double[][] {{1, 2}, {3, 1}},
                new double[][] {{-1, 0.5}, {2, 1}},
                new double[][] {{1, 2}, {-3, 0.25}})) {
            assertSame(written, simplified, Map.of("X", Nd4j.createFromArray(point)), "X = " + List.of(point));
        }
    }

    /** Inverses, transposes and products of X, over the indices i and j. */
    private static Expression drawn(SplittableRandom random, int depth) {
        if (depth == 0) {
            return random.nextBoolean() ? variable("X", I, J) : variable("X", J, I);
        }
        Expression inner = drawn(random, depth - 1);
        return switch (random.nextInt(3)) {
            case 0 -> new Inverse(inner, I, J, I, J);
            case 1 -> new Inverse(inner, J, I, I, J);
            default ->
                Renaming.rename(inner, J, K).times(Renaming.rename(inner, I, K)).sum(K);
        };
    }

    private static INDArray vector(double value) {
        return Vectors.of(DataType.DOUBLE, new double[] {value, 2}, 2);
    }

    private static void assertSame(
            Expression written, Expression simplified, Map<String, INDArray> values, String where) {
        double[] expected = written(written, values);
        double[] plain = Evaluation.value(simplified, values).values();
        for (int at = 0; at < expected.length; at++) {
            String what = where + ", element " + at + ":\n" + written + "\nsimplified to\n" + simplified;
            double bound = 1e-9 * Math.abs(expected[at]);
            boolean same = Double.compare(expected[at], plain[at]) == 0 || Math.abs(plain[at] - expected[at]) <= bound;
            assertThat(same)
                    .as(expected[at] + " is " + plain[at] + " at " + what)
                    .isTrue();
        }
    }
}
