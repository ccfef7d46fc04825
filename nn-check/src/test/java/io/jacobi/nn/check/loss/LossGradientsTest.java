package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.loss.ElementwiseLoss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss, by every check: central differences, the scalar twin, mean, weights, NaN, float, large predictions. */
class LossGradientsTest {

    private static final double[][] LOGITS = {{1, -2, 0.5, 0}, {0.3, 0.1, 3, -1}, {2, 2, 2, 2}};

    static Stream<Arguments> losses() {
        return LossChecks.all().stream().map(check -> Arguments.of(check.toString(), check));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void agreeWithEveryOracle(String name, LossCheck check) {
        GradientReport report = check.verify();

        assertThat(report.worst(Oracle.DIFFERENCES)).as(name).isLessThan(1e-7);
        assertThat(report.worst(Oracle.SCALARS)).as(name).isLessThan(1e-12);
        assertThat(report.worst(Oracle.DUALS)).as(name).isLessThan(1e-12);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).as("without and with weights").isEqualTo(2 * 12);
        assertThat(report.findings())
                .extracting(Finding::claim)
                .contains(
                        "central differences",
                        "central differences with weights",
                        "scalar engine",
                        "scalar engine with weights",
                        "dual numbers",
                        "dual numbers with weights",
                        "a weight counts as that number of examples",
                        "scalar engine at large predictions");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void agreeForABatchOfOne(String name, LossCheck check) {
        GradientReport report = check.prediction(perExample(check.prediction()), first(check.prediction()))
                .target(perExample(check.target()), first(check.target()))
                .verify();

        assertThat(report.coordinates())
                .as(name)
                .isEqualTo(2 * (int) perExample(check.prediction()).size());
    }

    @Test
    void noneIsForgotten() {
        assertThat(LossChecks.all().stream()
                        .map(check -> check.subject().getClass().getSimpleName()))
                .contains(
                        "BinaryCrossEntropy",
                        "Huber",
                        "KullbackLeibler",
                        "MeanAbsoluteError",
                        "MeanSquaredError",
                        "NegativeLogLikelihood",
                        "SoftmaxCrossEntropy");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.9})
    void gradientOfClassIndicesAgreesWithDifferences(double smoothing) {
        GradientCheck.of(new SoftmaxCrossEntropy(smoothing))
                .prediction(LOGITS)
                .target(2, 0, 3)
                .verify();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.9})
    void gradientOfProbabilitiesAgreesWithDifferences(double smoothing) {
        GradientCheck.of(new SoftmaxCrossEntropy(smoothing))
                .prediction(LOGITS)
                .targetRows(new double[][] {{0.1, 0.2, 0.3, 0.4}, {0, 0, 1, 0}, {0.5, 0, 0, 0.5}})
                .verify();
    }

    @Test
    void aLossOfOnesOwnIsOneLoop() {
        GradientCheck.of(new Quartic())
                .prediction(Shape.of(2, 2), 1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7)
                .target(Shape.of(2, 2), 0.2, -1, 0.4, 2, -3, 1, 0, 0.9)
                .verify();
    }

    private record Quartic() implements ElementwiseLoss {

        @Override
        public double sum(double[] y, double[] t, int from, int to) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                double e = y[i] - t[i];
                sum += e * e * e * e;
                y[i] = 4 * e * e * e;
            }
            return sum;
        }
    }

    private static double[] first(INDArray array) {
        return Arrays.copyOf(Vectors.toDoubles(array), (int) perExample(array).size());
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }
}
