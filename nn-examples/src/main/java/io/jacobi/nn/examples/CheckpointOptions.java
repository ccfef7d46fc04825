package io.jacobi.nn.examples;

import io.jacobi.nn.io.CheckpointDirectory;
import io.jacobi.nn.io.CheckpointDirectory.Found;
import io.jacobi.nn.train.Checkpoint;
import io.jacobi.nn.train.Fit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Option;

/** The options for storing checkpoints of a run, and for resuming one. */
final class CheckpointOptions {

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Store a checkpoint here after each epoch, and keep the latest and the best; see --resume.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--every-steps",
            paramLabel = "N",
            description = "Also store a checkpoint every N steps (needs --checkpoint, or --resume with a directory).")
    private Optional<Long> everySteps = Optional.empty();

    @Option(
            names = "--keep",
            paramLabel = "K",
            description = "Number of latest checkpoints to keep (${DEFAULT-VALUE}).")
    private int keep = 3;

    @Option(
            names = "--resume",
            paramLabel = "FILE_OR_DIR",
            description =
                    "Resume a run from this checkpoint, or from the newest one in this directory. The run ends with the same"
                            + " weights, bit for bit, as if it had not been interrupted. Its options are read from the checkpoint;"
                            + " --epochs may be larger; a cosine then falls to 0 over all epochs, and the steps that are"
                            + " made keep their rates.")
    private Optional<Path> resume = Optional.empty();

    /**
     * Returns the checkpoint to resume from, if there is one, and prints a line for each damaged checkpoint that is
     * skipped.
     */
    Optional<Found> find(PrintWriter err) throws IOException {
        if (resume.isEmpty()) {
            return Optional.empty();
        }
        Found found = CheckpointDirectory.find(resume.get());
        found.passedOver().forEach(problem -> err.println("jacobi: skipped a damaged checkpoint: " + problem));
        err.flush();
        return Optional.of(found);
    }

    /**
     * Returns a copy of {@code fit} that resumes from {@code past} and stores checkpoints. A run that is resumed from a
     * directory is stored there unless another directory is given.
     *
     * @param settings what is stored besides the run
     */
    Fit addTo(Fit fit, Optional<Found> past, UnaryOperator<Checkpoint> settings) {
        Fit resumed = past.map(found -> fit.resume(found.path())).orElse(fit);
        Optional<Path> target = target();
        if (target.isEmpty() && everySteps.isPresent()) {
            throw new IllegalArgumentException("There is no directory for a checkpoint every " + everySteps.get()
                    + " steps\n  fix: give one with --checkpoint DIR");
        }
        return target.map(place -> resumed.checkpoint(settings.apply(checkpoint(place))))
                .orElse(resumed);
    }

    /** The directory that the run is stored in, if it is. */
    Optional<Path> target() {
        return directory.or(() -> resume.filter(Files::isDirectory));
    }

    private Checkpoint checkpoint(Path place) {
        Checkpoint checkpoint = Checkpoint.in(place).keep(keep);
        return everySteps.map(checkpoint::everySteps).orElse(checkpoint);
    }
}
