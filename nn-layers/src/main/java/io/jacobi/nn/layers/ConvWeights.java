package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Strides;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The weight of {@link Conv2d} in the two orders in which its products want it, beside the one in which it is stored.
 *
 * <pre>
 * stored     W  [group, out, channel, i, j]
 * cut        W  [group, slice, out, cell of the slice]      what the products multiply
 * gradient   dW [group, slice, cell of the slice, out]      what they sum, transposed: see {@link ConvProducts}
 *
 * one slice      cells (channel, i, j): cut is stored
 * one for each i cells (channel, j)
 * </pre>
 */
final class ConvWeights {

    private static final String CUT = "cut weight";
    private static final String GRADIENT = "transposed gradient";

    private final int slices;
    private final int cells;
    private final int[] loops;
    private final int[] stored;
    private final int[] cut;
    private final int[] gradient;

    /** For a weight [out, channels of a group, i, j], of all groups. */
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
        // how far apart neighbouring channels and rows of the window are, in cells
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

    /** Cells of a slice, in one group. */
    int cells() {
        return cells;
    }

    /** Puts the weight in order for the products of this pass and of the one back. */
    void cut(Pass p) {
        if (slices > 1) {
            Strides.copy(p.scratch(), loops, p.value("weight"), stored, p.buffer(CUT), cut);
        }
    }

    /** The weight in that order. */
    INDArray value(Pass p) {
        return slices > 1 ? p.buffer(CUT) : p.value("weight");
    }

    /** The sum of the gradients. */
    INDArray gradient(Pass p) {
        return p.buffer(GRADIENT);
    }

    /** Sets that sum to 0. */
    void clearGradient(Pass p) {
        Vectors.fill(p.scratch(), gradient(p), 0);
    }

    /** dW += the sum. */
    void addGradient(Pass p) {
        Strides.add(p.scratch(), loops, gradient(p), gradient, p.gradient("weight"), stored);
    }
}
