package io.jacobi.nn.examples;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.datasets.LabeledImages;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code jacobi mnist} that determine the trained weights. */
final class RunOptions {

    static final String EPOCHS = "--epochs";
    static final String THREADS = "--threads";

    @Option(names = EPOCHS, paramLabel = "N", description = "Passes over the training examples (${DEFAULT-VALUE}).")
    private int epochs = 5;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The network: mlp or cnn (${DEFAULT-VALUE}).",
            defaultValue = "mlp")
    private MnistModel kind = MnistModel.MLP;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "Units of each fully connected hidden layer (512,256 for mlp, 128 for cnn).")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--dropout",
            paramLabel = "P",
            description = "Dropout rate after each of these layers (${DEFAULT-VALUE}).")
    private double dropout = 0;

    @Option(names = "--batch", paramLabel = "N", description = "Examples per step (${DEFAULT-VALUE}).")
    private int batch = 128;

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the initial weights, the order of the examples and dropout (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(
            names = THREADS,
            paramLabel = "N",
            description = "Threads that each batch is split over (default: chosen for the model and the batch size).")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Directory with another data set in the four IDX files of MNIST, such as Fashion-MNIST"
                    + " (default: the bundled MNIST).")
    private Optional<Path> data = Optional.empty();

    int epochs() {
        return epochs;
    }

    int batch() {
        return batch;
    }

    long seed() {
        return seed;
    }

    ArrayDataset train() throws IOException {
        return shaped(data.isPresent() ? load("train") : Mnist.train());
    }

    ArrayDataset test() throws IOException {
        return shaped(data.isPresent() ? load("t10k") : Mnist.test());
    }

    private ArrayDataset load(String prefix) throws IOException {
        return LabeledImages.load(data.orElseThrow(), prefix, Mnist.CLASSES);
    }

    /** The examples in the network's input shape. */
    private ArrayDataset shaped(ArrayDataset images) {
        return images.reshape(kind.input(images.features()));
    }

    /** The name of the data set: MNIST, or the last part of the directory's path. */
    String dataSet() {
        return data.map(directory ->
                        String.valueOf(directory.toAbsolutePath().normalize().getFileName()))
                .orElse("MNIST");
    }

    Sequential model(ArrayDataset train) {
        return kind.build(train.features(), hidden.isEmpty() ? kind.hidden() : hidden, dropout, seed);
    }

    Optimizer optimizer(ArrayDataset train) {
        return optimizer.build((long) epochs * Batches.inOrder(train, batch).count());
    }

    Trainer trainer(Sequential model, Optimizer method) {
        Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), method);
        return threads.map(trainer::threads).orElse(trainer);
    }
}
