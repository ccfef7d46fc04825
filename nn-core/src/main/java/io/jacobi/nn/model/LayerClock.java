package io.jacobi.nn.model;

import io.jacobi.nn.math.ProductMeter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures how long each layer of a model takes, forward and backward, and how much of that time is spent in matrix
 * products. A layer of layers is timed as one. {@link Workspace#time} starts it. Taking the time costs some 50 ns a
 * layer.
 */
public final class LayerClock {

    /**
     * Times in nanoseconds, summed over all passes.
     *
     * @param nanos the time in the layer
     * @param productNanos the part of it in matrix products
     * @param operations floating-point operations of these products
     */
    public record Time(long nanos, long productNanos, double operations) {

        /** Before the first pass. */
        public static final Time NONE = new Time(0, 0, 0);

        /** Returns the sum of both. */
        public Time plus(Time other) {
            return new Time(nanos + other.nanos, productNanos + other.productNanos, operations + other.operations);
        }
    }

    private final ProductMeter meter = new ProductMeter();
    private final List<Time> forward;
    private final List<Time> backward;

    /** Makes a clock for workspaces of this model. */
    public LayerClock(Sequential model) {
        int layers = model.layers().size();
        this.forward = new ArrayList<>(Collections.nCopies(layers, Time.NONE));
        this.backward = new ArrayList<>(Collections.nCopies(layers, Time.NONE));
    }

    /** The time of the forward passes of layer {@code index}, predictions included. */
    public Time forward(int index) {
        return forward.get(index);
    }

    /** The time of the backward passes of layer {@code index}. */
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
