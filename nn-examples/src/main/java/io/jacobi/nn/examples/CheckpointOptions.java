package io.jacobi.nn.examples;

import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointDirectory.Found;
import io.jacobi.nn.train.Checkpoint;
import io.jacobi.nn.train.Fit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Storing a run while it lasts, and going on with one. */
final class CheckpointOptions {

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Store the run here after each epoch, the last of them and the best: see --resume.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--every-steps",
            paramLabel = "N",
            description =
                    "Store it after every so many steps as well (needs --checkpoint, or a directory to --resume).")
    private Optional<Long> everySteps = Optional.empty();

    @Option(names = "--keep", paramLabel = "K", description = "How many of the last to keep (${DEFAULT-VALUE}).")
    private int keep = 3;

    @Option(
            names = "--resume",
            paramLabel = "FILE_OR_DIR",
            description = "Go on with a stored run to the same weights, to the bit; a directory means the newest in it."
                    + " It knows its options. --epochs may be more.")
    private Optional<Path> resume = Optional.empty();

    /** The run to go on with, if there is one; those that are damaged are told. */
    Optional<Found> find(PrintWriter err) throws IOException {
        if (resume.isEmpty()) {
            return Optional.empty();
        }
        Found found = CheckpointDirectory.find(resume.get());
        found.passedOver().forEach(problem -> err.println("jacobi: a checkpoint is passed over: " + problem));
        err.flush();
        return Optional.of(found);
    }

    /**
     * The same, going on from {@code past} and stored. A run that is resumed from a directory is stored there unless another is given.
     *
     * @param notes lines that say how the run was started
     */
    Fit addTo(Fit fit, Optional<Found> past, List<String> labels, List<String> notes) {
        Fit resumed = past.map(found -> fit.resume(found.path())).orElse(fit);
        Optional<Path> target = directory.or(() -> resume.filter(Files::isDirectory));
        if (target.isEmpty() && everySteps.isPresent()) {
            throw new IllegalArgumentException("There is no place for a checkpoint every " + everySteps.get()
                    + " steps\n  fix: say which with --checkpoint DIR");
        }
        return target.map(place ->
                        resumed.callbacks(checkpoint(place).labels(labels).notes(notes)))
                .orElse(resumed);
    }

    private Checkpoint checkpoint(Path place) {
        Checkpoint checkpoint = Checkpoint.in(place).keep(keep).best("accuracy", Checkpoint.Mode.MAX);
        return everySteps.map(checkpoint::everySteps).orElse(checkpoint);
    }
}
