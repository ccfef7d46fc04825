package io.jacobi.nn.calculus.layers;

import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Windows as constant tensors, which turn a convolution into a contraction. */
public final class Windows {

    private Windows() {}

    /**
     * The tensor D [positions, cells, length], which is 1 where u = p · stride + i · dilation − padding, and 0
     * elsewhere. It selects the element u of an axis that cell i of the window at position p covers. A cell in the
     * padding covers no element, so its row is 0.
     *
     * @param length the length of the axis, at least 1
     * @param cells the number of cells of the window, at least 1
     * @param stride the distance between positions, at least 1
     * @param padding the number of zeros before and after the axis
     * @param dilation the distance between cells, at least 1
     * @throws IllegalArgumentException if the window is longer than the padded axis
     */
    public static INDArray selector(int length, int cells, int stride, int padding, int dilation) {
        int span = (cells - 1) * dilation + 1;
        if (span > length + 2 * padding) {
            throw new IllegalArgumentException("a window of " + span + " elements does not fit an axis of " + length
                    + " with a padding of " + padding + "\n  expected at most " + (length + 2 * padding) + " elements");
        }
        int positions = (length + 2 * padding - span) / stride + 1;
        double[] selector = new double[positions * cells * length];
        for (int p = 0; p < positions; p++) {
            for (int i = 0; i < cells; i++) {
                int u = p * stride + i * dilation - padding;
                if (u >= 0 && u < length) {
                    selector[(p * cells + i) * length + u] = 1;
                }
            }
        }
        return Vectors.of(DataType.DOUBLE, selector, positions, cells, length);
    }
}
