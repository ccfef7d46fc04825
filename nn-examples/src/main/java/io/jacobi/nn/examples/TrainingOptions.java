package io.jacobi.nn.examples;

import java.io.IOException;

/** The options that decide which weights a training ends with; a checkpoint stores them: see {@link StoredOptions}. */
interface TrainingOptions {

    RunOptions run();

    /**
     * Opens the data.
     *
     * @throws IOException if they cannot be read
     * @throws IllegalArgumentException if they are not what this command trains with
     */
    TrainingData open() throws IOException;
}
