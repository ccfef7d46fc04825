package io.jacobi.nn.math;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What a kernel needs besides its arrays: tiles of heap memory, and the {@link Span} of each array that it has met before.
 *
 * <p>The just-in-time compiler vectorizes a loop over a {@code float[]} and not one over a {@code FloatBuffer}. Kernels therefore
 * copy a tile in, work on it while it is in the first-level cache, and copy it out.
 *
 * <p>One thread at a time. It remembers every array for as long as it lives, or until it is told to {@link #forget}: give it arrays
 * that live as long, such as those of a workspace.
 */
public final class Scratch {

    /** Elements of a tile: three float tiles fit a first-level cache of 32 KiB. */
    public static final int TILE = 2048;

    /** Slots of a Scratch, from 0: as many tiles of each type can be in use at once. */
    public static final int SLOTS = 5;

    private final IdentityHashMap<INDArray, Span> spans = new IdentityHashMap<>();
    private final float[][] floats = new float[SLOTS][0];
    private final double[][] doubles = new double[SLOTS][0];
    private final Cursors cursors = new Cursors();
    private @Nullable ProductMeter meter;

    /** The memory of {@code array}; made on first sight. */
    public Span span(INDArray array) {
        Span known = spans.get(array);
        if (known == null) {
            known = Span.of(array);
            spans.put(array, known);
        }
        return known;
    }

    /** Remembers {@code array} no more: one that lives shorter than this, or is about to be closed. */
    public void forget(INDArray array) {
        spans.remove(array);
    }

    /** From now on the matrix products of whoever uses this scratch are counted there. */
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

    /** A tile of at least {@code length} floats; its content is whatever the slot's last user left. */
    public float[] floats(int slot, int length) {
        if (floats[slot].length < length) {
            floats[slot] = new float[Math.max(length, TILE)];
        }
        return floats[slot];
    }

    /** A tile of at least {@code length} doubles. */
    public double[] doubles(int slot, int length) {
        if (doubles[slot].length < length) {
            doubles[slot] = new double[Math.max(length, TILE)];
        }
        return doubles[slot];
    }

    /** Elements {@code from} to {@code from + count} in the float tile of this slot. */
    public float[] loadFloats(int slot, Span source, int from, int count) {
        float[] tile = floats(slot, count);
        source.floats().get(from, tile, 0, count);
        return tile;
    }

    /** Elements {@code from} to {@code from + count} in the double tile of this slot, widened if they are floats. */
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

    /** Writes the float tile of this slot to {@code target}. */
    public void storeFloats(int slot, Span target, int to, int count) {
        target.floats().put(to, floats[slot], 0, count);
    }

    /** Writes the double tile of this slot to {@code target}, rounded if that holds floats. */
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
