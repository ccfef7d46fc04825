package io.jacobi.nn.math;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nested loops over arrays, where each array has a stride of its own for every loop. The strides define the operation:
 *
 * <pre>
 * transpose   loops i, j   C[j, i]  = A[i, j]   strides (n, 1) and (1, m)
 * diagonal    loop i       C[i]     = A[i, i]   strides (n + 1) and (1)
 * repeat      loops i, j   C[i, j]  = A[i]      strides (1, 0) and (n, 1)
 * sum         loops i, j   C[i]    += A[i, j]   strides (n, 1) and (1, 0)
 * outer       loops i, j   C[i, j]  = A[i] B[j] strides (1, 0), (0, 1) and (n, 1)
 * </pre>
 *
 * All methods have the same arguments: {@code s}, the scratch of the pass; {@code sizes}, the number of turns of each
 * loop, which may be 0; {@code a}, {@code b} and {@code c}, the arrays A, B and C; {@code aStrides}, {@code bStrides}
 * and {@code cStrides}, for each loop the distance in 'c' order between the elements of two turns, at least 0. The
 * order of the loops does not matter. C must not overlap A or B. A sum is in double over a run of the innermost loop,
 * and is then rounded.
 *
 * <p>Loops that would leave an array are an {@link IndexOutOfBoundsException}.
 */
public final class Strides {

    /** Up to this stride a run is read as one block, gaps included. */
    private static final int NARROW = 8;

    /** The slot that holds the block. */
    private static final int STAGE = 3;

    private Strides() {}

    /**
     * C = A.
     *
     * @throws IllegalArgumentException if a loop of several turns has the stride 0 in C, which would be a sum
     */
    public static void copy(Scratch s, int[] sizes, INDArray a, int[] aStrides, INDArray c, int[] cStrides) {
        requireNoSum(sizes, cStrides);
        Span from = s.span(a);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, from}, new int[][] {cStrides, aStrides});
        if (from.isFloat() == to.isFloat() && nest.step(1) > 0) {
            // BLAS moves a run without a tile in between, which takes half the time for strides of a few elements
            Cursors cursors = s.cursors();
            nest.run((at, n) -> Blas.copy(
                    to.isFloat(), n, cursors.a(from, at[1]), nest.step(1), cursors.c(to, at[0]), nest.step(0)));
        } else {
            nest.run((at, n) -> {
                load(s, 0, from, at[1], nest.step(1), n);
                store(s, 0, to, at[0], nest.step(0), n);
            });
        }
    }

    private static void requireNoSum(int[] sizes, int... cStrides) {
        for (int loop = 0; loop < sizes.length; loop++) {
            if (sizes[loop] > 1 && cStrides[loop] == 0) {
                throw new IllegalArgumentException("Loop " + loop + " would write " + sizes[loop]
                        + " elements into one\n  expected a stride of C for every loop"
                        + "\n  fix: Strides.add or Strides.addProduct, for a sum");
            }
        }
    }

    /** C += A. */
    public static void add(Scratch s, int[] sizes, INDArray a, int[] aStrides, INDArray c, int[] cStrides) {
        Span from = s.span(a);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, from}, new int[][] {cStrides, aStrides});
        nest.run((at, n) -> add(s, to, at[0], nest.step(0), n, load(s, 0, from, at[1], nest.step(1), n)));
    }

    /** C += A B, element by element; with a stride of 0 in C a sum of products, such as a dot product. */
    public static void addProduct(
            Scratch s,
            int[] sizes,
            INDArray a,
            int[] aStrides,
            INDArray b,
            int[] bStrides,
            INDArray c,
            int[] cStrides) {
        Span first = s.span(a);
        Span second = s.span(b);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, first, second}, new int[][] {cStrides, aStrides, bStrides});
        nest.run((at, n) -> add(s, to, at[0], nest.step(0), n, products(s, nest, first, second, at, n)));
    }

    /**
     * C = A B, element by element. Takes between half and two thirds of the time of filling C with 0 and
     * {@link #addProduct}.
     *
     * @throws IllegalArgumentException if a loop of several turns has the stride 0 in C, which would be a sum
     */
    public static void product(
            Scratch s,
            int[] sizes,
            INDArray a,
            int[] aStrides,
            INDArray b,
            int[] bStrides,
            INDArray c,
            int[] cStrides) {
        requireNoSum(sizes, cStrides);
        Span first = s.span(a);
        Span second = s.span(b);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, first, second}, new int[][] {cStrides, aStrides, bStrides});
        nest.run((at, n) -> {
            products(s, nest, first, second, at, n);
            store(s, 1, to, at[0], nest.step(0), n);
        });
    }

    /** Computes a run of products in the double tile of slot 1. */
    private static double[] products(Scratch s, LoopNest nest, Span first, Span second, int[] at, int n) {
        double[] y = load(s, 1, second, at[2], nest.step(2), n);
        if (nest.step(1) == 0) {
            double x = first.get(at[1]);
            for (int i = 0; i < n; i++) {
                y[i] *= x;
            }
        } else {
            double[] x = load(s, 0, first, at[1], nest.step(1), n);
            for (int i = 0; i < n; i++) {
                y[i] *= x[i];
            }
        }
        return y;
    }

    /** Copies a run of elements into the double tile of a slot. */
    private static double[] load(Scratch s, int slot, Span from, int at, int step, int n) {
        if (step == 1) {
            return s.load(slot, from, at, n);
        }
        double[] tile = s.doubles(slot, n);
        if (step == 0) {
            Arrays.fill(tile, 0, n, from.get(at));
        } else if (step <= NARROW) {
            double[] all = s.load(STAGE, from, at, (n - 1) * step + 1);
            for (int i = 0; i < n; i++) {
                tile[i] = all[i * step];
            }
        } else if (from.isFloat()) {
            FloatBuffer buffer = from.floats();
            for (int i = 0; i < n; i++) {
                tile[i] = buffer.get(at + i * step);
            }
        } else {
            DoubleBuffer buffer = from.doubles();
            for (int i = 0; i < n; i++) {
                tile[i] = buffer.get(at + i * step);
            }
        }
        return tile;
    }

    /** Copies the double tile of a slot to a run of elements. */
    private static void store(Scratch s, int slot, Span to, int at, int step, int n) {
        if (step == 1) {
            s.store(slot, to, at, n);
            return;
        }
        double[] tile = s.doubles(slot, n);
        for (int i = 0; i < n; i++) {
            to.set(at + i * step, tile[i]);
        }
    }

    private static void add(Scratch s, Span to, int at, int step, int n, double[] tile) {
        if (step == 0) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += tile[i];
            }
            to.set(at, to.get(at) + sum);
        } else {
            double[] target = load(s, 2, to, at, step, n);
            for (int i = 0; i < n; i++) {
                target[i] += tile[i];
            }
            store(s, 2, to, at, step, n);
        }
    }
}
