package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * Softmax and cross-entropy in one. The model's outputs are logits z, and no Softmax layer precedes this loss.
 *
 * <pre>
 * z [batch, classes]   q [batch] class indices, or [batch, classes] probabilities
 * p = softmax(z)       q'_c = v_c ((1 − ε) q_c + ε / classes)     v: class weights, or 1
 * L = −(1/n) Σ_i Σ_c q'_ic log p_ic = (1/n) Σ_i (Σ_c q'_ic · logsumexp(z_i) − Σ_c q'_ic z_ic)
 * dz_i = (Σ_c q'_ic · p_i − q'_i) / n
 * n = batch; for indices with class weights, the sum of the targets' weights, as in PyTorch
 * </pre>
 *
 * A logit of −∞ gives its class the probability 0, so it can mask a class: the loss is the loss of the other classes,
 * and the gradient of that logit is 0, unless the target gives the class a share, also by label smoothing, in which
 * case the loss is infinite. A single logit of +∞ gives its class the probability 1. If all logits are −∞, or several
 * are +∞, loss and gradient are NaN.
 *
 * Softmax and loss are fused, because the quotient that a separate softmax would have to differentiate cancels, and
 * because log-sum-exp, shifted by the row's maximum, neither overflows nor takes the logarithm of a rounded zero.
 *
 * <p>Derivation: docs/derivations/softmax-cross-entropy.md, weights.md. Source: Goodfellow et al. 2016, section
 * 6.2.2.3; label smoothing: Szegedy et al. 2016, section 7.
 *
 * @param labelSmoothing ε in [0, 1)
 * @param classWeights v, one for each class; empty if all classes count equally
 * @param ignoredIndex the target whose examples do not count, if there is one
 */
public record SoftmaxCrossEntropy(double labelSmoothing, List<Double> classWeights, OptionalInt ignoredIndex)
        implements RowLoss {

    public SoftmaxCrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException(
                    "Label smoothing is a fraction; expected 0 <= labelSmoothing < 1, received " + labelSmoothing);
        }
        classWeights = Classes.requireWeights(classWeights);
        if (labelSmoothing > 0 && classWeights.stream().anyMatch(v -> v == 0)) {
            throw new IllegalArgumentException("Class weights are " + classWeights + " with label smoothing"
                    + "\n  expected positive weights: smoothed targets of a class of weight 0 add to the sum of losses,"
                    + " and nothing to the number that it is divided by"
                    + "\n  fix: give the examples of that class weight 0 in the data set instead");
        }
    }

    /** Without label smoothing. */
    public SoftmaxCrossEntropy() {
        this(0);
    }

    /** All classes count equally. */
    public SoftmaxCrossEntropy(double labelSmoothing) {
        this(labelSmoothing, List.of());
    }

    /** Every class index counts. */
    public SoftmaxCrossEntropy(double labelSmoothing, List<Double> classWeights) {
        this(labelSmoothing, classWeights, OptionalInt.empty());
    }

    /** Returns a copy with a weight for each class, such as larger ones for rare classes. */
    public SoftmaxCrossEntropy withClassWeights(double... weights) {
        return new SoftmaxCrossEntropy(
                labelSmoothing, DoubleStream.of(weights).boxed().toList(), ignoredIndex);
    }

    /**
     * Returns a copy in which examples with this target do not count, as with PyTorch's {@code ignore_index}: the mean
     * is over the others. The index need not be a class; PyTorch's default is -100. It has no effect on targets that
     * are rows of probabilities.
     */
    public SoftmaxCrossEntropy ignoreIndex(int index) {
        return new SoftmaxCrossEntropy(labelSmoothing, classWeights, OptionalInt.of(index));
    }

    @Override
    public void check(Shape prediction, Shape target) {
        Classes.checkPrediction("SoftmaxCrossEntropy", prediction, classWeights);
        if (target.rank() != 0 && !target.equals(prediction)) {
            throw new ShapeException(
                    "SoftmaxCrossEntropy cannot compare the targets with the model's output",
                    "a class index per example, [], or a row of probabilities, " + prediction,
                    target.toString(),
                    "give class indices, or one probability for each output");
        }
    }

    @Override
    public void check(OutputKind output) {
        Misreading.refuse(
                output == OutputKind.PROBABILITIES,
                "SoftmaxCrossEntropy takes the softmax itself. Probabilities differ by 1 at most, so their softmax is"
                        + " nearly uniform: the loss would stay far from 0, however sure the model is",
                "logits",
                output,
                "remove the layer; the trained model's largest output is the same class without it");
        Misreading.refuse(
                output == OutputKind.LOG_PROBABILITIES,
                "SoftmaxCrossEntropy takes the softmax itself. The softmax of log-probabilities is the probabilities"
                        + " again: the work would be done twice",
                "logits",
                output,
                "remove the layer, or keep it and use NegativeLogLikelihood");
    }

    @Override
    public double row(Example e) {
        int classes = e.outputs();
        double[] q = e.work(classes);
        double mass = e.width() == 1 ? spread(e, classes, q) : smooth(e, classes, q);
        double[] z = e.y();
        int at = e.yStart();
        double max = z[at];
        for (int c = 1; c < classes; c++) {
            max = Math.max(max, z[at + c]);
        }
        if (max == Double.POSITIVE_INFINITY) {
            max = Classes.moveToLimit(z, at, classes);
        }
        double sum = 0;
        double dot = 0;
        for (int c = 0; c < classes; c++) {
            double shifted = z[at + c] - max;
            // a class without a share adds nothing, also at a logit of −∞, where 0 · ∞ would be NaN
            dot += q[c] == 0 ? 0 : q[c] * shifted;
            z[at + c] = Math.exp(shifted);
            sum += z[at + c];
        }
        for (int c = 0; c < classes; c++) {
            z[at + c] = mass * z[at + c] / sum - q[c];
        }
        // Σq · logsumexp(z) − q·z: the maximum drops out of the difference
        return mass * Math.log(sum) - dot;
    }

    /** Writes q' of a class index, and returns its sum. */
    private double spread(Example e, int classes, double[] q) {
        int k = Classes.index(e.t()[e.tStart()], e.index(), classes);
        Arrays.fill(q, 0, classes, labelSmoothing / classes);
        q[k] += 1 - labelSmoothing;
        return weigh(q, classes);
    }

    /** Writes q' of a row of probabilities, and returns its sum. */
    private double smooth(Example e, int classes, double[] q) {
        Classes.requireDistribution(e);
        for (int c = 0; c < classes; c++) {
            q[c] = (1 - labelSmoothing) * e.t()[e.tStart() + c] + labelSmoothing / classes;
        }
        return weigh(q, classes);
    }

    private double weigh(double[] q, int classes) {
        double sum = 0;
        for (int c = 0; c < classes; c++) {
            q[c] *= Classes.weight(classWeights, c);
            sum += q[c];
        }
        return sum;
    }

    @Override
    public String toString() {
        String smoothing = labelSmoothing == 0 ? "" : "label smoothing " + labelSmoothing;
        return Classes.describe("SoftmaxCrossEntropy", smoothing, classWeights, ignoredIndex);
    }
}
