package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Squares of the weights, which keep all of them small.
 *
 * <pre>
 * R = λ Σ w²     dw += 2 λ w
 * </pre>
 *
 * There is no factor ½, as in Keras, and as one would write it in a loss. PyTorch's {@code weight_decay=d} is this with λ = d / 2.
 *
 * <p>Biases and the parameters of normalization ({@link Parameter#decays} says which) are not penalized unless {@link #ofAll} says so; why: {@link AdamW}.
 *
 * <p>Derivation: docs/derivations/optimizers.md. Source: Goodfellow et al. 2016, section 7.1.1, with λ = α / 2.
 *
 * @param lambda λ, at least 0
 * @param all whether biases and the parameters of normalization are penalized too
 */
public record L2(double lambda, boolean all) implements Penalty {

    public L2 {
        RateCheck.notNegative("factor of the L2 penalty", lambda);
    }

    /** The same for biases and normalization too. */
    public L2 ofAll() {
        return new L2(lambda, true);
    }

    @Override
    public double valueAndAddGradient(
            INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch) {
        Span w = scratch.span(weights);
        Span g = scratch.span(gradients);
        double sum = 0;
        for (Parameter p : parameters) {
            if (all || p.decays()) {
                for (int i = (int) p.offset(); i < p.end(); i += Scratch.TILE) {
                    int n = (int) Math.min(Scratch.TILE, p.end() - i);
                    sum += w.isFloat() ? floats(scratch, w, g, i, n) : doubles(scratch, w, g, i, n);
                }
            }
        }
        return lambda * sum;
    }

    /** Σ w² of a tile, whose gradient is added. */
    private double floats(Scratch scratch, Span weights, Span gradients, int at, int n) {
        float[] w = scratch.loadFloats(0, weights, at, n);
        float[] g = scratch.loadFloats(1, gradients, at, n);
        float slope = (float) (2 * lambda);
        for (int i = 0; i < n; i++) {
            // R = λ Σ w²   =>   dw += 2 λ w
            g[i] += slope * w[i];
        }
        scratch.storeFloats(1, gradients, at, n);
        return Reductions.sumOfSquares(w, n);
    }

    private double doubles(Scratch scratch, Span weights, Span gradients, int at, int n) {
        double[] w = scratch.load(0, weights, at, n);
        double[] g = scratch.load(1, gradients, at, n);
        for (int i = 0; i < n; i++) {
            g[i] += 2 * lambda * w[i];
        }
        scratch.store(1, gradients, at, n);
        return Reductions.sumOfSquares(w, n);
    }
}
