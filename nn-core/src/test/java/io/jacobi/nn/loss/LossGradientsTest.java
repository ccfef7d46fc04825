package io.jacobi.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss, by every check: central differences, mean, weights, NaN, float. */
class LossGradientsTest {

    static Stream<Arguments> losses() {
        return LossChecks.all().stream().map(check -> Arguments.of(check.toString(), check));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void agreeWithCentralDifferences(String name, LossCheck check) {
        GradientReport report = check.verify();

        assertThat(report.worst()).as(name).isLessThan(1e-7);
        assertThat(report.skipped()).isZero();
        assertThat(report.coordinates()).isEqualTo(12);
        assertThat(report.findings())
                .as("weights were checked too")
                .anyMatch(finding -> finding.claim().equals("a weight counts as so many examples"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("losses")
    void agreeForABatchOfOne(String name, LossCheck check) {
        GradientReport report = check.prediction(perExample(check.prediction()), first(check.prediction()))
                .target(perExample(check.target()), first(check.target()))
                .verify();

        assertThat(report.coordinates()).as(name).isEqualTo((int)
                perExample(check.prediction()).size());
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
