package io.jacobi.nn.train;

import io.jacobi.nn.Layer;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.OptionalInt;

/**
 * Chooses the number of parts into which a batch is cut, each for a thread; {@link ThreadChoice} may use fewer threads.
 */
final class Threads {

    /** More threads than this gain nothing at the batch sizes of small networks. */
    private static final int MOST = 8;

    /**
     * The number of weights and buffer elements that a batch must touch before a second thread pays. Buffer elements
     * count tenfold, because a convolution uses each many times. 784-128-10 with batches of 64 has 8 million and gains
     * little; 784-512-256-10 with batches of 128 has 73 million and is faster on two threads. docs/benchmarks.md has
     * the measurement.
     */
    private static final long WORTH_SPLITTING = 20_000_000;

    private static final int BUFFER_FACTOR = 10;

    private Threads() {}

    /**
     * The number asked for, or else the fastest; 1 if a layer's output for an example depends on the rest of the batch.
     */
    static int choose(Sequential model, OptionalInt asked, int batch) {
        if (model.layers().stream().anyMatch(Layer::couplesExamples)) {
            return 1;
        }
        return asked.orElseGet(() -> {
            long elements =
                    Workspace.bytesPerExample(model, true) / model.dataType().width();
            long work = batch * (model.parameterCount() + BUFFER_FACTOR * elements);
            int processors = Runtime.getRuntime().availableProcessors();
            return work < WORTH_SPLITTING ? 1 : Math.min(MOST, processors);
        });
    }
}
