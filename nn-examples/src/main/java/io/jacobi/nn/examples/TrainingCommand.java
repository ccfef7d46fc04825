package io.jacobi.nn.examples;

import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.io.CheckpointDirectory.Found;
import io.jacobi.nn.io.ModelFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains a network, prints how good it is, and stores it: what {@code train} and {@code mnist} do. They differ in the data
 * that they are given.
 */
abstract class TrainingCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CheckpointOptions checkpoints = new CheckpointOptions();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Store the trained model in this file; see evaluate, predict and inspect.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--profile",
            description = "Print how long each layer and each other part of a training step takes (for images).")
    private boolean profile;

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** The options as they are given. */
    abstract TrainingOptions given();

    /** New options, for those that a checkpoint has. */
    abstract TrainingOptions fresh();

    @Override
    public Integer call() throws IOException {
        if (save.isPresent()) {
            AtomicFile.at(save.get());
        }
        Optional<JsonFile> results = output.json(spec);
        PrintWriter out = output.text(spec);
        Optional<Found> past = checkpoints.find(spec.commandLine().getErr());
        TrainingOptions options = past.isEmpty()
                ? given()
                : StoredOptions.read(
                        fresh(),
                        past.get().path(),
                        past.get().file().run().notes(),
                        spec.commandLine().getParseResult());
        TrainingData data = options.open();
        UnusedOptions.refuse(spec.commandLine().getParseResult(), data);
        out.println(data.description());
        out.flush();
        Trained trained = data.train(new TrainingSession(out, options, checkpoints, past, profile));
        print(trained, out);
        boolean asChosen = save.isEmpty() || save(trained.file(), save.get(), out);
        if (results.isPresent()) {
            results.get().write(json -> {
                trained.metrics().forEach(json::writeNumberProperty);
                json.writeStringProperty("data", data.name());
                json.writeNumberProperty("epochs", trained.history().epochs().size());
                json.writeNumberProperty("samplesPerSecond", trained.history().samplesPerSecond());
                json.writeNumberProperty("parameters", trained.file().model().parameterCount());
                json.writeNumberProperty("batch", trained.batch());
                json.writeNumberProperty("seed", options.run().seed());
                json.writeNumberProperty("threads", trained.threads());
            });
        }
        return asChosen ? 0 : 1;
    }

    private static void print(Trained trained, PrintWriter out) {
        trained.report()
                .metrics()
                .forEach((name, value) -> out.println(trained.set() + " " + name + " " + MetricNames.text(value)));
        out.flush();
    }

    /** Stores the model, and returns whether it is in the file that was chosen and not in another place. */
    private boolean save(ModelFile model, Path chosen, PrintWriter out) throws IOException {
        ModelRescue.Stored stored = ModelRescue.store(model, chosen, ModelRescue.otherDirectories());
        out.println("stored in " + stored.path());
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        stored.problem()
                .ifPresent(problem -> err.println("jacobi: " + problem + "\n  the model is in " + stored.path()));
        err.flush();
        return stored.problem().isEmpty();
    }
}
