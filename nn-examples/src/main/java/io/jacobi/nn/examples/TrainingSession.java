package io.jacobi.nn.examples;

import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.io.CheckpointDirectory.Found;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.train.Checkpoint;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.Trainer;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One training of the command line, whatever it trains with: what it prints, stores and resumes. */
record TrainingSession(
        PrintWriter out,
        TrainingOptions options,
        CheckpointOptions checkpoints,
        Optional<Found> past,
        boolean profile) {

    /**
     * A run that is about to start.
     *
     * @param heldOut what the examples are called that are not trained with
     * @param best the metric that the best checkpoint has most or least of
     * @param labels the names of the classes; empty if there are none, or if the table has them
     */
    record Start(
            Sequential network,
            Trainer trainer,
            Optimizer optimizer,
            int examples,
            Fit plan,
            String heldOut,
            String best,
            List<String> labels,
            Optional<TableEncoding> table) {

        int threads() {
            return trainer.threadsFor(plan.batchSize());
        }
    }

    /** Whether the run is stored while it lasts. */
    boolean isStored() {
        return checkpoints.target().isPresent();
    }

    /** Prints what will be trained, and returns the plan with what this session adds to it. */
    Fit begin(Start start) {
        Fit plan = start.plan();
        out.print(start.network().summary());
        out.println(plan.epochs() + (plan.epochs() == 1 ? " epoch of " : " epochs of ") + start.examples()
                + " examples, batch " + plan.batchSize() + ", " + start.optimizer());
        plan.validation()
                .map(Dataset::size)
                .ifPresent(held -> out.println(held + " " + start.heldOut() + " examples, which are not trained with"));
        past.ifPresent(found -> out.println("resumed from " + found.path() + " at step "
                + found.file().run().steps()));
        out.flush();
        return checkpoints.addTo(
                plan.callbacks(TrainingMonitor.on(out, start.heldOut())),
                past,
                checkpoint -> settings(checkpoint, start));
    }

    private Checkpoint settings(Checkpoint checkpoint, Start start) {
        Map<String, String> chosen = Map.of(
                RunOptions.THREADS, Integer.toString(start.threads()),
                RunOptions.EPOCHS, Integer.toString(start.plan().epochs()),
                RunOptions.BATCH, Integer.toString(start.plan().batchSize()));
        Checkpoint described = checkpoint
                .labels(start.labels())
                .notes(StoredOptions.write(options, chosen))
                .best(start.best(), start.best().equals("loss") ? Checkpoint.Mode.MIN : Checkpoint.Mode.MAX);
        return start.table().map(described::table).orElse(described);
    }
}
