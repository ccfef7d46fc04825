package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import java.util.List;

/**
 * Gradient checks for every loss of nn-core, with each form of target and weights that it takes. The tests run them, and so does
 * {@code jacobi gradcheck}.
 */
public final class LossChecks {

    private static final Shape NUMBER = Shape.of();
    private static final double[] PREDICTIONS = {1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7, 2.2, -0.4, 0, 1.1};

    /** Log-probabilities need not be normalized for the losses that take them to have a gradient. */
    private static final double[] LOGS = {-1, -0.7, -2, -3, -0.1, -0.5, -4, -1.1, -0.9, -2.5, -0.2, -5};

    /** No error is 0, where the absolute error has its kink, or 1 or 0.3, where Huber's curvature jumps. */
    private static final double[] NUMBERS = {0.2, -1.3, 0.5001, 2, -3, 1, 0, 0.9, 2.1, 4, -0.2, 0};

    private static final double[] SHARES = {0.2, 1, 0.5, 0, 1, 0.9, 0, 0.3, 0.1, 1, 0, 0.6};
    private static final double[] ROWS = {0.1, 0.2, 0.3, 0.4, 0, 0, 1, 0, 0.5, 0, 0, 0.5};

    private LossChecks() {}

    /** All checks, on twelve predictions each. */
    public static List<LossCheck> all() {
        SoftmaxCrossEntropy softmax = new SoftmaxCrossEntropy();
        return List.of(
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

    private static LossCheck of(Loss loss, Shape output, double[] predictions, Shape target, double... targets) {
        return GradientCheck.of(loss).prediction(output, predictions).target(target, targets);
    }
}
