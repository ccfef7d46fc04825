package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Strides;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weight of {@link Conv2d} in the orders that its products need.
 *
 * <pre>
 * stored     W  [group, out, channel, i, j]
 * cut        W  [group, slice, out, cell of the slice]      a factor of the products
 * gradient   dW [group, slice, cell of the slice, out]      their sum, transposed: see {@link ConvProducts}
 *
 * one slice              cells (channel, i, j); cut is stored
 * one slice for each i   cells (channel, j)
 * </pre>
 */
final class ConvWeights {

    private static final String CUT = "cut_weight";
    private static final String GRADIENT = "transposed_gradient";

    private final int slices;
    private final int cells;
    private final int[] loops;
    private final int[] stored;
    private final int[] cut;
    private final int[] gradient;

    /** For a weight [out, channels of a group, i, j] of all groups. */
    ConvWeights(INDArray weight, int groups, int slices) {
        int out = (int) weight.size(0) / groups;
        int channels = (int) weight.size(1);
        int height = (int) weight.size(2);
        int width = (int) weight.size(3);
        int all = channels * height * width;
        this.slices = slices;
        this.cells = all / slices;
        this.loops = new int[] {groups, out, channels, height, width};
        this.stored = new int[] {out * all, all, height * width, width, 1};
        // the distances between neighbouring channels and between neighbouring rows of the window, in cells
        int channel = slices == 1 ? height * width : width;
        int row = slices == 1 ? width : cells;
        this.cut = new int[] {out * all, cells, channel, slices == 1 ? row : out * row, 1};
        this.gradient = new int[] {out * all, 1, out * channel, out * row, out};
    }

    /** Declares the buffers for a weight of this shape. */
    static void declare(Declarations d, Shape weight, int slices) {
        d.buffer(GRADIENT, weight);
        if (slices > 1) {
            d.buffer(CUT, weight);
        }
    }

    /** The number of cells of a slice, in one group. */
    int cells() {
        return cells;
    }

    /** Writes the weight in the order of the products, for the forward pass and the backward pass after it. */
    void cut(Pass p) {
        if (slices > 1) {
            Strides.copy(p.scratch(), loops, p.value("weight"), stored, p.buffer(CUT), cut);
        }
    }

    /** The weight in the order of the products. */
    INDArray value(Pass p) {
        return slices > 1 ? p.buffer(CUT) : p.value("weight");
    }

    /** The sum of the gradients of the images, transposed. */
    INDArray gradient(Pass p) {
        return p.buffer(GRADIENT);
    }

    /** Sets the sum to 0. */
    void clearGradient(Pass p) {
        Vectors.fill(p.scratch(), gradient(p), 0);
    }

    /** Adds the sum to dW. */
    void addGradient(Pass p) {
        Strides.add(p.scratch(), loops, gradient(p), gradient, p.gradient("weight"), stored);
    }
}
