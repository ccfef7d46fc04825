package io.jacobi.nn.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a network with MNIST and prints its test accuracy. */
@Command(
        name = "mnist",
        description = "Train a network with MNIST (bundled) and print its test accuracy: train, with the data chosen.",
        sortOptions = false)
final class MnistCommand extends TrainingCommand {

    @Mixin
    private MnistOptions options = new MnistOptions();

    @Override
    TrainingOptions given() {
        return options;
    }

    @Override
    TrainingOptions fresh() {
        return new MnistOptions();
    }
}
