package io.jacobi.nn.examples;

import java.io.IOException;

/** What a network is trained with: a table, or images. */
interface TrainingData {

    /** What was recognised, for people. */
    String description();

    /** What a training record and messages call the data. */
    String name();

    /** Trains a network. */
    Trained train(TrainingSession session) throws IOException;
}
