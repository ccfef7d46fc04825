package io.jacobi.nn.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Softmax and cross-entropy in one: the model's output are logits z, and no Softmax layer precedes this loss.
 *
 * <pre>
 * z [batch, classes]   q [batch] class indices, or [batch, classes] probabilities
 * p = softmax(z)       q' = (1 − ε) q + ε / classes
 * L = −(1/batch) Σ_i Σ_c q'_ic log p_ic = (1/batch) Σ_i (logsumexp(z_i) − Σ_c q'_ic z_ic)
 * dz = (p − q') / batch
 * </pre>
 *
 * Fused, because the quotient that a separate softmax would have to differentiate cancels; and because log-sum-exp, shifted by the
 * row's maximum, neither overflows nor takes the logarithm of a rounded zero.
 *
 * <p>Derivation: docs/derivations/softmax-cross-entropy.md. Source: Goodfellow et al. 2016, section 6.2.2.3; label smoothing:
 * Szegedy et al. 2016, section 7.
 *
 * @param labelSmoothing ε in [0, 1)
 */
public record SoftmaxCrossEntropy(double labelSmoothing) implements Loss {

    /** How far a row of probabilities may sum from one: float rounding over many classes. */
    private static final double SUM_TOLERANCE = 1e-3;

    public SoftmaxCrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    "Label smoothing is a fraction; expected 0 <= labelSmoothing < 1, received " + labelSmoothing);
        }
    }

    /** Without label smoothing. */
    public SoftmaxCrossEntropy() {
        this(0);
    }

    @Override
    public void check(Shape prediction, Shape target) {
        if (prediction.rank() != 1) {
            throw new ShapeException(
                    "SoftmaxCrossEntropy cannot use the model's output",
                    "[classes] per example",
                    prediction.toString(),
                    "end the model with an Affine layer of as many units as there are classes");
        }
        if (target.rank() != 0 && !target.equals(prediction)) {
            throw new ShapeException(
                    "SoftmaxCrossEntropy cannot compare the targets with the model's output",
                    "a class index per example, [], or a row of probabilities, " + prediction,
                    target.toString(),
                    "give class indices, or as many probabilities as the model has outputs");
        }
    }

    @Override
    public double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch) {
        Span z = scratch.span(prediction);
        Span q = scratch.span(target);
        Span dz = scratch.span(gradient);
        int batch = (int) prediction.size(0);
        int classes = (int) prediction.size(1);
        boolean indices = target.rank() == 1;
        int rowsAtOnce = Math.max(1, Scratch.TILE / classes);
        double sum = 0;
        for (int first = 0; first < batch; first += rowsAtOnce) {
            int rows = Math.min(rowsAtOnce, batch - first);
            int width = indices ? 1 : classes;
            double[] logits = scratch.load(0, z, first * classes, rows * classes);
            double[] targets = scratch.load(1, q, first * width, rows * width);
            double[] smoothed = scratch.doubles(2, classes);
            for (int r = 0; r < rows; r++) {
                if (indices) {
                    spread(targets[r], first + r, classes, smoothed);
                } else {
                    smooth(targets, r * classes, first + r, classes, smoothed);
                }
                sum += row(logits, r * classes, classes, smoothed, batch);
            }
            scratch.store(0, dz, first * classes, rows * classes);
        }
        return sum / batch;
    }

    /** The loss of one row; its logits, from {@code at}, are replaced by their gradient. */
    private static double row(double[] z, int at, int classes, double[] q, int batch) {
        double max = z[at];
        for (int c = 1; c < classes; c++) {
            max = Math.max(max, z[at + c]);
        }
        double sum = 0;
        double dot = 0;
        for (int c = 0; c < classes; c++) {
            double shifted = z[at + c] - max;
            dot += q[c] * shifted;
            z[at + c] = Math.exp(shifted);
            sum += z[at + c];
        }
        for (int c = 0; c < classes; c++) {
            z[at + c] = (z[at + c] / sum - q[c]) / batch;
        }
        // logsumexp(z) − q·z with the maximum taken out of both, for Σq = 1
        return Math.log(sum) - dot;
    }

    private void spread(double index, int row, int classes, double[] q) {
        int c = (int) index;
        if (c != index || c < 0 || c >= classes) {
            throw new IllegalArgumentException("The target of example " + row + " of the batch is class "
                    + (c == index ? Integer.toString(c) : Double.toString(index))
                    + "\n  expected a whole number from 0 to "
                    + (classes - 1) + ", since the model has " + classes
                    + " outputs\n  fix: correct the label, or give the last layer more units");
        }
        java.util.Arrays.fill(q, 0, classes, labelSmoothing / classes);
        q[c] += 1 - labelSmoothing;
    }

    private void smooth(double[] targets, int at, int row, int classes, double[] q) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            double p = targets[at + c];
            if (!(p >= 0)) {
                throw new IllegalArgumentException("The target of example " + row + " of the batch gives class " + c
                        + " the probability " + p + "\n  expected a number from 0 to 1");
            }
            sum += p;
            q[c] = (1 - labelSmoothing) * p + labelSmoothing / classes;
        }
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalArgumentException(
                    "The target of example " + row + " of the batch has probabilities that sum to " + sum
                            + "\n  expected 1\n  fix: divide each row by its sum");
        }
    }
}
