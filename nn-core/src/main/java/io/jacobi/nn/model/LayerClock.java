package io.jacobi.nn.model;

import io.jacobi.nn.math.ProductMeter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How long each layer of a model takes, forward and backward, and how much of that is matrix products. A layer of layers is timed
 * as one. {@link Workspace#time} starts it; taking the time costs some 50 ns a layer.
 */
public final class LayerClock {

    /**
     * What was measured, in nanoseconds summed over all passes.
     *
     * @param nanos in the layer
     * @param productNanos in matrix products
     * @param operations floating-point operations of these products
     */
    public record Time(long nanos, long productNanos, double operations) {

        /** Nothing yet. */
        public static final Time NONE = new Time(0, 0, 0);

        /** Both together. */
        public Time plus(Time other) {
            return new Time(nanos + other.nanos, productNanos + other.productNanos, operations + other.operations);
        }
    }

    private final ProductMeter meter = new ProductMeter();
    private final List<Time> forward;
    private final List<Time> backward;

    /** For workspaces of this model. */
    public LayerClock(Sequential model) {
        int layers = model.layers().size();
        this.forward = new ArrayList<>(Collections.nCopies(layers, Time.NONE));
        this.backward = new ArrayList<>(Collections.nCopies(layers, Time.NONE));
    }

    /** The forward passes of layer {@code index}, predictions included. */
    public Time forward(int index) {
        return forward.get(index);
    }

    /** The backward passes of layer {@code index}. */
    public Time backward(int index) {
        return backward.get(index);
    }

    ProductMeter meter() {
        return meter;
    }

    void forward(BoundChain passes) {
        for (int i = 0; i < forward.size(); i++) {
            int layer = i;
            time(forward, i, () -> passes.forward(layer));
        }
    }

    void backward(BoundChain passes) {
        for (int i = backward.size() - 1; i >= 0; i--) {
            int layer = i;
            time(backward, i, () -> passes.backward(layer));
        }
    }

    private void time(List<Time> times, int index, Runnable pass) {
        long products = meter.nanos();
        double operations = meter.operations();
        long start = System.nanoTime();
        pass.run();
        Time taken = new Time(System.nanoTime() - start, meter.nanos() - products, meter.operations() - operations);
        times.set(index, times.get(index).plus(taken));
    }
}
