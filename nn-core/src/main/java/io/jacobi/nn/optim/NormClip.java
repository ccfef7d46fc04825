package io.jacobi.nn.optim;

import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link GradientClip#norm}. Derivation: docs/derivations/optimizers.md.
 *
 * @param max positive
 */
record NormClip(double max) implements GradientClip {

    /** As in PyTorch, against a division by zero. */
    private static final double EPSILON = 1e-6;

    NormClip {
        Hyperparameters.positive("largest gradient norm", max);
    }

    @Override
    public double apply(INDArray gradients, Scratch scratch) {
        double norm = Math.sqrt(Reductions.sumOfSquares(scratch, gradients));
        double factor = max / (norm + EPSILON);
        // not factor < 1, so that a NaN norm makes the gradient NaN
        if (!(factor >= 1)) {
            scale(scratch, factor, gradients);
        }
        return norm;
    }

    private static void scale(Scratch scratch, double factor, INDArray gradients) {
        float single = (float) factor;
        Elementwise.map(
                scratch,
                gradients,
                gradients,
                (float[] g, float[] shorter, int n) -> {
                    for (int i = 0; i < n; i++) {
                        shorter[i] = single * g[i];
                    }
                },
                (double[] g, double[] shorter, int n) -> {
                    for (int i = 0; i < n; i++) {
                        shorter[i] = factor * g[i];
                    }
                });
    }
}
