package io.jacobi.nn.train;

import io.jacobi.nn.model.LayerClock;
import io.jacobi.nn.model.LayerClock.Time;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The time that training steps took, by layer and direction, and for the rest of a step. {@link Trainer#profiled}
 * measures it.
 *
 * <p>Times are summed over the threads that a batch is split over: with two threads, a second of training is up to two
 * seconds here.
 *
 * @param steps the number of steps that were measured
 * @param threads the number of threads that each step was split over
 * @param seconds elapsed time of all steps
 * @param layers the times of the model's layers, in order
 * @param others the rest of a step: {@code data} (copying the batch), {@code loss}, {@code gradients} (clearing the
 *     gradients and adding up the gradients of the parts, penalties, clipping), {@code optimizer}
 */
public record StepProfile(long steps, int threads, double seconds, List<LayerTime> layers, List<Other> others) {

    /** One layer, in both directions. */
    public record LayerTime(String layer, Time forward, Time backward) {

        /** The sum of both directions. */
        public Time total() {
            return forward.plus(backward);
        }
    }

    /** A part of a step that belongs to no layer. */
    public record Other(String name, long nanos) {}

    public StepProfile {
        layers = List.copyOf(layers);
        others = List.copyOf(others);
    }

    static StepProfile of(
            Sequential model, long steps, int threads, double seconds, List<LayerClock> clocks, Phases phases) {
        List<LayerTime> layers = new ArrayList<>();
        for (int i = 0; i < model.layers().size(); i++) {
            int index = i;
            layers.add(new LayerTime(
                    model.label(i),
                    clocks.stream().map(clock -> clock.forward(index)).reduce(Time.NONE, Time::plus),
                    clocks.stream().map(clock -> clock.backward(index)).reduce(Time.NONE, Time::plus)));
        }
        List<Other> others = List.of(
                new Other("data", phases.of(Phases.Phase.DATA)),
                new Other("loss", phases.of(Phases.Phase.LOSS)),
                new Other("gradients", phases.of(Phases.Phase.GRADIENTS)),
                new Other("optimizer", phases.of(Phases.Phase.OPTIMIZER)));
        return new StepProfile(steps, threads, seconds, layers, others);
    }

    /** The sum of all times, in nanoseconds. */
    public long nanos() {
        return layers.stream().mapToLong(layer -> layer.total().nanos()).sum()
                + others.stream().mapToLong(Other::nanos).sum();
    }

    /** The sum over all layers; its {@link Time#productNanos} is the time of all matrix products. */
    public Time products() {
        return layers.stream().map(LayerTime::total).reduce(Time.NONE, Time::plus);
    }

    /** The share of a step's time that matrix products take, from 0 to 1. */
    public double productShare() {
        return (double) products().productNanos() / nanos();
    }

    /** The speed of the matrix products, in 10^9 operations per second of their own time; 0 if there were none. */
    public double gigaflops() {
        return gigaflops(products());
    }

    private static double gigaflops(Time time) {
        return time.productNanos() == 0 ? 0 : time.operations() / time.productNanos();
    }

    /** A table with a line for each layer and each other part, in milliseconds per step. */
    @Override
    public String toString() {
        int width = layers.stream().mapToInt(l -> l.layer().length()).max().orElse(0);
        String row = "  %-" + Math.max(width, 9) + "s  %8s  %8s  %8s  %7s  %6s%n";
        StringBuilder table = new StringBuilder(line(
                "%,d steps on %d %s, %.3f ms each%n",
                steps, threads, threads == 1 ? "thread" : "threads", 1e3 * seconds / steps));
        table.append(line(row, "ms a step", "forward", "backward", "products", "GFLOP/s", "share"));
        for (LayerTime layer : layers) {
            Time total = layer.total();
            table.append(line(
                    row,
                    layer.layer(),
                    millis(layer.forward().nanos()),
                    millis(layer.backward().nanos()),
                    total.productNanos() == 0 ? "" : millis(total.productNanos()),
                    total.productNanos() == 0 ? "" : line("%.0f", gigaflops(total)),
                    share(total.nanos())));
        }
        for (Other other : others) {
            table.append(line(row, other.name(), millis(other.nanos()), "", "", "", share(other.nanos())));
        }
        return table.append(
                        line("products take %.0f %% of a step, at %.0f GFLOP/s%n", 100 * productShare(), gigaflops()))
                .toString();
    }

    private String millis(long nanos) {
        return line("%.3f", nanos / 1e6 / steps);
    }

    private String share(long nanos) {
        return line("%.1f %%", 100d * nanos / nanos());
    }

    private static String line(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }
}
