package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.nio.file.Path;

/** Trains and predicts with one framework. */
public interface TrainingAdapter extends FrameworkAdapter {

    /**
     * Builds the network and copies the training examples into the framework's own arrays. The examples may be split
     * into batches here; an adapter that does not split them gathers each batch during the measurement.
     */
    void build(Workload workload, int threads, Examples train) throws IOException;

    /** Trains on every example once. */
    void epoch() throws IOException;

    /** Stores the model in a format that {@link #open} reads. */
    void save(Path file) throws IOException;
}
