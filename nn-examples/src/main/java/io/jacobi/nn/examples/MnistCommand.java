package io.jacobi.nn.examples;

import static io.jacobi.nn.train.Fit.epochs;

import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Sequential;
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

    private static final List<String> LABELS =
            IntStream.range(0, Mnist.CLASSES).mapToObj(Integer::toString).toList();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOptions given = new RunOptions();

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

    @Option(names = "--save", paramLabel = "FILE", description = "Store the trained model in this file; see inspect.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--profile",
            description = "Print how long each layer and each other part of a training step takes.")
    private boolean profile;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results to this file as JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (save.isPresent()) {
            AtomicFile.at(save.get());
        }
        Optional<JsonFile> results = json.isPresent() ? Optional.of(JsonFile.at(json.get())) : Optional.empty();
        Optional<CheckpointDirectory.Found> past =
                checkpoints.find(spec.commandLine().getErr());
        RunOptions run = past.isEmpty()
                ? given
                : StoredOptions.read(
                        past.get().path(),
                        past.get().file().run().notes(),
                        spec.commandLine().getParseResult());
        Fit plan = epochs(run.epochs())
                .batchSize(run.batch())
                .metrics(new Accuracy())
                .callbacks(TrainingMonitor.on(out));
        ArrayDataset train = run.train();
        ArrayDataset test = run.test();

        Sequential model = run.model(train);
        Optimizer method = run.optimizer(train);
        out.print(model.summary());
        out.println(run.epochs() + (run.epochs() == 1 ? " epoch of " : " epochs of ") + train.size()
                + " examples, batch " + run.batch() + ", " + method);
        past.ifPresent(found -> out.println("resumed from " + found.path() + " at step "
                + found.file().run().steps()));
        out.flush();
        try (Trainer trainer = profiled(run.trainer(model, method))) {
            int threads = trainer.threadsFor(run.batch());
            Fit stored = checkpoints.addTo(plan.validation(test), past, LABELS, StoredOptions.write(run, threads));
            History history = trainer.fit(train, stored);
            Evaluation tested = history.last().validation().orElseThrow();
            out.printf(Locale.ROOT, "test accuracy %.4f%n", tested.metric("accuracy"));
            if (profile) {
                out.print(trainer.profile());
                out.printf(
                        Locale.ROOT,
                        "this machine's peak is %.0f GFLOP/s on one thread%n",
                        PeakProduct.gigaflops(model.dataType()));
            }
            out.flush();
            boolean asChosen = save.isEmpty() || save(file(model, run, history), save.get());
            if (results.isPresent()) {
                results.get().write(fields -> {
                    fields.writeNumberProperty("testAccuracy", tested.metric("accuracy"));
                    fields.writeNumberProperty("testLoss", tested.loss());
                    fields.writeNumberProperty("epochs", history.epochs().size());
                    fields.writeNumberProperty("samplesPerSecond", history.samplesPerSecond());
                    fields.writeNumberProperty("parameters", model.parameterCount());
                    fields.writeNumberProperty("batch", run.batch());
                    fields.writeNumberProperty("seed", run.seed());
                    fields.writeNumberProperty("threads", threads);
                });
            }
            return asChosen ? 0 : 1;
        }
    }

    private Trainer profiled(Trainer trainer) {
        return profile ? trainer.profiled() : trainer;
    }

    private static ModelFile file(Sequential model, RunOptions run, History history) {
        Evaluation tested = history.last().validation().orElseThrow();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("testAccuracy", tested.metric("accuracy"));
        metrics.put("testLoss", tested.loss());
        return ModelFile.of(model)
                .withLabels(LABELS)
                .withTraining(new TrainingRecord(run.dataSet(), history.epochs().size(), run.seed(), metrics));
    }

    /** Stores the model, and returns whether it is in the file that was chosen and not in another place. */
    private boolean save(ModelFile model, Path chosen) throws IOException {
        ModelRescue.Stored stored = ModelRescue.store(model, chosen, ModelRescue.otherDirectories());
        PrintWriter out = spec.commandLine().getOut();
        out.println("stored in " + stored.path());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        stored.problem()
                .ifPresent(problem -> err.println("jacobi: " + problem + "\n  the model is in " + stored.path()));
        err.flush();
        return stored.problem().isEmpty();
    }
}
