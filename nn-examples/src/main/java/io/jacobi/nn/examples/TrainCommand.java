package io.jacobi.nn.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Trains a network with the user's own data. */
@Command(
        name = "train",
        description = {
            "Train a network with a table or with images, and print how good it is for examples that are held out.",
            "What the data are is recognised from the path, and printed: for a table the kind of each column, which the"
                    + " options --ignore to --date override."
        },
        sortOptions = false)
final class TrainCommand extends TrainingCommand {

    @Mixin
    private TrainOptions options = new TrainOptions();

    @Override
    TrainingOptions given() {
        return options;
    }

    @Override
    TrainingOptions fresh() {
        return new TrainOptions();
    }
}
