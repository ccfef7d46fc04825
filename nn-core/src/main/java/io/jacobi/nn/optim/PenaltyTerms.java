package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@link L1} and {@link L2} sum over the weights: a function of one weight, as loops over a tile, and its
 * derivative.
 */
interface PenaltyTerms {

    /**
     * Returns the sum of the first {@code n} terms and adds their derivatives to the gradient.
     *
     * @param slope the factor of the derivatives
     */
    double add(float slope, float[] w, float[] g, int n);

    /** Returns the sum of the first {@code n} terms and adds their derivatives to the gradient, in double. */
    double add(double slope, double[] w, double[] g, int n);

    /**
     * Returns the sum over all penalized weights and adds its gradient.
     *
     * @param all whether all weights are penalized, and not only parameters that {@linkplain Parameter#decays decay}
     */
    default double sum(
            double slope,
            boolean all,
            INDArray weights,
            List<Parameter> parameters,
            INDArray gradients,
            Scratch scratch) {
        Span w = scratch.span(weights);
        Span g = scratch.span(gradients);
        double sum = 0;
        for (Parameter p : parameters) {
            if (all || p.decays()) {
                for (int i = (int) p.offset(); i < p.end(); i += Scratch.TILE) {
                    int n = (int) Math.min(Scratch.TILE, p.end() - i);
                    if (w.isFloat()) {
                        float[] values = scratch.loadFloats(0, w, i, n);
                        sum += add((float) slope, values, scratch.loadFloats(1, g, i, n), n);
                        scratch.storeFloats(1, g, i, n);
                    } else {
                        double[] values = scratch.load(0, w, i, n);
                        sum += add(slope, values, scratch.load(1, g, i, n), n);
                        scratch.store(1, g, i, n);
                    }
                }
            }
        }
        return sum;
    }
}
