package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class DropoutTest {

    private static final int SIZE = 1000;

    private static Sequential model(double rate, DataType type, long seed) {
        return Sequential.input(Shape.of(SIZE)).add(new Dropout(rate)).build(type, seed);
    }

    /** The output for an input of ones, which is the mask. */
    private static double[] mask(Sequential model, int batch, long step, int firstExample) {
        try (Workspace w = Workspace.withInputGradient(model, batch)) {
            Vectors.fill(w.scratch(), w.input(), 1);
            w.forward(step, firstExample);
            return Vectors.toDoubles(w.output());
        }
    }

    private static long dropped(double[] mask) {
        return Arrays.stream(mask).filter(m -> m == 0).count();
    }

    @Test
    void isIdentityWhenPredicting() {
        try (Workspace w = Workspace.withInputGradient(model(0.9, DataType.FLOAT, 1), 2)) {
            double[] x = DoubleStream.iterate(1, v -> v + 1).limit(2 * SIZE).toArray();
            w.fill(Double.NaN);
            Vectors.set(w.input(), x);
            Vectors.set(w.outputGradient(), x);
            w.predict();
            w.backward();

            assertThat(Vectors.toDoubles(w.output())).containsExactly(x);
            assertThat(Vectors.toDoubles(w.inputGradient())).containsExactly(x);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
    void dropsItsShareAndScalesTheRest(double rate) {
        int batch = 200;
        double[] mask = mask(model(rate, DataType.DOUBLE, 1), batch, 0, 0);
        double deviation = Math.sqrt(mask.length * rate * (1 - rate));

        assertThat((double) dropped(mask)).isCloseTo(mask.length * rate, within(4 * deviation));
        assertThat(Arrays.stream(mask).filter(m -> m != 0)).containsOnly(1 / (1 - rate));
    }

    @Test
    void dropsNothingAtRateZero() {
        assertThat(mask(model(0, DataType.FLOAT, 1), 3, 0, 0)).containsOnly(1);
    }

    @Test
    void sendsGradientsThroughTheSameMask() {
        try (Workspace w = Workspace.withInputGradient(model(0.4, DataType.FLOAT, 1), 3)) {
            Vectors.fill(w.scratch(), w.input(), 1);
            w.forward(5, 0);
            Vectors.fill(w.scratch(), w.outputGradient(), 1);
            w.backward();
            double[] mask = Vectors.toDoubles(w.output());

            assertThat(dropped(mask)).isPositive();
            assertThat(Vectors.toDoubles(w.inputGradient())).containsExactly(mask);
        }
    }

    @Test
    void drawsTheSameInFloatAndDouble() {
        double[] ofFloats = mask(model(0.5, DataType.FLOAT, 1), 5, 0, 0);

        assertThat(ofFloats).containsExactly(mask(model(0.5, DataType.DOUBLE, 1), 5, 0, 0));
    }

    @Test
    void doesNotDependOnHowABatchIsSplit() {
        Sequential model = model(0.5, DataType.FLOAT, 1);
        double[] whole = mask(model, 7, 3, 0);

        assertThat(mask(model, 3, 3, 0)).containsExactly(Arrays.copyOf(whole, 3 * SIZE));
        assertThat(mask(model, 4, 3, 3)).containsExactly(Arrays.copyOfRange(whole, 3 * SIZE, 7 * SIZE));
    }

    @Test
    void repeatsForAStepAndDiffersBetweenStepsSeedsLayersAndExamples() {
        double[] once = mask(model(0.5, DataType.FLOAT, 1), 2, 3, 0);
        Sequential second = Sequential.input(Shape.of(SIZE))
                .add(new Flatten())
                .add(new Dropout(0.5))
                .build(DataType.FLOAT, 1);

        assertThat(mask(model(0.5, DataType.FLOAT, 1), 2, 3, 0)).containsExactly(once);
        assertHalfDiffer(once, mask(model(0.5, DataType.FLOAT, 1), 2, 4, 0));
        assertHalfDiffer(once, mask(model(0.5, DataType.FLOAT, 2), 2, 3, 0));
        assertHalfDiffer(once, mask(second, 2, 3, 0));
        assertHalfDiffer(Arrays.copyOf(once, SIZE), Arrays.copyOfRange(once, SIZE, 2 * SIZE));
    }

    /** Independent masks of rate ½ differ in half of their elements, give or take five standard deviations. */
    private static void assertHalfDiffer(double[] a, double[] b) {
        long differing = java.util.stream.IntStream.range(0, a.length)
                .filter(i -> a[i] != b[i])
                .count();
        assertThat((double) differing).isCloseTo(a.length / 2.0, within(5 * Math.sqrt(a.length) / 2));
    }

    @Test
    void dropsNeighboursIndependently() {
        double rate = 0.3;
        double[] mask = mask(model(rate, DataType.DOUBLE, 1), 200, 0, 0);
        for (int distance : new int[] {1, 2, 8, SIZE}) {
            int pairs = mask.length - distance;
            long both = java.util.stream.IntStream.range(0, pairs)
                    .filter(i -> mask[i] == 0 && mask[i + distance] == 0)
                    .count();
            double expected = rate * rate;
            double deviation = Math.sqrt(expected * (1 - expected) / pairs);

            assertThat((double) both / pairs).as("distance %d", distance).isCloseTo(expected, within(5 * deviation));
        }
    }

    @Test
    void keepsNaNEvenWhereItDrops() {
        double[] broken = new double[100];
        Arrays.fill(broken, Double.NaN);
        double[] y = LayerRun.of(new Dropout(0.5), DataType.FLOAT, broken).y();

        assertThat(Arrays.stream(y)).hasSize(100).allMatch(v -> v.isNaN());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, 1.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnImpossibleRate(double rate) {
        assertThatThrownBy(() -> new Dropout(rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Dropout has the rate " + rate)
                .hasMessageContaining("expected 0 <= rate < 1");
    }

    @Test
    void isCalledByItsRate() {
        assertThat(new Dropout(0.5)).hasToString("Dropout(0.5)");
    }
}
