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

    /** Above this norm a double that is divided by it may lose digits. */
    private static final double LARGEST = 0x1p500;

    NormClip {
        Hyperparameters.positive("largest gradient norm", max);
    }

    @Override
    public double apply(INDArray gradients, Scratch scratch) {
        double norm = Reductions.norm(scratch, gradients);
        if (norm > LARGEST) {
            // a finite gradient may have an infinite norm, and max / norm may be too small for a double
            double largest = Reductions.largest(scratch, gradients);
            if (largest <= Double.MAX_VALUE) {
                scale(scratch, max / Reductions.normInUnitsOf(largest, scratch, gradients), largest, gradients);
            }
        } else if (max / (norm + EPSILON) < 1) {
            scale(scratch, max / (norm + EPSILON), 1, gradients);
        }
        // NaN or infinity: nothing that is multiplied by it would mean anything
        return norm;
    }

    /** g = factor · (g / unit). */
    private static void scale(Scratch scratch, double factor, double unit, INDArray gradients) {
        float single = (float) factor;
        boolean exact = unit == 1 && single >= Float.MIN_NORMAL;
        Elementwise.map(
                scratch,
                gradients,
                gradients,
                (float[] g, float[] shorter, int n) -> {
                    if (exact) {
                        for (int i = 0; i < n; i++) {
                            shorter[i] = single * g[i];
                        }
                    } else {
                        for (int i = 0; i < n; i++) {
                            shorter[i] = (float) (factor * (g[i] / unit));
                        }
                    }
                },
                (double[] g, double[] shorter, int n) -> {
                    for (int i = 0; i < n; i++) {
                        shorter[i] = factor * (g[i] / unit);
                    }
                });
    }
}
