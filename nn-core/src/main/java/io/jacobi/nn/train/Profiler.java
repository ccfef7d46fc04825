package io.jacobi.nn.train;

import io.jacobi.nn.model.LayerClock;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;

/** Takes the time of a trainer's steps, layer by layer, in all parts that a batch was split into. */
final class Profiler {

    private final List<LayerClock> clocks = new ArrayList<>();
    private final Phases finished = new Phases();
    private long steps;
    private long nanos;
    private int threads;

    /** Starts to time the buffers that the next steps use. */
    void begin(Shards shards) {
        List<LayerClock> parts = shards.time();
        clocks.addAll(parts);
        threads = Math.max(threads, parts.size());
    }

    /** Keeps the times of buffers that no later step uses. */
    void end(Shards shards) {
        finished.add(shards.phases());
    }

    /** Adds one step. */
    void step(long took) {
        steps++;
        nanos += took;
    }

    /**
     * Returns the profile of all steps: the times kept, the times of the current buffers, and the times of the trainer
     * itself.
     */
    StepProfile profile(Sequential model, Phases current, Phases trainer) {
        if (steps == 0) {
            throw new IllegalStateException("the trainer has made no step\n  fix: call fit before profile");
        }
        Phases all = new Phases();
        all.add(finished);
        all.add(current);
        all.add(trainer);
        return StepProfile.of(model, steps, threads, nanos / 1e9, clocks, all);
    }
}
