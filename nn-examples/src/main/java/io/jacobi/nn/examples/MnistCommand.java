package io.jacobi.nn.examples;

import static io.jacobi.nn.train.Fit.epochs;

import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.datasets.LabeledImages;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.Evaluation;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a multilayer perceptron on MNIST and prints its test accuracy. */
@Command(
        name = "mnist",
        description = "Train a multilayer perceptron on MNIST (bundled) and print its test accuracy.",
        sortOptions = false)
final class MnistCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--epochs", paramLabel = "N", description = "How often each example is seen (${DEFAULT-VALUE}).")
    private int epochs = 5;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            split = ",",
            description = "Units of each hidden layer (${DEFAULT-VALUE}).",
            defaultValue = "512,256")
    private List<Integer> hidden = List.of();

    @Option(names = "--batch", paramLabel = "N", description = "Examples in one step (${DEFAULT-VALUE}).")
    private int batch = 128;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "First learning rate; it falls to 0 along half a cosine (${DEFAULT-VALUE}).")
    private double rate = 0.1;

    @Option(
            names = "--momentum",
            paramLabel = "M",
            description = "Nesterov momentum; 0 for plain SGD (${DEFAULT-VALUE}).")
    private double momentum = 0.9;

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

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results here.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<JsonFile> results = json.isPresent() ? Optional.of(JsonFile.at(json.get())) : Optional.empty();
        Fit plan = epochs(epochs).batchSize(batch).metrics(new Accuracy()).callbacks(TrainingMonitor.on(out));
        ArrayDataset train = data.isPresent() ? LabeledImages.load(data.get(), "train", Mnist.CLASSES) : Mnist.train();
        ArrayDataset test = data.isPresent() ? LabeledImages.load(data.get(), "t10k", Mnist.CLASSES) : Mnist.test();

        long steps = (long) epochs * Batches.inOrder(train, batch).count();
        Sgd plain = new Sgd(Schedule.cosine(rate, steps), 0, false);
        Sgd optimizer = momentum == 0 ? plain : plain.withNesterov(momentum);
        Sequential model = model(train.features());
        out.print(model.summary());
        out.println(epochs + (epochs == 1 ? " epoch of " : " epochs of ") + train.size() + " examples, batch " + batch
                + ", rate " + rate + ", momentum " + momentum);
        out.flush();
        try (Trainer trainer = trainer(model, optimizer)) {
            History history = trainer.fit(train, plan.validation(test));
            Evaluation tested = history.last().validation().orElseThrow();
            out.printf("test accuracy %.4f%n", tested.metric("accuracy"));
            out.flush();
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

    private Trainer trainer(Sequential model, Sgd optimizer) {
        Trainer trainer = Trainer.of(model, new SoftmaxCrossEntropy(), optimizer);
        return threads.map(trainer::threads).orElse(trainer);
    }

    private Sequential model(Shape input) {
        Sequential.Builder builder = Sequential.input(input);
        for (int units : hidden) {
            builder.add(new Affine(units)).add(new Relu());
        }
        return builder.add(new Affine(Mnist.CLASSES)).build(DataType.FLOAT, seed);
    }
}
