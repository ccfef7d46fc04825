package io.jacobi.nn.train;

import io.jacobi.nn.model.LayerClock;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;

/** Takes the time of a trainer's steps: of every layer, in all parts that a batch was split into. */
final class Profiler {

    private final List<LayerClock> clocks = new ArrayList<>();
    private final Phases finished = new Phases();
    private long steps;
    private long nanos;
    private int threads;

    /** Buffers that the next steps use. */
    void begin(Shards shards) {
        List<LayerClock> parts = shards.time();
        clocks.addAll(parts);
        threads = Math.max(threads, parts.size());
    }

    /** Buffers that no step will use any more. */
    void end(Shards shards) {
        finished.add(shards.phases());
    }

    /** One step more. */
    void step(long took) {
        steps++;
        nanos += took;
    }

    /** What was measured, with what these buffers have; none if they are closed already. */
    StepProfile profile(Sequential model, Phases current, Phases trainer) {
        if (steps == 0) {
            throw new IllegalStateException("the trainer has made no step\n  fix: fit first, then ask for the profile");
        }
        Phases all = new Phases();
        all.add(finished);
        all.add(current);
        all.add(trainer);
        return StepProfile.of(model, steps, threads, nanos / 1e9, clocks, all);
    }
}
