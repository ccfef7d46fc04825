package io.jacobi.nn.train;

import io.jacobi.nn.Layer;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.OptionalInt;

/** Over how many threads a batch is split. */
final class Threads {

    /** More than this gains nothing at the batch sizes of small networks. */
    private static final int MOST = 8;

    /**
     * Weights and buffer elements (tenfold, since a convolution uses each many times) that a batch must touch before a second
     * thread pays: 784-128-10 with batches of 64 has 8 million and gains little, 784-512-256-10 with 128 has 73 million and is
     * faster on two. docs/benchmarks.md has the measurement.
     */
    private static final long WORTH_SPLITTING = 20_000_000;

    private static final int BUFFER_FACTOR = 10;

    private Threads() {}

    /** What was asked for, or what is fastest; one if a layer's output for an example depends on the rest of the batch. */
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
