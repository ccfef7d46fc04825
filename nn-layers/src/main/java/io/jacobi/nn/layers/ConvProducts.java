package io.jacobi.nn.layers;

import io.jacobi.nn.Pass;
import io.jacobi.nn.math.BlockMatMul;
import io.jacobi.nn.math.BlockMatMul.Size;
import io.jacobi.nn.math.Channels;
import io.jacobi.nn.math.Im2col;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrix products of {@link Conv2d} on one pass, image by image. Each is made for every group, of a block of the weight
 * [out, cells], of the columns C_n [cells, positions] and of the output Y_n [out, positions].
 *
 * <p>One image at a time, since columns that stay in the cache make up for smaller products: forward on 64 images of 16 channels of
 * 14x14, window 3x3, 32 channels out, took 3.2 ms so, and 3.3 as one product whose result is still to be put in order.
 */
final class ConvProducts {

    private final Pass p;
    private final Im2col map;
    private final int groups;
    private final int out;
    private final int cells;
    private final int positions;
    private final boolean direct;
    private final Size product;
    private final Size weightGradient;
    private final Size columnsGradient;

    ConvProducts(Pass p, Im2col map, int channels, int groups) {
        this.p = p;
        this.map = map;
        this.groups = groups;
        this.out = channels / groups;
        this.cells = map.rows() / groups;
        this.positions = map.positions();
        this.direct = map.isIdentity();
        this.product = new Size(out, positions, cells);
        this.weightGradient = new Size(out, cells, positions);
        this.columnsGradient = new Size(cells, positions, out);
    }

    /** C_n = what the windows of image n hold; nothing to do if the image is that matrix. */
    void unfold(int n) {
        if (!direct) {
            map.unfold(p.scratch(), p.x(), n * map.size(), p.buffer("columns"));
        }
    }

    private INDArray columns() {
        return direct ? p.x() : p.buffer("columns");
    }

    private int columnsAt(int n, int g) {
        return (direct ? n * map.size() : 0) + g * cells * positions;
    }

    private int weightAt(int g) {
        return g * out * cells;
    }

    private int outputAt(int n, int g) {
        return (n * groups + g) * out * positions;
    }

    /** Y_n = W C_n. */
    void multiply(int n) {
        INDArray w = p.value("weight");
        for (int g = 0; g < groups; g++) {
            BlockMatMul.ab(p.scratch(), product, w, weightAt(g), columns(), columnsAt(n, g), p.y(), outputAt(n, g));
        }
    }

    /** Y_n = b at every position, then Y_n += W C_n. */
    void multiplyAndAddBias(int n) {
        INDArray w = p.value("weight");
        Channels.fill(p.scratch(), p.value("bias"), p.y(), outputAt(n, 0), positions);
        for (int g = 0; g < groups; g++) {
            BlockMatMul.addAb(p.scratch(), product, w, weightAt(g), columns(), columnsAt(n, g), p.y(), outputAt(n, g));
        }
    }

    /** dW += dY_n C_nᵀ. */
    void addWeightGradient(int n) {
        INDArray dw = p.gradient("weight");
        for (int g = 0; g < groups; g++) {
            BlockMatMul.addAbT(
                    p.scratch(), weightGradient, p.dy(), outputAt(n, g), columns(), columnsAt(n, g), dw, weightAt(g));
        }
    }

    /** dC_n = Wᵀ dY_n, in the place of C_n, or in that of the image's gradient if the image is that matrix. */
    void columnsGradient(int n) {
        INDArray w = p.value("weight");
        INDArray dc = direct ? p.dx() : p.buffer("columns");
        for (int g = 0; g < groups; g++) {
            BlockMatMul.aTb(p.scratch(), columnsGradient, w, weightAt(g), p.dy(), outputAt(n, g), dc, columnsAt(n, g));
        }
    }

    /** dX_n: each element collects from all the columns that it was copied to. */
    void fold(int n) {
        if (!direct) {
            map.fold(p.scratch(), p.buffer("columns"), p.dx(), n * map.size());
        }
    }
}
