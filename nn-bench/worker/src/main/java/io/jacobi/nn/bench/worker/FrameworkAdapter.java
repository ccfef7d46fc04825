package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A library, doing what a user of it would: the fast way that its documentation shows. One is made in each process; it has a
 * constructor without arguments.
 */
public interface FrameworkAdapter extends AutoCloseable {

    /**
     * Builds the network and takes the examples into memory in its own form. May cut them into batches: whoever does not has to
     * gather them while the clock runs.
     */
    void build(Workload workload, int threads, Examples train) throws IOException;

    /** Trains on every example once. */
    void epoch() throws IOException;

    /** Scores for one example, 784 pixels in, 10 scores out. */
    float[] predict(float[] pixels) throws IOException;

    /** Scores for many examples, a row each. */
    float[][] predict(float[][] pixels) throws IOException;

    /** Stores the model in its own form. */
    void save(Path file) throws IOException;

    /** Reads a stored model. */
    void open(Workload workload, int threads, Path file) throws IOException;

    @Override
    default void close() {}
}
