package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Channels;
import io.jacobi.nn.math.Im2col;
import io.jacobi.nn.math.Window;

/**
 * Convolution over images (cross-correlation, as everywhere in this field: the kernel is not flipped).
 *
 * <pre>
 * x [batch, in, height, width]   weight W [out, in / groups, kernel height, kernel width]   bias b [out]
 * y [batch, out, positions down, positions across]
 * y_opq = b_o + Σ_cij W_ocij · x_c(p·stride + i·dilation − padding)(q·stride + j·dilation − padding)
 *
 * With the columns C_n of image n, C[(c, i, j), (p, q)], which its windows hold:
 * Y_n = W C_n + b
 * dW += Σ_n dY_n C_nᵀ     db += Σ_n Σ_pq dY_n     dC_n = Wᵀ dY_n, and dX_n sums what its elements were copied to
 * </pre>
 *
 * With groups, input and output channels are cut into as many parts, and each part sees its own only.
 *
 * <p>The input must be {@code [channels, height, width]}, its channels divisible by the groups, and not smaller than the window;
 * otherwise {@link ShapeException} at build. Weights start as He et al. 2015, biases at 0.
 *
 * <p>Derivation: docs/derivations/conv2d.md. Source: LeCun et al. 1998; Chellapilla, Puri and Simard 2006 (as matrix products).
 *
 * @param channels of the output, at least 1 and divisible by the groups
 * @param kernelHeight rows of the window, at least 1
 * @param kernelWidth columns of the window, at least 1
 * @param strideHeight the distance of windows downwards, at least 1
 * @param strideWidth the distance of windows across, at least 1
 * @param paddingHeight rows of zeros above and below
 * @param paddingWidth columns of zeros left and right
 * @param dilationHeight the distance of the rows of a window, at least 1
 * @param dilationWidth the distance of the columns of a window, at least 1
 * @param groups into how many independent parts the channels are cut, at least 1
 * @param bias whether b is added
 * @param weightInitializer how W starts
 */
