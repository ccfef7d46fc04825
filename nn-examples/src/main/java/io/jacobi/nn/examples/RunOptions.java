package io.jacobi.nn.examples;

import io.jacobi.nn.optim.Optimizer;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a training, whatever it trains with. What is not given depends on the data. */
final class RunOptions {

    static final String EPOCHS = "--epochs";
    static final String THREADS = "--threads";
    static final String BATCH = "--batch";
    static final String MODEL = "--model";

    private static final int IMAGE_EPOCHS = 5;
    private static final int IMAGE_BATCH = 128;

    @Option(
            names = EPOCHS,
            paramLabel = "N",
            description = "Passes over the training examples (5 for images; for a table, by the number of its rows).")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = MODEL,
            paramLabel = "NAME",
            description = "The network for images: mlp or cnn (${DEFAULT-VALUE}).",
            defaultValue = "mlp")
    private ImageNetwork kind = ImageNetwork.MLP;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "Units of each fully connected hidden layer (512,256 for mlp, 128 for cnn, 100 for a table).")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout rate after each of these layers (${DEFAULT-VALUE}).")
    private double dropout = 0;

    @Option(
            names = BATCH,
            paramLabel = "N",
            description = "Examples per step (128 for images; for a table, by the number of its rows).")
    private Optional<Integer> batch = Optional.empty();

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of the initial weights, the order of the examples, dropout and the choice of examples for"
                            + " validation (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(
            names = THREADS,
            paramLabel = "N",
            description = "Threads that each batch is split over (default: chosen for the model and the batch size).")
    private Optional<Integer> threads = Optional.empty();

    Optional<Integer> epochs() {
        return epochs;
    }

    Optional<Integer> batch() {
        return batch;
    }

    int imageEpochs() {
        return epochs.orElse(IMAGE_EPOCHS);
    }

    int imageBatch() {
        return batch.orElse(IMAGE_BATCH);
    }

    ImageNetwork network() {
        return kind;
    }

    List<Integer> hidden() {
        return hidden;
    }

    double dropout() {
        return dropout;
    }

    long seed() {
        return seed;
    }

    Optional<Integer> threads() {
        return threads;
    }

    Optional<Double> rate() {
        return optimizer.rate();
    }

    Optimizer optimizer(long steps) {
        return optimizer.build(steps);
    }
}
