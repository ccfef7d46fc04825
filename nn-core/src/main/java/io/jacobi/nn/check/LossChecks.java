package io.jacobi.nn.check;

import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import java.util.List;

/**
 * A gradient check for every loss of nn-core, with each form of target that it takes. The tests run them, and so does {@code
 * jacobi gradcheck}.
 */
public final class LossChecks {

    private static final double[][] LOGITS = {{1, -2, 0.5}, {0, 0.1, 3}, {-1, -1, 2}, {0.3, 0.2, 0.1}};
    private static final double[] CLASSES = {2, 0, 1, 1};
    private static final double[][] PROBABILITIES = {{0.2, 0.3, 0.5}, {1, 0, 0}, {0.1, 0.1, 0.8}, {0, 0.5, 0.5}};

    private LossChecks() {}

    /** All checks, in the order of the alphabet. */
    public static List<LossCheck> all() {
        return List.of(
                GradientCheck.of(new SoftmaxCrossEntropy()).prediction(LOGITS).target(CLASSES),
                GradientCheck.of(new SoftmaxCrossEntropy()).prediction(LOGITS).targetRows(PROBABILITIES),
                GradientCheck.of(new SoftmaxCrossEntropy(0.1))
                        .prediction(LOGITS)
                        .target(CLASSES),
                GradientCheck.of(new SoftmaxCrossEntropy(0.1))
                        .prediction(LOGITS)
                        .targetRows(PROBABILITIES));
    }
}
