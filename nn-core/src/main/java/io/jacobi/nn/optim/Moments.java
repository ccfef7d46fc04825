package io.jacobi.nn.optim;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The moments of a run: for each name a vector in the layout and the type of the weights. The moments of a float model
 * are doubles while one of them is 2^100 or more, because squares of gradients above 1.8e19 are infinite in float.
 */
final class Moments {

    private final List<String> names;
    private final List<INDArray> ordinary;
    private final Map<String, INDArray> state = new LinkedHashMap<>();
    private List<INDArray> doubles = List.of();
    private boolean wide;

    /** Vectors of zeros. */
    Moments(ElementwiseOptimizer optimizer, INDArray weights) {
        this.names = List.copyOf(optimizer.moments());
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(optimizer + " has two moments of one name, " + names
                    + "\n  fix: give each moment a name of its own");
        }
        this.ordinary = vectors(weights.dataType(), weights.length());
        use(ordinary);
    }

    private List<INDArray> vectors(DataType type, long length) {
        return names.stream().map(name -> Memory.vector(type, length)).toList();
    }

    private void use(List<INDArray> vectors) {
        wide = vectors != ordinary;
        for (int k = 0; k < names.size(); k++) {
            state.put(names.get(k), vectors.get(k));
        }
    }

    int count() {
        return names.size();
    }

    String name(int k) {
        return names.get(k);
    }

    /** The vectors in the type of the weights, which hold the moments unless {@link #isWide}. */
    List<INDArray> ordinary() {
        return ordinary;
    }

    /** The vectors that hold the moments. */
    List<INDArray> current() {
        return wide ? doubles : ordinary;
    }

    /** Whether this is a float model whose moments are doubles. */
    boolean isWide() {
        return wide;
    }

    /** Makes the moments doubles; they have the same values. Allocates only the first time. */
    void widen() {
        if (wide || names.isEmpty() || ordinary.get(0).dataType() == DataType.DOUBLE) {
            return;
        }
        if (doubles.isEmpty()) {
            doubles = vectors(DataType.DOUBLE, ordinary.get(0).length());
        }
        for (int k = 0; k < names.size(); k++) {
            Vectors.copy(ordinary.get(k), doubles.get(k));
        }
        use(doubles);
    }

    /** Makes the moments floats again, which hold the values that they had before {@link #widen}. */
    void revert() {
        use(ordinary);
    }

    /** Makes the moments floats again, rounded. */
    void narrow(Scratch scratch) {
        for (int k = 0; k < names.size(); k++) {
            Span from = scratch.span(doubles.get(k));
            Span to = scratch.span(ordinary.get(k));
            for (int i = 0; i < to.length(); i += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, to.length() - i);
                Denormals.flush(scratch.load(0, from, i, n), n, true);
                scratch.store(0, to, i, n);
            }
        }
        use(ordinary);
    }

    /** A live view. */
    Map<String, INDArray> state() {
        return Collections.unmodifiableMap(state);
    }

    /** Takes over stored moments. It checks all before it copies one, so that moments are never half restored. */
    void restore(Map<String, INDArray> stored) {
        if (!stored.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("The stored moments are " + stored.keySet() + "\n  expected "
                    + state.keySet() + "\n  fix: restore with the optimizer that the run was started with");
        }
        boolean storedWide = !names.isEmpty() && isWide(stored);
        stored.forEach((name, moment) -> requireFits(name, moment, storedWide));
        if (storedWide) {
            widen();
        } else {
            revert();
        }
        stored.forEach((name, moment) -> Vectors.copy(moment, state.getOrDefault(name, moment)));
    }

    /** Whether these are doubles that a float model has stored: it does so only while one of them is large. */
    private boolean isWide(Map<String, INDArray> stored) {
        return ordinary.get(0).dataType() == DataType.FLOAT
                && stored.values().stream().allMatch(moment -> moment.dataType() == DataType.DOUBLE)
                && stored.values().stream()
                        .anyMatch(
                                moment -> Reductions.largest(new Scratch(), moment) >= Magnitudes.ordinaryMoment(true));
    }

    private void requireFits(String name, INDArray moment, boolean storedWide) {
        Span received = Span.of(moment);
        Span own = Span.of(ordinary.get(0));
        boolean floats = own.isFloat() && !storedWide;
        if (received.length() != own.length() || received.isFloat() != floats) {
            throw new IllegalArgumentException("The stored moment \"" + name + "\" has "
                    + describe(received.length(), received.isFloat()) + "\n  expected "
                    + describe(own.length(), floats)
                    + "\n  fix: restore into a model of the same layers and data type");
        }
        int index = Vectors.firstNonFinite(new Scratch(), received);
        if (index >= 0) {
            throw new IllegalArgumentException("The stored moment \"" + name + "\" of weight " + index + " is "
                    + received.get(index) + "\n  expected finite numbers"
                    + "\n  fix: restore an earlier state of the run, or start a new run");
        }
    }

    /** Frees all vectors. */
    void free() {
        ordinary.forEach(INDArray::close);
        doubles.forEach(INDArray::close);
    }

    private static String describe(int length, boolean floats) {
        return length + (floats ? " floats" : " doubles");
    }
}
