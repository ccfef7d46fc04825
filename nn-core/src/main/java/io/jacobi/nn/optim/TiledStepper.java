package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.ExclusiveUse;
import io.jacobi.nn.math.Reductions;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The stepper of every {@link ElementwiseOptimizer}: one pass over weights, gradients and moments, a tile at a time. A
 * step reads and writes each element once, because memory is what limits it.
 *
 * <p>Before that, one product of BLAS over the gradients finds out whether a square could overflow or an element is not
 * finite: 31 us over 536,000 floats, where Adam's step takes 440. If so, the step is a {@link CarefulStep}.
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
    private final Moments moments;
    private final int tile;
    private final List<Part> parts = new ArrayList<>();
    private final ExclusiveUse exclusive;
    private volatile boolean largeGradient;
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
        this.moments = new Moments(optimizer, weights);
        this.exclusive = new ExclusiveUse("the stepper", moments::free);
        // tiles share the first-level cache with the arrays that they are copied from: with four tiles of 2048 floats
        // each, Adam took 1.5 times as long over the 209,000 weights of a small convolutional network. All tiles
        // together are 12 KiB of floats, and as much of their sources: 24 KiB of a cache of 32
        this.tile = Scratch.TILE * 3 / 2 / (2 + moments.count());
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
        TileUpdate update = optimizer.update(steps + 1, rate);
        double keep = 1 - rate * weightDecay;
        if (moments.isWide() || !Magnitudes.isOrdinary(rate, keep) || isLarge(gradients, split)) {
            stepCarefully(update, keep, gradients);
        } else {
            split.run(length(), (number, from, to) -> part(number).step(update, keep, gradients, from, to));
        }
        steps++;
    }

    private int length() {
        return Math.toIntExact(weights.length());
    }

    /** Whether an element is NaN, infinite, or so large that its square could overflow. */
    private boolean isLarge(INDArray gradients, Split split) {
        largeGradient = false;
        split.run(length(), (number, from, to) -> {
            if (!part(number).isOrdinary(gradients, from, to)) {
                largeGradient = true;
            }
        });
        return largeGradient;
    }

    private void stepCarefully(TileUpdate update, double keep, INDArray gradients) {
        boolean wasWide = moments.isWide();
        Scratch scratch = part(0).scratch;
        moments.widen();
        boolean taken = false;
        try {
            double largest = new CarefulStep(scratch, update, moments, weights, gradients).run(ranges, keep);
            taken = true;
            if (moments.isWide() && largest < Magnitudes.ordinaryMoment(true)) {
                moments.narrow(scratch);
            }
        } finally {
            if (!taken && !wasWide) {
                moments.revert();
            }
        }
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
        private final Span[] m = moments.ordinary().stream().map(scratch::span).toArray(Span[]::new);
        private final float[][] floats = new float[m.length][];
        private final double[][] doubles = new double[m.length][];

        boolean isOrdinary(INDArray gradients, int from, int to) {
            double bound = Magnitudes.ordinaryGradient(scratch.span(gradients).isFloat());
            return Reductions.isBelow(scratch, gradients, bound, from, to);
        }

        void step(TileUpdate update, double keep, INDArray gradients, int begin, int end) {
            for (WeightRange range : ranges) {
                stepRange(
                        update,
                        range.decays() ? keep : 1,
                        gradients,
                        Math.max(begin, range.from()),
                        Math.min(end, range.to()));
            }
        }

        private void stepRange(TileUpdate update, double keep, INDArray gradients, int from, int to) {
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
        return moments.state();
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
        moments.restore(stored);
        steps = stepsMade;
    }

    @Override
    public void close() {
        exclusive.close();
    }
}
