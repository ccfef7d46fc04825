package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * The negative log-probability of the right class, for a model that ends with LogSoftmax.
 *
 * <pre>
 * y [batch, classes] log-probabilities   t [batch] class indices   v: class weights, or 1
 * L = −(1/n) Σ_i v_{t_i} y_{i t_i}     dy_ic = −[c = t_i] v_c / n     n = Σ_i v_{t_i}
 * </pre>
 *
 * After LogSoftmax it equals {@link SoftmaxCrossEntropy} of logits, which takes one pass less. PyTorch's
 * {@code NLLLoss}.
 *
 * <p>Derivation: docs/derivations/negative-log-likelihood.md, weights.md. Source: Goodfellow et al. 2016, section 5.5.
 *
 * @param classWeights v, one for each class; empty if all classes count equally
 * @param ignoredIndex the target whose examples do not count, if there is one
 */
public record NegativeLogLikelihood(List<Double> classWeights, OptionalInt ignoredIndex) implements RowLoss {

    public NegativeLogLikelihood {
        classWeights = Classes.requireWeights(classWeights);
    }

    /** All classes count equally. */
    public NegativeLogLikelihood() {
        this(List.of());
    }

    /** Every class index counts. */
    public NegativeLogLikelihood(List<Double> classWeights) {
        this(classWeights, OptionalInt.empty());
    }

    /** Returns a copy with a weight for each class, such as larger ones for rare classes. */
    public NegativeLogLikelihood withClassWeights(double... weights) {
        return new NegativeLogLikelihood(DoubleStream.of(weights).boxed().toList(), ignoredIndex);
    }

    /**
     * Returns a copy in which examples with this target do not count, as with PyTorch's {@code ignore_index}: the mean
     * is over the others. The index need not be a class; PyTorch's default is -100.
     */
    public NegativeLogLikelihood ignoreIndex(int index) {
        return new NegativeLogLikelihood(classWeights, OptionalInt.of(index));
    }

    @Override
    public void check(Shape prediction, Shape target) {
        Classes.checkPrediction("NegativeLogLikelihood", prediction, classWeights);
        if (target.rank() != 0) {
            throw new ShapeException(
                    "NegativeLogLikelihood cannot compare the targets with the model's output",
                    "a class index per example, []",
                    target.toString(),
                    "give class indices; for rows of probabilities use KullbackLeibler or SoftmaxCrossEntropy");
        }
    }

    @Override
    public void check(OutputKind output) {
        Misreading.refuse(
                output == OutputKind.PROBABILITIES,
                "NegativeLogLikelihood takes log-probabilities, and computes no logarithm itself. With"
                        + " probabilities, a surely wrong prediction would cost only 1 more than a right one, and its"
                        + " gradient would not grow",
                "log-probabilities",
                output,
                "end the model with LogSoftmax instead, or without it and with SoftmaxCrossEntropy");
    }

    @Override
    public double row(Example e) {
        double[] y = e.y();
        int k = Classes.index(e.t()[e.tStart()], e.index(), e.outputs());
        double weight = Classes.weight(classWeights, k);
        double loss = -weight * y[e.yStart() + k];
        for (int i = e.yStart(); i < e.yStart() + e.outputs(); i++) {
            // otherwise a NaN beside the class that counts would not be noticed
            loss = Double.isNaN(y[i]) ? Double.NaN : loss;
            y[i] = 0;
        }
        y[e.yStart() + k] = -weight;
        return loss;
    }

    @Override
    public String toString() {
        return Classes.describe("NegativeLogLikelihood", "", classWeights, ignoredIndex);
    }
}
