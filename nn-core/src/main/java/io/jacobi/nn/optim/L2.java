package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The sum of the squares of the weights, which keeps all of them small.
 *
 * <pre>
 * R = λ Σ w²     dw += 2 λ w
 * </pre>
 *
 * There is no factor ½, as in Keras. PyTorch's {@code weight_decay=d} of SGD and Adam is {@code l2(d / 2).ofAll()} if
 * gradients are not clipped. PyTorch decays every parameter, and adds the decay after the clip; the gradient of this
 * penalty is clipped together with the gradient of the loss.
 *
 * <p>Biases and the parameters of normalization, which do not {@linkplain Parameter#decays decay}, are penalized only
 * {@linkplain #ofAll on request}. {@link AdamW} has the reasons.
 *
 * <p>Derivation: docs/derivations/optimizers.md. Source: Goodfellow et al. 2016, section 7.1.1, with λ = α / 2.
 *
 * @param lambda λ, at least 0
 * @param all whether biases and the parameters of normalization are penalized too
 */
public record L2(double lambda, boolean all) implements Penalty {

    private static final PenaltyTerms SQUARES = new Squares();

    public L2 {
        Hyperparameters.notNegative("factor of the L2 penalty", lambda);
    }

    /** Returns a copy that penalizes biases and the parameters of normalization too. */
    public L2 ofAll() {
        return new L2(lambda, true);
    }

    @Override
    public double valueAndAddGradient(
            INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch) {
        return lambda * SQUARES.sum(2 * lambda, all, weights, parameters, gradients, scratch);
    }

    private record Squares() implements PenaltyTerms {

        @Override
        public double add(float slope, float[] w, float[] g, int n) {
            for (int i = 0; i < n; i++) {
                // R = λ Σ w²   =>   dw += 2 λ w
                g[i] += slope * w[i];
            }
            return Reductions.sumOfSquares(w, n);
        }

        @Override
        public double add(double slope, double[] w, double[] g, int n) {
            for (int i = 0; i < n; i++) {
                g[i] += slope * w[i];
            }
            return Reductions.sumOfSquares(w, n);
        }
    }
}
