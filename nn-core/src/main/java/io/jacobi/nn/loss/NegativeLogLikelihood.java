package io.jacobi.nn.loss;

import io.jacobi.nn.Output;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The log-probability of the right class, negated: for a model that ends with LogSoftmax.
 *
 * <pre>
 * y [batch, classes] log-probabilities   t [batch] class indices   v: class weights, 1 without
 * L = −(1/n) Σ_i v_{t_i} y_{i t_i}     dy_ic = −[c = t_i] v_c / n     n = Σ_i v_{t_i}
 * </pre>
 *
 * With LogSoftmax it is the same as {@link SoftmaxCrossEntropy} on logits, which takes one pass fewer. PyTorch's {@code NLLLoss}.
 *
 * <p>Derivation: docs/derivations/negative-log-likelihood.md, weights.md. Source: Goodfellow et al. 2016, section 5.5.
 *
 * @param classWeights v, one for each class; empty if all classes count alike
 */
public record NegativeLogLikelihood(List<Double> classWeights) implements RowLoss {

    public NegativeLogLikelihood {
        classWeights = Classes.requireWeights(classWeights);
    }

    /** All classes count alike. */
    public NegativeLogLikelihood() {
        this(List.of());
    }

    /** Returns a copy with a weight for each class, such as larger ones for rare classes. */
    public NegativeLogLikelihood withClassWeights(double... weights) {
        return new NegativeLogLikelihood(DoubleStream.of(weights).boxed().toList());
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
    public void check(Output output) {
        Misreading.refuse(
                output == Output.PROBABILITIES,
                "NegativeLogLikelihood takes logarithms of probabilities, and takes none itself. Of probabilities, a class"
                        + " that is surely wrong costs no more than 1, and its gradient does not grow",
                "log-probabilities",
                output,
                "end the model with LogSoftmax instead, or without it and with SoftmaxCrossEntropy");
    }

    @Override
    public double row(Example e) {
        double[] y = e.y();
        int k = Classes.index(e.t()[e.from()], e.number(), e.outputs());
        double weight = Classes.weight(classWeights, k);
        double loss = -weight * y[e.at() + k];
        for (int i = e.at(); i < e.at() + e.outputs(); i++) {
            // a NaN beside the class that counts would go unseen
            loss = Double.isNaN(y[i]) ? Double.NaN : loss;
            y[i] = 0;
        }
        y[e.at() + k] = -weight;
        return loss;
    }

    @Override
    public String toString() {
        return Classes.describe("NegativeLogLikelihood", "", classWeights);
    }
}
