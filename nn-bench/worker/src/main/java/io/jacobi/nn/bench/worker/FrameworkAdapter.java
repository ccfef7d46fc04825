package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Predicts with one framework, in the fast way that the framework's documentation shows. An implementation has a
 * constructor without arguments; each process creates one instance.
 */
public interface FrameworkAdapter {

    /** Reads a stored model. */
    void open(Workload workload, int threads, Path file) throws IOException;

    /** Returns the 10 scores of one example of 784 pixels. */
    float[] predict(float[] pixels) throws IOException;

    /** Returns the scores of many examples, one row per example. */
    float[][] predict(float[][] pixels) throws IOException;
}
