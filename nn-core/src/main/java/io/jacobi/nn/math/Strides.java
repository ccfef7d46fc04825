package io.jacobi.nn.math;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Nested loops over arrays, in which each array has a stride of its own for every loop. What the strides say is what is computed:
 *
 * <pre>
 * transpose   loops i, j   C[j, i]  = A[i, j]   strides (n, 1) and (1, m)
 * diagonal    loop i       C[i]     = A[i, i]   strides (n + 1) and (1)
 * repeat      loops i, j   C[i, j]  = A[i]      strides (1, 0) and (n, 1)
 * sum         loops i, j   C[i]    += A[i, j]   strides (n, 1) and (1, 0)
 * </pre>
 *
 * Loops without turns, and any order of the loops, are allowed. Sums are in double over a run of the innermost loop and rounded then.
 * C must not overlap A or B.
 */
public final class Strides {

    private Strides() {}

    /**
     * C = A.
     *
     * @throws IllegalArgumentException if a loop of several turns has the stride 0 in C: that would be a sum
     */
    public static void copy(Scratch s, int[] sizes, INDArray a, int[] aStrides, INDArray c, int[] cStrides) {
        for (int loop = 0; loop < sizes.length; loop++) {
            if (sizes[loop] > 1 && cStrides[loop] == 0) {
                throw new IllegalArgumentException("Loop " + loop + " would copy " + sizes[loop]
                        + " elements into one\n  expected a stride of C for every loop\n  fix: Strides.add, for a sum");
            }
        }
        Span from = s.span(a);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, from}, new int[][] {cStrides, aStrides});
        nest.run((at, n) -> store(to, at[0], nest.step(0), n, load(s, 0, from, at[1], nest.step(1), n)));
    }

    /** C += A. */
    public static void add(Scratch s, int[] sizes, INDArray a, int[] aStrides, INDArray c, int[] cStrides) {
        Span from = s.span(a);
        Span to = s.span(c);
        LoopNest nest = LoopNest.of(sizes, new Span[] {to, from}, new int[][] {cStrides, aStrides});
        nest.run((at, n) -> add(s, to, at[0], nest.step(0), n, load(s, 0, from, at[1], nest.step(1), n)));
    }

    /** C += A B, element by element; with the stride 0 in C a sum of products, as of a dot product. */
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
        nest.run((at, n) -> {
            double[] x = load(s, 0, first, at[1], nest.step(1), n);
            double[] y = load(s, 1, second, at[2], nest.step(2), n);
            for (int i = 0; i < n; i++) {
                y[i] *= x[i];
            }
            add(s, to, at[0], nest.step(0), n, y);
        });
    }

    private static double[] load(Scratch s, int slot, Span from, int at, int step, int n) {
        if (step == 1) {
            return s.load(slot, from, at, n);
        }
        double[] tile = s.doubles(slot, n);
        if (step == 0) {
            java.util.Arrays.fill(tile, 0, n, from.get(at));
        } else if (from.isFloat()) {
            for (int i = 0; i < n; i++) {
                tile[i] = from.floats().get(at + i * step);
            }
        } else {
            for (int i = 0; i < n; i++) {
                tile[i] = from.doubles().get(at + i * step);
            }
        }
        return tile;
    }

    private static void store(Span to, int at, int step, int n, double[] tile) {
        if (to.isFloat()) {
            for (int i = 0; i < n; i++) {
                to.floats().put(at + i * step, (float) tile[i]);
            }
        } else if (step == 1) {
            to.doubles().put(at, tile, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                to.doubles().put(at + i * step, tile[i]);
            }
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
            store(to, at, step, n, target);
        }
    }
}
