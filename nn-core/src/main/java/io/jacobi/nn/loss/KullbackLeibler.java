package io.jacobi.nn.loss;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The Kullback-Leibler divergence of the model's distribution from the target's, for a model that ends with LogSoftmax
 * and learns from probabilities, such as the predictions of another model.
 *
 * <pre>
 * y [batch, classes] log-probabilities   q [batch, classes] probabilities
 * L = (1/batch) Σ_i Σ_c q_ic (log q_ic − y_ic)     dy = −q / batch     0 log 0 = 0
 * </pre>
 *
 * The sum over the classes and the mean over the batch, as PyTorch's {@code kl_div} with {@code reduction='batchmean'}.
 * It differs from the cross-entropy by the entropy of the targets, which the model cannot change, so the lowest loss is
 * 0.
 *
 * <p>Training and evaluation refuse an output above 0, which a plain score may be and a log-probability is not.
 *
 * <p>Derivation: docs/derivations/kullback-leibler.md. Source: Kullback and Leibler 1951; Hinton, Vinyals and Dean
 * 2015.
 */
public record KullbackLeibler() implements RowLoss {

    @Override
    public void check(Shape prediction, Shape target) {
        Classes.checkPrediction("KullbackLeibler", prediction, List.of());
        if (!target.equals(prediction)) {
            throw new ShapeException(
                    "KullbackLeibler cannot compare the targets with the model's output",
                    "a row of probabilities, " + prediction,
                    target.toString(),
                    "give one probability for each output; for class indices use NegativeLogLikelihood");
        }
    }

    @Override
    public void check(OutputKind output) {
        Misreading.refuse(
                output == OutputKind.PROBABILITIES,
                "KullbackLeibler takes log-probabilities, and computes no logarithm itself. With"
                        + " probabilities its gradient would be the same for every prediction",
                "log-probabilities",
                output,
                "end the model with LogSoftmax instead, or without it and with SoftmaxCrossEntropy");
    }

    @Override
    public void check(INDArray outputs, Scratch scratch) {
        Misreading.refuseScores(outputs, scratch, "KullbackLeibler");
    }

    @Override
    public double row(Example e) {
        Classes.requireDistribution(e);
        double[] y = e.y();
        double[] q = e.t();
        double sum = 0;
        for (int i = e.yStart(); i < e.yStart() + e.outputs(); i++) {
            // 0 log 0 = 0, also if y = log 0, because 0 · −∞ would be NaN; a NaN stays NaN
            sum += q[i] > 0 || Double.isNaN(y[i]) ? q[i] * (Math.log(q[i]) - y[i]) : 0;
            y[i] = -q[i];
        }
        return sum;
    }

    @Override
    public String toString() {
        return "KullbackLeibler";
    }
}
