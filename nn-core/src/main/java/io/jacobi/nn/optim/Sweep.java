package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
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
 * The stepper of every optimizer: one pass over weights, gradients and moments, a tile at a time. In a step each element is read
 * once and written once, since memory is what limits it.
 */
final class Sweep implements Stepper {

    // slots of the scratch; the moments follow
    private static final int W = 0;
    private static final int G = 1;
    private static final int MOMENTS = 2;

    private final INDArray weights;
    private final Map<String, INDArray> state = new LinkedHashMap<>();
    private final Update.Rule rule;
    private final Decay decay;
    private final List<Run> runs;
    private final List<INDArray> moments;
    private final int tile;
    private final List<Part> parts = new ArrayList<>();
    private long steps;

    /** Over these weights, with a moment of zeros for each of these names. */
    Sweep(INDArray weights, List<Parameter> parameters, Decay decay, Update.Rule rule, String... names) {
        this.weights = weights;
        this.rule = rule;
        this.decay = decay;
        this.runs = decay.runs(Math.toIntExact(weights.length()), parameters);
        for (String name : names) {
            state.put(name, Memory.vector(weights.dataType(), weights.length()));
        }
        this.moments = List.copyOf(state.values());
        // tiles and what they are copied from share the first-level cache: with four of 2048 floats each, Adam took 1.5
        // times as long over the 209,000 weights of a small convolutional network
        this.tile = Scratch.TILE / (2 + moments.size());
    }

    @Override
    public void step(INDArray gradients, double rate) {
        step(gradients, rate, Split.NONE);
    }

    @Override
    public void step(INDArray gradients, double rate, Split split) {
        steps++;
        Update update = rule.at(steps, rate);
        double keep = decay.keep(rate);
        split.run(Math.toIntExact(weights.length()), (part, from, to) -> {
            Part own = part(part);
            for (Run run : runs) {
                own.step(
                        update,
                        run.decayed() ? keep : 1,
                        gradients,
                        Math.max(from, run.from()),
                        Math.min(to, run.to()));
            }
        });
    }

    /** Made when first asked for: whoever splits decides how many there are. */
    private synchronized Part part(int index) {
        while (parts.size() <= index) {
            parts.add(new Part());
        }
        return parts.get(index);
    }

    /** What one thread needs besides the arrays: tiles of its own. */
    private final class Part {

        private final Scratch scratch = new Scratch();
        private final Span[] m = moments.stream().map(scratch::span).toArray(Span[]::new);
        private final float[][] floats = new float[moments.size()][];
        private final double[][] doubles = new double[moments.size()][];

        void step(Update update, double keep, INDArray gradients, int from, int to) {
            Span w = scratch.span(weights);
            Span g = scratch.span(gradients);
            for (int i = from; i < to; i += tile) {
                int n = Math.min(tile, to - i);
                if (w.isFloat()) {
                    floats(update, (float) keep, w, g, i, n);
                } else {
                    doubles(update, keep, w, g, i, n);
                }
            }
        }

        private void floats(Update update, float keep, Span w, Span g, int at, int n) {
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
            update.floats(values, scratch.loadFloats(G, g, at, n), floats, n);
            for (int k = 0; k < m.length; k++) {
                scratch.storeFloats(MOMENTS + k, m[k], at, n);
            }
            scratch.storeFloats(W, w, at, n);
        }

        private void doubles(Update update, double keep, Span w, Span g, int at, int n) {
            for (int k = 0; k < m.length; k++) {
                doubles[k] = scratch.load(MOMENTS + k, m[k], at, n);
            }
            double[] values = scratch.load(W, w, at, n);
            if (keep != 1) {
                for (int i = 0; i < n; i++) {
                    values[i] *= keep;
                }
            }
            update.doubles(values, scratch.load(G, g, at, n), doubles, n);
            for (int k = 0; k < m.length; k++) {
                scratch.store(MOMENTS + k, m[k], at, n);
            }
            scratch.store(W, w, at, n);
        }
    }

    @Override
    public Map<String, INDArray> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public void restore(Map<String, INDArray> stored, long stepsMade) {
        if (stepsMade < 0) {
            throw new IllegalArgumentException("The number of steps is " + stepsMade + "\n  expected at least 0");
        }
        if (!stored.keySet().equals(state.keySet())) {
            throw new IllegalArgumentException("The stored moments are " + stored.keySet() + "\n  expected "
                    + state.keySet() + "\n  fix: restore with the optimizer that the run was started with");
        }
        // all are looked at before one is copied: a stepper is never half restored
        stored.forEach((name, moment) -> requireFits(name, Span.of(moment)));
        stored.forEach((name, moment) -> Vectors.copy(moment, moment(name)));
        steps = stepsMade;
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