public record Conv2d(
        int channels,
        int kernelHeight,
        int kernelWidth,
        int strideHeight,
        int strideWidth,
        int paddingHeight,
        int paddingWidth,
        int dilationHeight,
        int dilationWidth,
        int groups,
        boolean bias,
        Initializer weightInitializer)
        implements Layer {

    /**
     * From this many rows of a slice on, products with slices are made of enough numbers: of 16 channels of 14x14, window 3x3, 32 out,
     * they take 5 to 30 % longer than with a whole matrix, which takes three times as long to copy. Of one channel they take twice
     * as long.
     */
    private static final int WORTH_SLICING = 32;

    public Conv2d {
        Window2d.requireAtLeast("Conv2d", "kernel", 1, kernelHeight, kernelWidth);
        Window2d.requireAtLeast("Conv2d", "stride", 1, strideHeight, strideWidth);
        Window2d.requireAtLeast("Conv2d", "padding", 0, paddingHeight, paddingWidth);
        Window2d.requireAtLeast("Conv2d", "dilation", 1, dilationHeight, dilationWidth);
        if (channels < 1 || groups < 1 || channels % groups != 0) {
            throw new IllegalArgumentException("Conv2d has " + channels + " channels in " + groups
                    + " groups\n  expected at least 1 of each, and as many channels in each group");
        }
    }

    /** A square window at every position inside the image, with bias, started for ReLU. */
    public Conv2d(int channels, int kernel) {
        this(channels, kernel, kernel);
    }

    /** A window of this height and width. */
    public Conv2d(int channels, int kernelHeight, int kernelWidth) {
        this(channels, kernelHeight, kernelWidth, 1, 1, 0, 0, 1, 1, 1, true, Initializers.heNormal());
    }

    /** Returns a copy with windows at this distance. */
    public Conv2d withStride(int stride) {
        return withStride(stride, stride);
    }

    /** Returns a copy with windows at these distances, downwards and across. */
    public Conv2d withStride(int height, int width) {
        return with(height, width, paddingHeight, paddingWidth, dilationHeight, dilationWidth);
    }

    /** The same on images with so many zeros added on each side: half of an odd kernel keeps height and width, at stride 1. */
    public Conv2d withPadding(int padding) {
        return withPadding(padding, padding);
    }

    /** Returns a copy with so many rows of zeros above and below, and columns of zeros left and right. */
    public Conv2d withPadding(int height, int width) {
        return with(strideHeight, strideWidth, height, width, dilationHeight, dilationWidth);
    }

    /** Returns a copy with the cells of the window at this distance. */
    public Conv2d withDilation(int dilation) {
        return withDilation(dilation, dilation);
    }

    /** Returns a copy with the cells of the window at these distances, downwards and across. */
    public Conv2d withDilation(int height, int width) {
        return with(strideHeight, strideWidth, paddingHeight, paddingWidth, height, width);
    }

    /** Returns a copy with the channels in so many independent parts; as many as the input has channels make it depthwise. */
    public Conv2d withGroups(int number) {
        return with(number, bias, weightInitializer);
    }

    /** Returns a copy without b, as before a normalization that has a shift of its own. */
    public Conv2d withoutBias() {
        return with(groups, false, weightInitializer);
    }

    /** Returns a copy with another start of W. */
    public Conv2d withWeightInitializer(Initializer initializer) {
        return with(groups, bias, initializer);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Shape output = window().output(input, channels);
        if (input.dim(0) % groups != 0) {
            throw ShapeException.input(
                    "channels divisible by " + groups + ", the groups",
                    input,
                    "other channels before it, or other groups");
        }
        d.parameter("weight", Shape.of(channels, input.dim(0) / groups, kernelHeight, kernelWidth), weightInitializer);
        if (bias) {
            d.parameter("bias", Shape.of(channels), Initializers.zeros());
        }
        Im2col map = map(input.dim(0), input.dim(1), input.dim(2));
        if (!map.isIdentity()) {
            d.buffer("columns", Shape.of(map.rows(), map.columns()));
        }
        ConvWeights.declare(d, Shape.of(channels, input.dim(0) / groups, kernelHeight, kernelWidth), map.slices());
        return output;
    }

    @Override
    public void forward(Pass p) {
        ConvProducts c = products(p);
        c.weights().cut(p);
        for (int n = 0; n < p.batch(); n++) {
            c.unfold(n);
            if (bias) {
                c.multiplyAndAddBias(n);
            } else {
                c.multiply(n);
            }
        }
    }

    @Override
    public void backward(Pass p) {
        ConvProducts c = products(p);
        ConvProducts.Gradients gradients = c.gradients();
        c.weights().clearGradient(p);
        for (int n = 0; n < p.batch(); n++) {
            c.unfold(n);
            // Y_n += W C_n   =>   dWᵀ += C_n dY_nᵀ   and   dC_n = Wᵀ dY_n
            gradients.addToWeight(n);
            if (p.needsInputGradient()) {
                gradients.setColumns(n);
                // C_n = copies of X_n   =>   dX_n = sums of dC_n
                c.fold(n);
            }
        }
        c.weights().addGradient(p);
        // Y_n = b at every position   =>   db += Σ_n Σ_pq dY_n
        if (bias) {
            Channels.addSum(p.scratch(), p.dy(), p.gradient("bias"));
        }
    }

    private ConvProducts products(Pass p) {
        Im2col map = map(p.x().size(1), p.x().size(2), p.x().size(3));
        return new ConvProducts(p, map, channels, groups);
    }

    private Im2col map(long inputChannels, long height, long width) {
        Window down = window().down(height);
        Window across = window().across(width);
        boolean slices = strideHeight == 1 && kernelHeight > 1 && inputChannels / groups * kernelWidth >= WORTH_SLICING;
        return slices
                ? Im2col.inSlices((int) inputChannels, down, across)
                : new Im2col((int) inputChannels, down, across);
    }

    private Window2d window() {
        return new Window2d(
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                paddingHeight,
                paddingWidth,
                dilationHeight,
                dilationWidth);
    }

    private Conv2d with(int strideH, int strideW, int paddingH, int paddingW, int dilationH, int dilationW) {
        return new Conv2d(
                channels,
                kernelHeight,
                kernelWidth,
                strideH,
                strideW,
                paddingH,
                paddingW,
                dilationH,
                dilationW,
                groups,
                bias,
                weightInitializer);
    }

    private Conv2d with(int newGroups, boolean newBias, Initializer initializer) {
        return new Conv2d(
                channels,
                kernelHeight,
                kernelWidth,
                strideHeight,
                strideWidth,
                paddingHeight,
                paddingWidth,
                dilationHeight,
                dilationWidth,
                newGroups,
                newBias,
                initializer);
    }

    @Override
    public String toString() {
        return "Conv2d(" + channels + ", " + window().describe(1, 1) + (groups == 1 ? "" : ", groups " + groups)
                + (bias ? ")" : ", no bias)");
    }
}
