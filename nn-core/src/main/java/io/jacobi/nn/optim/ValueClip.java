package io.jacobi.nn.optim;

import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link GradientClip#value}. Derivation: docs/derivations/optimizers.md.
 *
 * @param max positive
 */
record ValueClip(double max) implements GradientClip {

    ValueClip {
        Hyperparameters.positive("largest gradient value", max);
    }

    @Override
    public double apply(INDArray gradients, Scratch scratch) {
        double norm = Reductions.norm(scratch, gradients);
        Elementwise.map(scratch, gradients, gradients, this::clamp, this::clamp);
        return norm;
    }

    private void clamp(float[] g, float[] clipped, int n) {
        float bound = (float) max;
        for (int i = 0; i < n; i++) {
            clipped[i] = Math.min(Math.max(g[i], -bound), bound);
        }
    }

    private void clamp(double[] g, double[] clipped, int n) {
        for (int i = 0; i < n; i++) {
            clipped[i] = Math.min(Math.max(g[i], -max), max);
        }
    }
}
