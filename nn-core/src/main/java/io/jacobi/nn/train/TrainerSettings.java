package io.jacobi.nn.train;

import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.GradientClip;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The settings of a {@link Trainer}.
 *
 * @param threads the number of threads over which batches are split; empty for the fastest number
 * @param profiled whether the time of every layer is taken
 */
record TrainerSettings(
        Sequential model,
        Loss loss,
        Optimizer optimizer,
        OptionalInt threads,
        List<Penalty> penalties,
        Optional<GradientClip> clip,
        boolean profiled) {

    TrainerSettings {
        penalties = List.copyOf(penalties);
        if (threads.isPresent() && threads.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "The number of threads is " + threads.getAsInt() + "\n  expected at least 1");
        }
    }

    static TrainerSettings of(Sequential model, Loss loss, Optimizer optimizer) {
        return new TrainerSettings(model, loss, optimizer, OptionalInt.empty(), List.of(), Optional.empty(), false);
    }

    TrainerSettings withThreads(int number) {
        return new TrainerSettings(model, loss, optimizer, OptionalInt.of(number), penalties, clip, profiled);
    }

    TrainerSettings withPenalties(Penalty... more) {
        List<Penalty> all = Stream.concat(penalties.stream(), Stream.of(more)).toList();
        return new TrainerSettings(model, loss, optimizer, threads, all, clip, profiled);
    }

    TrainerSettings withClip(GradientClip gradients) {
        return new TrainerSettings(model, loss, optimizer, threads, penalties, Optional.of(gradients), profiled);
    }

    TrainerSettings withProfile() {
        return new TrainerSettings(model, loss, optimizer, threads, penalties, clip, true);
    }

    /** The number of threads over which batches of up to {@code batchSize} examples are split. */
    int threadsFor(int batchSize) {
        return Math.min(batchSize, Threads.choose(model, threads, batchSize));
    }

    /** Adds the settings that decide the results of a run. */
    RunSettings describe(RunSettings run, int batchSize) {
        return run.with("data type", model.dataType())
                .with("model's seed", model.seed())
                .with("loss", loss)
                .with(RunSettings.OPTIMIZER, optimizer)
                .with("penalties", penalties)
                .with("clip", clip.map(Object::toString).orElse(""))
                .with("threads", threadsFor(batchSize));
    }
}
