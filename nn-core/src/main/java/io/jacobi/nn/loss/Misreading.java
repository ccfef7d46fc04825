package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses a model's output that a loss would misread. */
final class Misreading {

    /** Rounding may lift the logarithm of a probability of 1 above 0: by 1e-4 in float, for scores near 1000. */
    private static final double LARGEST_LOGARITHM = 1e-3;

    private Misreading() {}

    static void refuse(boolean misread, String why, String expected, OutputKind received, String fix) {
        if (misread) {
            throw new IllegalArgumentException(
                    why + "\n  expected " + expected + "\n  received " + describe(received) + "\n  fix: " + fix);
        }
    }

    /** Refuses outputs of which one is above 0, for a loss of log-probabilities. */
    static void refuseScores(INDArray outputs, Scratch scratch, String loss) {
        Span all = scratch.span(outputs);
        for (int i = 0; i < all.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, all.length() - i);
            double[] y = scratch.load(0, all, i, n);
            for (int j = 0; j < n; j++) {
                if (y[j] > LARGEST_LOGARITHM) {
                    throw new IllegalArgumentException(loss + " takes log-probabilities, and an output is " + y[j]
                            + "\n  expected numbers that are at most 0"
                            + "\n  fix: end the model with LogSoftmax, or use SoftmaxCrossEntropy, which takes scores");
                }
            }
        }
    }

    private static String describe(OutputKind output) {
        return switch (output) {
            case ANY -> "numbers of any kind";
            case PROBABILITIES -> "probabilities";
            case LOG_PROBABILITIES -> "log-probabilities";
        };
    }
}
