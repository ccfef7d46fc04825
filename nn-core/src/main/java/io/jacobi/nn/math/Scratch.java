package io.jacobi.nn.math;

import java.util.Arrays;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The working memory of kernels: tiles on the heap, and the {@link Span} of each array that a kernel has met.
 *
 * <p>The just-in-time compiler vectorizes a loop over a {@code float[]} but not over a {@code FloatBuffer}. Kernels
 * therefore copy a tile in, work on it while it is in the first-level cache, and copy it out:
 *
 * <pre>{@code
 * Span x = s.span(p.x());
 * Span y = s.span(p.y());
 * for (int i = 0; i < y.length(); i += Scratch.TILE) {
 *     int n = Math.min(Scratch.TILE, y.length() - i);
 *     double[] tile = s.load(0, x, i, n);      // slot 0 holds x[i], ..., x[i + n - 1]
 *     ...                                      // y from x, in place
 *     s.store(0, y, i, n);                     // slot 0 becomes y[i], ..., y[i + n - 1]
 * }
 * }</pre>
 *
 * <p>A tile is named by its slot, a number from 0. Each slot has a float tile and a double tile, and a kernel may use
 * as many slots as it needs. A tile is made when a kernel first asks for it and is kept, so that only the first pass
 * allocates. Its content lasts until the next kernel uses the slot; every kernel of this package uses slots from 0 on.
 * {@link #load} and {@link #store} use both tiles of a slot where an array holds floats.
 *
 * <p>A Scratch serves one thread at a time. It remembers every array until {@link #forget}, so give it arrays that live
 * as long as it does, such as the arrays of a workspace.
 */
public final class Scratch {

    /** Elements of a tile: three float tiles fit a first-level cache of 32 KiB. */
    public static final int TILE = 2048;

    private final IdentityHashMap<INDArray, Span> spans = new IdentityHashMap<>();
    private float[][] floats = new float[0][];
    private double[][] doubles = new double[0][];
    private final Cursors cursors = new Cursors();
    private @Nullable ProductMeter meter;

    /**
     * The memory of {@code array}; made when the array is first seen.
     *
     * @throws IllegalStateException if the array has been closed since
     * @throws IllegalArgumentException if a kernel cannot use the array, for the reasons of {@link Span#of}
     */
    public Span span(INDArray array) {
        Span known = spans.get(array);
        // asked at each use, because a kernel that reads freed memory ends the process or computes with other data
        if (known == null || known.isClosed()) {
            known = Span.of(array);
            spans.put(array, known);
        }
        return known;
    }

    /** Forgets {@code array}, which lives shorter than this scratch or is about to be closed. */
    public void forget(INDArray array) {
        spans.remove(array);
    }

    /** From now on {@code counter} counts the matrix products that use this scratch. */
    public void meter(ProductMeter counter) {
        meter = counter;
    }

    @Nullable
    ProductMeter meter() {
        return meter;
    }

    /** Addresses inside arrays, for BLAS. */
    Cursors cursors() {
        return cursors;
    }

    /**
     * The float tile of a slot, with the content that its last user left.
     *
     * @param slot the number of the tile, from 0
     * @param length the number of elements needed; the tile may be longer
     */
    public float[] floats(int slot, int length) {
        if (slot >= floats.length) {
            int known = floats.length;
            floats = Arrays.copyOf(floats, slot + 1);
            Arrays.fill(floats, known, floats.length, new float[0]);
        }
        if (floats[slot].length < length) {
            floats[slot] = new float[Math.max(length, TILE)];
        }
        return floats[slot];
    }

    /**
     * The double tile of a slot, with the content that its last user left.
     *
     * @param slot the number of the tile, from 0
     * @param length the number of elements needed; the tile may be longer
     */
    public double[] doubles(int slot, int length) {
        if (slot >= doubles.length) {
            int known = doubles.length;
            doubles = Arrays.copyOf(doubles, slot + 1);
            Arrays.fill(doubles, known, doubles.length, new double[0]);
        }
        if (doubles[slot].length < length) {
            doubles[slot] = new double[Math.max(length, TILE)];
        }
        return doubles[slot];
    }

    /**
     * Copies a part of an array of floats into the float tile of a slot, and returns the tile.
     *
     * @param slot the number of the tile, from 0
     * @param source the array, which must hold floats
     * @param from the index of the first element, in 'c' order
     * @param count the number of elements; they become elements 0 to {@code count - 1} of the tile
     */
    public float[] loadFloats(int slot, Span source, int from, int count) {
        float[] tile = floats(slot, count);
        source.floats().get(from, tile, 0, count);
        return tile;
    }

    /**
     * Copies a part of an array into the double tile of a slot, and returns the tile. Floats are widened.
     *
     * @param slot the number of the tile, from 0
     * @param source the array
     * @param from the index of the first element, in 'c' order
     * @param count the number of elements; they become elements 0 to {@code count - 1} of the tile
     */
    public double[] load(int slot, Span source, int from, int count) {
        double[] tile = doubles(slot, count);
        if (source.isFloat()) {
            float[] narrow = loadFloats(slot, source, from, count);
            for (int i = 0; i < count; i++) {
                tile[i] = narrow[i];
            }
        } else {
            source.doubles().get(from, tile, 0, count);
        }
        return tile;
    }

    /**
     * Copies the float tile of a slot into a part of an array of floats.
     *
     * @param slot the number of the tile, which a kernel has asked for before
     * @param target the array, which must hold floats
     * @param to the index of the first element to write, in 'c' order
     * @param count the number of elements
     */
    public void storeFloats(int slot, Span target, int to, int count) {
        target.floats().put(to, floats[slot], 0, count);
    }

    /**
     * Copies the double tile of a slot into a part of an array, rounded if the array holds floats.
     *
     * @param slot the number of the tile, which a kernel has asked for before
     * @param target the array
     * @param to the index of the first element to write, in 'c' order
     * @param count the number of elements
     */
    public void store(int slot, Span target, int to, int count) {
        double[] tile = doubles[slot];
        if (target.isFloat()) {
            float[] narrow = floats(slot, count);
            for (int i = 0; i < count; i++) {
                narrow[i] = (float) tile[i];
            }
            target.floats().put(to, narrow, 0, count);
        } else {
            target.doubles().put(to, tile, 0, count);
        }
    }
}
