package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares 2,080 contractions drawn at random with nested loops and central differences. */
class RandomContractionsTest {

    private static final int EACH = 260;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void valuesAndGradientsMatchTheDefinition(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < EACH; i++) {
            RandomContraction drawn = RandomContraction.of(random);
            INDArray dy = drawn.spec.output().isEmpty()
                    ? Examples.array(new double[] {1})
                    : Examples.uniform(random, drawn.shape(drawn.spec.output()));
            valueMatchesNestedLoops(drawn);
            for (int k = 0; k < drawn.operands.size(); k++) {
                gradientMatchesCentralDifferences(drawn, k, dy);
            }
            jacobianIsTheGradientOfEachElement(drawn, i % drawn.operands.size(), dy);
        }
    }

    private static void valueMatchesNestedLoops(RandomContraction drawn) {
        INDArray value = Einsum.of(drawn.spec).evaluate(drawn.array());
        NestedLoops.Result expected = new NestedLoops(drawn.spec, drawn.sizes).run(values(drawn.operands));

        assertThat(overNaN(Einsum.of(drawn.spec), value.shape(), drawn.array()))
                .as("%s, into an existing array", drawn.spec)
                .isEqualTo(Examples.values(value));
        assertThat(value.shape()).as("%s", drawn.spec).isEqualTo(drawn.shape(drawn.spec.output()));
        double[] values = Examples.values(value);
        assertThat(values).as("%s", drawn.spec).hasSize(expected.values.length);
        for (int e = 0; e < values.length; e++) {
            assertThat(values[e])
                    .as("%s of %s", drawn.spec, drawn.sizes)
                    .isCloseTo(expected.values[e], within(1e-12 * expected.magnitudes[e]));
        }
    }

    /** The result written over an array of NaN, to check that the old values do not matter. */
    private static double[] overNaN(Einsum einsum, long[] shape, INDArray... operands) {
        INDArray output = Memory.array(DataType.DOUBLE, shape);
        if (!output.isEmpty()) {
            Vectors.fill(new Scratch(), output, Double.NaN);
        }
        einsum.evaluateInto(output, operands);
        return Examples.values(output);
    }

    private static List<double[]> values(List<INDArray> arrays) {
        // dup('c') puts the elements of a view in logical order
        return arrays.stream()
                .map(a -> Examples.values(a.isEmpty() ? a : a.dup('c')))
                .toList();
    }

    /** A contraction is linear in each operand, so the difference over a step of 1 is the derivative. */
    private static void gradientMatchesCentralDifferences(RandomContraction drawn, int k, INDArray dy) {
        Einsum gradient = Einsum.of(drawn.spec).gradient(k).withSizes(drawn.sizes);
        INDArray value = gradient.evaluate(others(drawn, k, dy));
        double[] values = Examples.values(value);
        assertThat(overNaN(gradient, value.shape(), others(drawn, k, dy))).isEqualTo(values);
        INDArray[] all = drawn.spec.output().isEmpty() ? drawn.array() : before(dy, drawn.array());
        double[] bySum = Examples.values(
                Einsum.of(drawn.spec).withRespectTo(k).gradient().evaluate(all));

        double[] expected = differences(drawn, k, Examples.values(dy));
        assertThat(values).as("%s, by operand %d: %s", drawn.spec, k, gradient).hasSize(expected.length);
        for (int e = 0; e < expected.length; e++) {
            assertThat(values[e])
                    .as("%s of %s by operand %d: %s", drawn.spec, drawn.sizes, k, gradient)
                    .isCloseTo(expected[e], within(1e-7 * Math.max(1, Math.abs(expected[e]))));
            assertThat(bySum[e]).isEqualTo(values[e]);
        }
        assertThat(Einsum.of(gradient.toString())).hasToString(gradient.toString());
    }

    private static double[] differences(RandomContraction drawn, int k, double... dy) {
        NestedLoops loops = new NestedLoops(drawn.spec, drawn.sizes);
        List<double[]> values = values(drawn.operands);
        double[] x = values.get(k);
        double[] differences = new double[x.length];
        for (int e = 0; e < x.length; e++) {
            double old = x[e];
            x[e] = old + 1;
            double[] above = loops.run(values).values;
            x[e] = old - 1;
            double[] below = loops.run(values).values;
            x[e] = old;
            for (int o = 0; o < dy.length; o++) {
                differences[e] += dy[o] * (above[o] - below[o]) / 2;
            }
        }
        return differences;
    }

    private static void jacobianIsTheGradientOfEachElement(RandomContraction drawn, int k, INDArray dy) {
        Einsum jacobian = Einsum.of(drawn.spec).jacobian(k).withSizes(drawn.sizes);
        INDArray[] factors = without(drawn, k).toArray(new INDArray[0]);
        double[] rows = Examples.values(jacobian.evaluate(factors));
        double[] gradient = Examples.values(
                Einsum.of(drawn.spec).gradient(k).withSizes(drawn.sizes).evaluate(others(drawn, k, dy)));
        double[] u = Examples.values(dy);

        assertThat(rows).hasSize(u.length * gradient.length);
        double[] sums = new double[gradient.length];
        for (int row = 0; row < rows.length; row++) {
            sums[row % gradient.length] += u[row / gradient.length] * rows[row];
        }
        assertThat(sums)
                .as("%s of %s by operand %d: %s", drawn.spec, drawn.sizes, k, jacobian)
                .usingComparatorWithPrecision(1e-9)
                .containsExactly(gradient);
    }

    private static List<INDArray> without(RandomContraction drawn, int k) {
        List<INDArray> others = new ArrayList<>(drawn.operands);
        others.remove(k);
        return others;
    }

    /** All operands but one, preceded by dy unless the output is a scalar, whose dy is 1. */
    private static INDArray[] others(RandomContraction drawn, int k, INDArray dy) {
        INDArray[] others = without(drawn, k).toArray(new INDArray[0]);
        return drawn.spec.output().isEmpty() ? others : before(dy, others);
    }

    private static INDArray[] before(INDArray first, INDArray... others) {
        INDArray[] all = Arrays.copyOf(new INDArray[] {first}, others.length + 1);
        System.arraycopy(others, 0, all, 1, others.length);
        return all;
    }
}
