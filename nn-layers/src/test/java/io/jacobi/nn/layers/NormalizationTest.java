package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class NormalizationTest {

    private static Sequential model(Layer layer, DataType type, long... input) {
        return Sequential.input(Shape.of(input)).add(layer).build(type, 1);
    }

    private static double[] normals(int n, double mean, double deviation) {
        SplittableRandom random = new SplittableRandom(n);
        double[] values = new double[n];
        Arrays.setAll(values, i -> random.nextGaussian(mean, deviation));
        return values;
    }

    private static double[] train(Sequential model, int batch, double[] x) {
        try (Workspace w = Workspace.forTraining(model, batch)) {
            Vectors.set(w.input(), x);
            w.forward(0, 0);
            return Vectors.toDoubles(w.output());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void batchNormGivesEachChannelMeanZeroAndVarianceOne(DataType type) {
        // rows longer than a tile, and channels that cross the end of a tile
        int channels = 5;
        int positions = 900;
        int batch = 3;
        double[] y = train(
                model(new BatchNorm(), type, channels, positions), batch, normals(batch * channels * positions, 7, 3));

        for (int c = 0; c < channels; c++) {
            double sum = 0;
            double squares = 0;
            for (int n = 0; n < batch; n++) {
                for (int p = 0; p < positions; p++) {
                    double value = y[(n * channels + c) * positions + p];
                    sum += value;
                    squares += value * value;
                }
            }
            assertThat(sum / batch / positions).as("mean of channel %d", c).isCloseTo(0, within(1e-6));
            assertThat(squares / batch / positions)
                    .as("variance of channel %d", c)
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void batchNormRejectsABatchOfOneInTraining() {
        Sequential model = model(new BatchNorm(), DataType.FLOAT, 4);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(model, 1, new double[4]))
                .withMessageContaining("one value per channel")
                .withMessageContaining("fix: ");
        assertThat(Vectors.toDoubles(model.value("0.running_mean"))).containsOnly(0);
        assertThat(Vectors.toDoubles(model.value("0.running_var"))).containsOnly(1);
    }

    @Test
    void batchNormPredictsOneExampleWithTheRunningStatistics() {
        Sequential model = model(new BatchNorm(), DataType.DOUBLE, 2);
        Vectors.set(model.value("0.running_mean"), new double[] {1, 2});
        Vectors.set(model.value("0.running_var"), new double[] {4, 9});
        try (Workspace w = Workspace.forInference(model, 1)) {
            Vectors.set(w.input(), new double[] {5, 5});
            w.predict();

            assertThat(Vectors.toDoubles(w.output())).containsExactly(new double[] {2, 1}, within(1e-5));
        }
        assertThat(Vectors.toDoubles(model.state()))
                .as("predicting changes nothing")
                .containsExactly(1, 2, 4, 9);
    }

    @Test
    void batchNormOfAPredictionIsDifferentiatedByFixedStatistics() {
        Sequential model = model(new BatchNorm(0.1, 1e-30), DataType.DOUBLE, 2);
        Vectors.set(model.value("0.weight"), new double[] {6, 6});
        Vectors.set(model.value("0.running_mean"), new double[] {1, 2});
        Vectors.set(model.value("0.running_var"), new double[] {4, 9});
        try (Workspace w = Workspace.withInputGradient(model, 2)) {
            Vectors.set(w.input(), new double[] {5, 5, 3, 8});
            w.predict();
            Vectors.set(w.outputGradient(), new double[] {1, 1, 0, 10});
            w.backward();

            // y = 3 (x − 1) and 2 (x − 2), so examples do not affect each other
            assertThat(Vectors.toDoubles(w.inputGradient())).containsExactly(3, 2, 0, 20);
            // dγ = Σ dy x̂ with x̂ = (x − 1) / 2 and (x − 2) / 3
            assertThat(Vectors.toDoubles(w.gradients())).containsExactly(new double[] {2, 21, 1, 11}, within(1e-12));
        }
    }

    @Test
    void batchNormKeepsANanOutOfTheRunningStatistics() {
        Sequential model = model(new BatchNorm(), DataType.FLOAT, 2);
        double[] y = train(model, 2, new double[] {1, Double.NaN, 3, 5});

        assertThat(y[1]).as("a NaN stays one").isNaN();
        assertThat(Vectors.toDoubles(model.state())).doesNotContain(Double.NaN);
        assertThat(Vectors.toDoubles(model.value("0.running_mean"))[0]).isCloseTo(0.2, within(1e-6));
    }

    @Test
    void batchNormCouplesExamplesAlsoInsideAnother() {
        assertThat(new BatchNorm().couplesExamples()).isTrue();
        assertThat(Residual.of(Chain.of(new BatchNorm())).couplesExamples()).isTrue();
        assertThat(new LayerNorm().couplesExamples()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void layerNormGivesEachRowMeanZeroAndVarianceOne(DataType type) {
        int n = 3000;
        double[] y = train(model(new LayerNorm(), type, 2, n), 2, normals(4 * n, -3, 5));

        for (int row = 0; row < 4; row++) {
            double[] values = Arrays.copyOfRange(y, row * n, (row + 1) * n);
            assertThat(Arrays.stream(values).average().orElseThrow())
                    .as("row %d", row)
                    .isCloseTo(0, within(1e-6));
            assertThat(Arrays.stream(values).map(v -> v * v).average().orElseThrow())
                    .as("row %d", row)
                    .isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void varianceSurvivesALargeMean() {
        // E[x²] − E[x]² in float would give 0 or less here
        double[] x = {10_000, 10_001, 10_002, 10_003};

        assertThat(train(model(new LayerNorm(), DataType.FLOAT, 4), 1, x))
                .containsExactly(new double[] {-1.34164, -0.44721, 0.44721, 1.34164}, within(1e-4));
        assertThat(train(model(new BatchNorm(), DataType.FLOAT, 1), 4, x))
                .containsExactly(new double[] {-1.34164, -0.44721, 0.44721, 1.34164}, within(1e-4));
    }

    /** μ = 1e9 + 4/3 is rounded to a multiple of 1.2e-7. Deviations −4/3, −1/3 and 5/3, variance 14/9. */
    @Test
    void theRoundingOfALargeMeanIsTakenOutAgain() {
        double s = Math.sqrt(14.0 / 9 + 1e-5);

        assertThat(train(model(new LayerNorm(), DataType.DOUBLE, 3), 1, new double[] {1e9, 1e9 + 1, 1e9 + 3}))
                .containsExactly(new double[] {-4 / 3.0 / s, -1 / 3.0 / s, 5 / 3.0 / s}, within(1e-12));
    }

    /** x = ±1 has the variance 1, and ε = 3 makes the deviation √4. */
    @Test
    void epsilonIsSetAlone() {
        for (Layer layer : List.of(
                new LayerNorm().withEpsilon(3),
                new LayerNorm().overWholeExample().withEpsilon(3))) {
            assertThat(train(model(layer, DataType.DOUBLE, 2), 1, new double[] {-1, 1}))
                    .containsExactly(-0.5, 0.5);
        }
        assertThat(train(model(new BatchNorm().withEpsilon(3), DataType.DOUBLE, 1), 2, new double[] {-1, 1}))
                .containsExactly(-0.5, 0.5);
        assertThat(new LayerNorm().overWholeExample().withEpsilon(3)).isEqualTo(new LayerNorm(true, 3));
    }

    /** From 0, with a share of 0.25 of the batch's mean 2; from 1, with 0.25 of its unbiased variance 2. */
    @Test
    void momentumIsSetAlone() {
        Sequential model = model(new BatchNorm().withMomentum(0.25), DataType.DOUBLE, 1);

        train(model, 2, new double[] {1, 3});

        assertThat(Vectors.toDoubles(model.state())).containsExactly(0.5, 0.75 + 0.5);
        assertThat(new BatchNorm().withMomentum(0.25).withEpsilon(0.5)).isEqualTo(new BatchNorm(0.25, 0.5));
        assertThat(new BatchNorm().withEpsilon(0.5).withMomentum(0.25)).isEqualTo(new BatchNorm(0.25, 0.5));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void staysFiniteForConstantInput(Layer layer) {
        double[] constant = new double[12];
        Arrays.fill(constant, 1e4);

        assertThat(train(model(layer, DataType.FLOAT, 3), 4, constant)).containsOnly(0);
    }

    static List<Layer> layers() {
        return List.of(new BatchNorm(), new LayerNorm());
    }

    @Test
    void gradientsAgreeBehindAndBeforeOtherLayers() {
        GradientCheck.of(Chain.of(new Affine(4), new BatchNorm(), new Tanh(), new Affine(2)))
                .input(Shape.of(3))
                // with two examples x̂ is ±1 for any x, so the gradients of earlier layers nearly cancel, and floats
                // lose their digits
                .batches(5, 8)
                .verify();
        GradientCheck.of(Chain.of(new Affine(4), new LayerNorm(), new Tanh(), new Affine(2)))
                .input(Shape.of(3))
                .verify();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void impossibleMomentumIsRejected(double momentum) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm(momentum, 1e-5))
                .withMessageContaining("expected 0 < momentum <= 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void impossibleEpsilonIsRejected(double epsilon) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm(0.1, epsilon))
                .withMessageContaining("BatchNorm's epsilon");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerNorm(false, epsilon))
                .withMessageContaining("LayerNorm's epsilon");
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aScalarExampleIsRejected(Layer layer) {
        assertThatThrownBy(() -> model(layer, DataType.FLOAT)).isInstanceOf(ShapeException.class);
    }
}
