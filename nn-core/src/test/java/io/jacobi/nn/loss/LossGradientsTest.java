package io.jacobi.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every loss, by every check: central differences, mean, weights, NaN, float. */
class LossGradientsTest {

    private static final Shape NUMBER = Shape.of();
    private static final double[] PREDICTIONS = {1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7, 2.2, -0.4, 0, 1.1};

    /** Log-probabilities need not be normalized for the losses that take them to have a gradient. */
    private static final double[] LOGS = {-1, -0.7, -2, -3, -0.1, -0.5, -4, -1.1, -0.9, -2.5, -0.2, -5};

    /** No error is 0, where the absolute error has its kink, or 1 or 0.3, where Huber's curvature jumps. */
    private static final double[] NUMBERS = {0.2, -1.3, 0.5001, 2, -3, 1, 0, 0.9, 2.1, 4, -0.2, 0};

    private static final double[] SHARES = {0.2, 1, 0.5, 0, 1, 0.9, 0, 0.3, 0.1, 1, 0, 0.6};
    private static final double[] ROWS = {0.1, 0.2, 0.3, 0.4, 0, 0, 1, 0, 0.5, 0, 0, 0.5};

    static Stream<Arguments> losses() {
        SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy();
        return Stream.of(
                of(new MeanSquaredError(), Shape.of(4), PREDICTIONS, Shape.of(4), NUMBERS),
                of(new MeanSquaredError(), Shape.of(1), PREDICTIONS, NUMBER, NUMBERS),
                of(new MeanSquaredError(), Shape.of(2, 3, 2), PREDICTIONS, Shape.of(2, 3, 2), NUMBERS),
                of(new MeanAbsoluteError(), Shape.of(4), PREDICTIONS, Shape.of(4), NUMBERS),
                of(new MeanAbsoluteError(), Shape.of(2, 3), PREDICTIONS, Shape.of(2, 3), NUMBERS),
                of(new Huber(), Shape.of(4), PREDICTIONS, Shape.of(4), NUMBERS),
                of(new Huber(0.3), Shape.of(2, 2), PREDICTIONS, Shape.of(2, 2), NUMBERS),
                of(new BinaryCrossEntropy(), Shape.of(4), PREDICTIONS, Shape.of(4), SHARES),
                of(new BinaryCrossEntropy(), Shape.of(1), PREDICTIONS, NUMBER, SHARES),
                of(new BinaryCrossEntropy(3.5), Shape.of(3, 2), PREDICTIONS, Shape.of(3, 2), SHARES),
                of(softmax, Shape.of(4), PREDICTIONS, NUMBER, 2, 0, 3),
                of(softmax, Shape.of(4), PREDICTIONS, Shape.of(4), ROWS),
                of(new SoftmaxCrossEntropy(0.2), Shape.of(4), PREDICTIONS, NUMBER, 2, 0, 3),
                of(softmax.withClassWeights(1, 2, 0.5, 0.1), Shape.of(4), PREDICTIONS, NUMBER, 2, 0, 3),
                of(softmax.withClassWeights(1, 2, 0.5, 0.1), Shape.of(4), PREDICTIONS, Shape.of(4), ROWS),
                of(
                        new SoftmaxCrossEntropy(0.1).withClassWeights(1, 2, 0.5, 3),
                        Shape.of(4),
                        PREDICTIONS,
                        NUMBER,
                        2,
                        0,
                        3),
                of(
                        new SoftmaxCrossEntropy(0.1).withClassWeights(1, 2, 0.5, 3),
                        Shape.of(4),
                        PREDICTIONS,
                        Shape.of(4),
                        ROWS),
                of(new NegativeLogLikelihood(), Shape.of(4), LOGS, NUMBER, 2, 0, 3),
                of(new NegativeLogLikelihood().withClassWeights(1, 2, 0.5, 0.1), Shape.of(4), LOGS, NUMBER, 2, 0, 3),
                of(new KullbackLeibler(), Shape.of(4), LOGS, Shape.of(4), ROWS));
    }

    private static Arguments of(Loss loss, Shape output, double[] predictions, Shape target, double... targets) {
        LossCheck check = GradientCheck.of(loss).prediction(output, predictions).target(target, targets);
        return Arguments.of(loss + " on " + output + " and " + target, check);
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
        int outputs = (int) (check.prediction().length() / check.prediction().size(0));
        double[] targets = Vectors.toDoubles(check.target());
        int width = targets.length / (int) check.target().size(0);

        GradientReport report = check.prediction(shape(check.prediction()), head(predictions(check), outputs))
                .target(shape(check.target()), head(targets, width))
                .verify();

        assertThat(report.coordinates()).as(name).isEqualTo(outputs);
    }

    private static double[] predictions(LossCheck check) {
        return Vectors.toDoubles(check.prediction());
    }

    private static double[] head(double[] values, int count) {
        return Arrays.copyOf(values, count);
    }

    private static Shape shape(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }
}
