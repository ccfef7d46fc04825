package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.ExclusiveUse;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Split;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The stepper of every {@link ElementwiseOptimizer}: one pass over weights, gradients and moments, a tile at a time. A
 * step reads and writes each element once, because memory is what limits it.
 */
final class TiledStepper implements Stepper {

    // slots of the scratch; the moments follow
    private static final int W = 0;
    private static final int G = 1;
    private static final int MOMENTS = 2;

    private final ElementwiseOptimizer optimizer;
    private final double weightDecay;
    private final INDArray weights;
    private final List<WeightRange> ranges;
    private final Map<String, INDArray> state = new LinkedHashMap<>();
    private final List<INDArray> moments;
    private final int tile;
    private final List<Part> parts = new ArrayList<>();
    private final ExclusiveUse exclusive = new ExclusiveUse("the stepper", this::freeMoments);
    private long steps;

    /** Starts at these weights, with zeros for each moment. */
    TiledStepper(ElementwiseOptimizer optimizer, INDArray weights, List<Parameter> parameters) {
        this.optimizer = optimizer;
        this.weightDecay = optimizer.weightDecay();
        Hyperparameters.decay(weightDecay);
        this.weights = weights;
        // one range is fastest, and without decay every weight may count as decaying
        this.ranges = WeightRange.cover(
                Math.toIntExact(weights.length()), parameters, weightDecay == 0 || optimizer.decaysAll());
        List<String> names = optimizer.moments();
        requireNames(names);
        for (String name : names) {
            state.put(name, Memory.vector(weights.dataType(), weights.length()));
        }
        this.moments = List.copyOf(state.values());
        // tiles share the first-level cache with the arrays that they are copied from: with four tiles of 2048 floats
        // each, Adam took 1.5 times as long over the 209,000 weights of a small convolutional network
        this.tile = Scratch.TILE / (2 + moments.size());
    }

    private void requireNames(List<String> names) {
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(optimizer + " has two moments of one name, " + names
                    + "\n  fix: give each moment a name of its own");
        }
    }

    @Override
    public void step(INDArray gradients, double rate) {
        step(gradients, rate, Split.NONE);
    }

    @Override
    public void step(INDArray gradients, double rate, Split split) {
        exclusive.enter("step");
        try {
            take(gradients, rate, split);
        } finally {
            exclusive.exit();
        }
    }

    private void take(INDArray gradients, double rate, Split split) {
        steps++;
        TileUpdate update = optimizer.update(steps, rate);
        double keep = 1 - rate * weightDecay;
        split.run(Math.toIntExact(weights.length()), (number, from, to) -> {
            Part part = part(number);
            for (WeightRange range : ranges) {
                part.step(
                        update,
                        range.decays() ? keep : 1,
                        gradients,
                        Math.max(from, range.from()),
                        Math.min(to, range.to()));
            }
        });
    }

    /** Made on first use, because the split decides how many parts there are. */
    private synchronized Part part(int number) {
        while (parts.size() <= number) {
            parts.add(new Part());
        }
        return parts.get(number);
    }

    /** The tiles of one part, since parts may run at the same time. */
    private final class Part {

        private final Scratch scratch = new Scratch();
        private final Span[] m = moments.stream().map(scratch::span).toArray(Span[]::new);
        private final float[][] floats = new float[moments.size()][];
        private final double[][] doubles = new double[moments.size()][];

        void step(TileUpdate update, double keep, INDArray gradients, int from, int to) {
            Span w = scratch.span(weights);
            Span g = scratch.span(gradients);
            for (int i = from; i < to; i += tile) {
                int n = Math.min(tile, to - i);
                if (w.isFloat() && update instanceof FloatTileUpdate withFloats) {
                    floats(withFloats, (float) keep, w, g, i, n);
                } else {
                    doubles(update, keep, w, g, i, n);
                }
            }
        }

        private void floats(FloatTileUpdate update, float keep, Span w, Span g, int at, int n) {
            for (int k = 0; k < m.length; k++) {
                floats[k] = scratch.loadFloats(MOMENTS + k, m[k], at, n);
            }
            float[] values = scratch.loadFloats(W, w, at, n);
            if (keep != 1) {
                for (int i = 0; i < n; i++) {
                    // w ← (1 − rate · decay) w
                    values[i] *= keep;
                }
            }
            update.apply(values, scratch.loadFloats(G, g, at, n), floats, n);
            for (int k = 0; k < m.length; k++) {
                scratch.storeFloats(MOMENTS + k, m[k], at, n);
            }
            scratch.storeFloats(W, w, at, n);
        }

        private void doubles(TileUpdate update, double keep, Span w, Span g, int at, int n) {
            for (int k = 0; k < m.length; k++) {
                doubles[k] = scratch.load(MOMENTS + k, m[k], at, n);
            }
            double[] values = scratch.load(W, w, at, n);
            if (keep != 1) {
                for (int i = 0; i < n; i++) {
                    values[i] *= keep;
                }
            }
            update.apply(values, scratch.load(G, g, at, n), doubles, n);
            for (int k = 0; k < m.length; k++) {
                if (!(update instanceof FloatTileUpdate)) {
                    Denormals.flush(doubles[k], n, w.isFloat());
                }
                scratch.store(MOMENTS + k, m[k], at, n);
            }
            scratch.store(W, w, at, n);
        }
    }

    @Override
    public Map<String, INDArray> state() {
        exclusive.requireOpen();
        return Collections.unmodifiableMap(state);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void restore(Map<String, INDArray> stored, long stepsMade) {
        exclusive.enter("restore");
        try {
            copy(stored, stepsMade);
        } finally {
            exclusive.exit();
        }
    }

    private void copy(Map<String, INDArray> stored, long stepsMade) {
        if (stepsMade < 0) {
            throw new IllegalArgumentException("The number of steps is " + stepsMade + "\n  expected at least 0");
        }
        if (!stored.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("The stored moments are " + stored.keySet() + "\n  expected "
                    + state.keySet() + "\n  fix: restore with the optimizer that the run was started with");
        }
        // checks all before it copies one, so that a stepper is never half restored
        stored.forEach((name, moment) -> requireFits(name, Span.of(moment)));
        stored.forEach((name, moment) -> Vectors.copy(moment, moment(name)));
        steps = stepsMade;
    }

    @Override
    public void close() {
        exclusive.close();
    }

    private void freeMoments() {
        moments.forEach(INDArray::close);
    }

    private void requireFits(String name, Span moment) {
        Span own = Span.of(moment(name));
        if (moment.length() != own.length() || moment.isFloat() != own.isFloat()) {
            throw new IllegalArgumentException(
                    "The stored moment \"" + name + "\" has " + describe(moment) + "\n  expected " + describe(own)
                            + "\n  fix: restore into a model of the same layers and data type");
        }
    }

    private INDArray moment(String name) {
        INDArray moment = state.get(name);
        if (moment == null) {
            throw new IllegalArgumentException("There is no moment \"" + name + "\"; there are " + state.keySet());
        }
        return moment;
    }

    private static String describe(Span span) {
        return span.length() + (span.isFloat() ? " floats" : " doubles");
    }
}
