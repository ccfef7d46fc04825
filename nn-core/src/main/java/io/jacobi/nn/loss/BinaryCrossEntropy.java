package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;

/**
 * Sigmoid and cross-entropy in one, for outputs that are independent decisions between yes and no. The model's outputs
 * are logits z, and no Sigmoid layer precedes this loss.
 *
 * <pre>
 * z, t [batch, any shape]   t in [0, 1]   p = sigmoid(z)   a: the weight of a yes
 * L = −(1/n) Σ a t log p + (1 − t) log(1 − p) = (1/n) Σ a t softplus(−z) + (1 − t) softplus(z)
 * dz = ((1 − t) p − a t (1 − p)) / n     n = batch · outputs
 * </pre>
 *
 * A logit of ±∞ is a sure answer: it costs 0 if it is right, and is infinitely wrong otherwise.
 *
 * <p>The mean is over all elements, as in PyTorch's {@code BCEWithLogitsLoss}. Sigmoid and loss are fused, because
 * softplus(z) = max(z, 0) + log(1 + e^−|z|) never overflows and never takes the logarithm of a rounded zero.
 *
 * <p>Derivation: docs/derivations/binary-cross-entropy.md. Source: Goodfellow et al. 2016, section 6.2.2.2.
 *
 * @param positiveWeight a, the same for all outputs; PyTorch's {@code pos_weight}. A value above 1 compensates for rare
 *     yes targets
 */
public record BinaryCrossEntropy(double positiveWeight) implements ElementwiseLoss {

    public BinaryCrossEntropy {
        if (!(positiveWeight > 0 && positiveWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("The weight of positive targets is " + positiveWeight
                    + "\n  expected a positive, finite number; 1 if yes and no count equally");
        }
    }

    /** Yes and no count equally. */
    public BinaryCrossEntropy() {
        this(1);
    }

    /** Returns a copy in which a yes counts {@code weight} times as much as a no. */
    public BinaryCrossEntropy withPositiveWeight(double weight) {
        return new BinaryCrossEntropy(weight);
    }

    @Override
    public void check(OutputKind output) {
        Misreading.refuse(
                output == OutputKind.PROBABILITIES,
                "BinaryCrossEntropy takes the sigmoid itself. The sigmoid of a probability lies between 0.5 and 0.74:"
                        + " the model could never say no",
                "logits",
                output,
                "remove the layer, and apply the sigmoid to what the trained model predicts");
        Misreading.refuse(
                output == OutputKind.LOG_PROBABILITIES,
                "BinaryCrossEntropy takes the sigmoid itself. The sigmoid of a log-probability, which is never above 0,"
                        + " is at most 0.5: the model could never say yes",
                "logits",
                output,
                "remove the layer; if exactly one class is right, also use SoftmaxCrossEntropy");
    }

    @Override
    public void checkTarget(Example e) {
        for (int i = 0; i < e.width(); i++) {
            double t = e.t()[e.tStart() + i];
            if (!(t >= 0 && t <= 1)) {
                throw e.impossibleTarget(
                        i, "a number from 0 (no) to 1 (yes)", "map the labels to 0 and 1, such as -1 to 0");
            }
        }
    }

    @Override
    public double sum(double[] z, double[] t, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            double yes = positiveWeight * t[i];
            double no = 1 - t[i];
            double small = Math.exp(-Math.abs(z[i]));
            double log = Math.log1p(small);
            sum += cost(no, Math.max(z[i], 0) + log) + cost(yes, Math.max(-z[i], 0) + log);
            // p and 1 − p, each from an exponential that cannot overflow; neither is computed as 1 minus the other
            double likely = 1 / (1 + small);
            double unlikely = small / (1 + small);
            z[i] = z[i] >= 0 ? no * likely - yes * unlikely : no * unlikely - yes * likely;
        }
        return sum;
    }

    /** A sure and right answer, z = ±∞, costs 0, and not 0 · ∞, which is NaN. */
    private static double cost(double share, double softplus) {
        return share == 0 ? 0 : share * softplus;
    }

    @Override
    public String toString() {
        return "BinaryCrossEntropy" + (positiveWeight == 1 ? "" : "(positive weight " + positiveWeight + ")");
    }
}
