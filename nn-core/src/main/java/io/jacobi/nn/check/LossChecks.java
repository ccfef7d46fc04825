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
 * A gradient check for every loss of nn-core, with each form of target that it takes. The tests run them, and so does {@code
 * jacobi gradcheck}.
 */
public final class LossChecks {

    private static final Shape NUMBER = Shape.of();
    private static final Shape CLASSES = Shape.of(4);
    private static final double[] PREDICTIONS = {1, -2, 0.5, 0.3, 0.1, 3, -1.5, 0.7, 2.2, -0.4, 0, 1.1};

    /** Log-probabilities need not be normalized for the losses that take them to have a gradient. */
    private static final double[] LOGS = {-1, -0.7, -2, -3, -0.1, -0.5, -4, -1.1, -0.9, -2.5, -0.2, -5};

    /** No error is 0, where the absolute error has its kink, or 1 or 0.3, where Huber's curvature jumps. */
    private static final double[] NUMBERS = {0.2, -1.3, 0.5001, 2, -3, 1, 0, 0.9, 2.1, 4, -0.2, 0};

    private static final double[] SHARES = {0.2, 1, 0.5, 0, 1, 0.9, 0, 0.3, 0.1, 1, 0, 0.6};
    private static final double[] ROWS = {0.1, 0.2, 0.3, 0.4, 0, 0, 1, 0, 0.5, 0, 0, 0.5};
    private static final double[] INDICES = {2, 0, 3};
    private static final double[] CLASS_WEIGHTS = {1, 2, 0.5, 0.1};

    private LossChecks() {}

    /** All checks, in the order of the alphabet. */
    public static List<LossCheck> all() {
        SoftmaxCrossEntropy plain = new SoftmaxCrossEntropy();
        SoftmaxCrossEntropy smoothed = new SoftmaxCrossEntropy(0.1);
        NegativeLogLikelihood likelihood = new NegativeLogLikelihood();
        return List.of(
                elementwise(new BinaryCrossEntropy(), CLASSES, SHARES),
                elementwise(new BinaryCrossEntropy(3.5), Shape.of(3, 2), SHARES),
                elementwise(new Huber(), CLASSES, NUMBERS),
                elementwise(new Huber(0.3), Shape.of(2, 2), NUMBERS),
                GradientCheck.of(new KullbackLeibler())
                        .prediction(CLASSES, LOGS)
                        .target(CLASSES, ROWS),
                elementwise(new MeanAbsoluteError(), CLASSES, NUMBERS),
                elementwise(new MeanAbsoluteError(), Shape.of(2, 3), NUMBERS),
                elementwise(new MeanSquaredError(), CLASSES, NUMBERS),
                elementwise(new MeanSquaredError(), Shape.of(2, 3, 2), NUMBERS),
                GradientCheck.of(new MeanSquaredError())
                        .prediction(Shape.of(1), PREDICTIONS)
                        .target(NUMBER, NUMBERS),
                GradientCheck.of(likelihood).prediction(CLASSES, LOGS).target(INDICES),
                GradientCheck.of(likelihood.withClassWeights(CLASS_WEIGHTS))
                        .prediction(CLASSES, LOGS)
                        .target(INDICES),
                classes(plain).target(INDICES),
                classes(plain).target(CLASSES, ROWS),
                classes(smoothed).target(INDICES),
                classes(smoothed).target(CLASSES, ROWS),
                classes(plain.withClassWeights(CLASS_WEIGHTS)).target(INDICES),
                classes(plain.withClassWeights(CLASS_WEIGHTS)).target(CLASSES, ROWS),
                classes(smoothed.withClassWeights(CLASS_WEIGHTS)).target(INDICES),
                classes(smoothed.withClassWeights(CLASS_WEIGHTS)).target(CLASSES, ROWS));
    }

    private static LossCheck elementwise(Loss loss, Shape outputs, double[] targets) {
        return GradientCheck.of(loss).prediction(outputs, PREDICTIONS).target(outputs, targets);
    }

    private static LossCheck classes(Loss loss) {
        return GradientCheck.of(loss).prediction(CLASSES, PREDICTIONS);
    }
}
