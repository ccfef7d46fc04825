package io.jacobi.nn.examples;

import static io.jacobi.nn.train.Fit.epochs;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.datasets.LabeledImages;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.io.AtomicFile;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.io.TrainingRecord;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.PeakProduct;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.Evaluation;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network on MNIST and prints its test accuracy. */
@Command(
        name = "mnist",
        description = "Train a network on MNIST (bundled) and print its test accuracy.",
        sortOptions = false)
final class MnistCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--epochs", paramLabel = "N", description = "How often each example is seen (${DEFAULT-VALUE}).")
    private int epochs = 5;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "mlp or cnn (${DEFAULT-VALUE}).",
            defaultValue = "mlp")
    private MnistModel kind = MnistModel.MLP;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "Units of each fully connected hidden layer (512,256 for mlp, 128 for cnn).")
    private List<Integer> hidden = List.of();

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout behind each of them (${DEFAULT-VALUE}).")
    private double dropout = 0;

    @Option(names = "--batch", paramLabel = "N", description = "Examples in one step (${DEFAULT-VALUE}).")
    private int batch = 128;

    @Mixin
    private OptimizerOptions optimizer = new OptimizerOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Decides the weights and the order of the examples (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that a batch is split over; unless given, as many as is fastest.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Another set in MNIST's four IDX files, such as Fashion-MNIST, instead of the bundled one.")
    private Optional<Path> data = Optional.empty();

    @Option(names = "--save", paramLabel = "FILE", description = "Store the trained model here: see inspect.")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--profile", description = "Print where the time of a training step goes, layer by layer.")
    private boolean profile;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results here.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (save.isPresent()) {
            AtomicFile.at(save.get());
        }
        Optional<JsonFile> results = json.isPresent() ? Optional.of(JsonFile.at(json.get())) : Optional.empty();
        Fit plan = epochs(epochs).batchSize(batch).metrics(new Accuracy()).callbacks(TrainingMonitor.on(out));
        ArrayDataset train = shaped(data.isPresent() ? load("train") : Mnist.train());
        ArrayDataset test = shaped(data.isPresent() ? load("t10k") : Mnist.test());

        Sequential model = kind.build(train.features(), hidden.isEmpty() ? kind.hidden() : hidden, dropout, seed);
        Optimizer method =
                optimizer.build((long) epochs * Batches.inOrder(train, batch).count());
        out.print(model.summary());
        out.println(epochs + (epochs == 1 ? " epoch of " : " epochs of ") + train.size() + " examples, batch " + batch
                + ", " + method);
        out.flush();
        try (Trainer trainer = trainer(model, method)) {
            History history = trainer.fit(train, plan.validation(test));
            Evaluation tested = history.last().validation().orElseThrow();
            out.printf("test accuracy %.4f%n", tested.metric("accuracy"));
            if (profile) {
                out.print(trainer.profile());
                out.printf(
                        Locale.ROOT,
                        "this machine's peak is %.0f GFLOP/s on one thread%n",
                        PeakProduct.gigaflops(model.dataType()));
            }
            out.flush();
            if (save.isPresent()) {
                save(model, history, save.get());
                out.println("stored in " + save.get());
                out.flush();
            }
            if (results.isPresent()) {
                results.get().write(fields -> {
                    fields.writeNumberProperty("testAccuracy", tested.metric("accuracy"));
                    fields.writeNumberProperty("testLoss", tested.loss());
                    fields.writeNumberProperty("epochs", history.epochs().size());
                    fields.writeNumberProperty("samplesPerSecond", history.samplesPerSecond());
                    fields.writeNumberProperty("parameters", model.parameterCount());
                    fields.writeNumberProperty("batch", batch);
                    fields.writeNumberProperty("seed", seed);
                    fields.writeNumberProperty("threads", trainer.threadsFor(batch));
                });
            }
        }
        return 0;
    }

    private void save(Sequential model, History history, Path file) throws IOException {
        String dataSet = data.map(directory ->
                        String.valueOf(directory.toAbsolutePath().normalize().getFileName()))
                .orElse("MNIST");
        Evaluation tested = history.last().validation().orElseThrow();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("testAccuracy", tested.metric("accuracy"));
        metrics.put("testLoss", tested.loss());
        List<String> digits =
                IntStream.range(0, Mnist.CLASSES).mapToObj(Integer::toString).toList();
        ModelFile.of(model)
                .withLabels(digits)
                .withTraining(new TrainingRecord(dataSet, history.epochs().size(), seed, metrics))
                .save(file);
    }

    private ArrayDataset load(String prefix) throws IOException {
        return LabeledImages.load(data.orElseThrow(), prefix, Mnist.CLASSES);
    }

    /** The examples as the network takes them. */
    private ArrayDataset shaped(ArrayDataset images) {
        return images.reshape(kind.input(images.features()));
    }

    private Trainer trainer(Sequential model, Optimizer method) {
        Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), method);
        Trainer split = threads.map(trainer::threads).orElse(trainer);
        return profile ? split.profiled() : split;
    }
}
