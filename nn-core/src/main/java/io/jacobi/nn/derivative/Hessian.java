package io.jacobi.nn.derivative;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The second derivatives of a loss, and their asymmetry. A Hessian is symmetric, but the differences of gradients that
 * it is computed from need not be: the asymmetry shows their error, or the error of a wrong backward pass.
 */
public final class Hessian {

    private final INDArray matrix;
    private final double asymmetry;

    private Hessian(INDArray matrix, double asymmetry) {
        this.matrix = matrix;
        this.asymmetry = asymmetry;
    }

    /** Returns the block of these weights, computed column by column. */
    static Hessian of(GradientDifference difference, int offset, int size) {
        INDArray matrix = Memory.array(DataType.DOUBLE, size, size);
        Span to = Span.of(matrix);
        double[] unit = new double[difference.weights()];
        for (int j = 0; j < size; j++) {
            unit[offset + j] = 1;
            double[] column = difference.along(unit);
            unit[offset + j] = 0;
            for (int i = 0; i < size; i++) {
                to.set(i * size + j, column[offset + i]);
            }
        }
        return new Hessian(matrix, asymmetry(to, size));
    }

    private static double asymmetry(Span h, int size) {
        double scale = 0;
        double difference = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                // Math.max keeps NaN
                scale = Math.max(scale, Math.abs(h.get(i * size + j)));
                difference = Math.max(difference, Math.abs(h.get(i * size + j) - h.get(j * size + i)));
            }
        }
        return scale == 0 ? 0 : difference / scale;
    }

    /** H as computed, {@code [n, n]}: column j is the derivative of the gradient with respect to weight j. */
    public INDArray matrix() {
        return matrix;
    }

    /**
     * The largest |H − Hᵀ| divided by the largest |H|: about 1e-10 for smooth layers, more near a kink; NaN if H has a
     * NaN.
     */
    public double asymmetry() {
        return asymmetry;
    }

    /** Returns (H + Hᵀ) / 2, {@code [n, n]}. */
    public INDArray symmetric() {
        Span h = Span.of(matrix);
        INDArray mean = Memory.array(DataType.DOUBLE, matrix.shape());
        Span to = Span.of(mean);
        int size = (int) matrix.size(0);
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                to.set(i * size + j, (h.get(i * size + j) + h.get(j * size + i)) / 2);
            }
        }
        return mean;
    }
}
