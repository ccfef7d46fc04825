package io.jacobi.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.Finding;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.check.Oracle;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss, by every check: central differences, the scalar twin, mean, weights, NaN, float, large predictions. */
class LossGradientsTest {

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
                        "a weight counts as so many examples",
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

    private static double[] first(INDArray array) {
        return Arrays.copyOf(Vectors.toDoubles(array), (int) perExample(array).size());
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }
}
