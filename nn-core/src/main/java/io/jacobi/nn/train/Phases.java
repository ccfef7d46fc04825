package io.jacobi.nn.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** How long each phase of training steps took, in nanoseconds. Taking the time costs some 25 ns a phase, and no memory. */
final class Phases {

    enum Phase {
        /** Copying examples and targets into the workspace. */
        DATA,
        FORWARD,
        LOSS,
        BACKWARD,
        /** Clearing gradients, adding up those of the parts of a batch, penalties and clipping. */
        GRADIENTS,
        OPTIMIZER
    }

    private final Map<Phase, Total> totals = new EnumMap<>(Phase.class);
    private long last;

    Phases() {
        for (Phase phase : Phase.values()) {
            totals.put(phase, new Total());
        }
    }

    /** Begins a phase. */
    void start() {
        last = System.nanoTime();
    }

    /** Ends this phase, and begins the next. */
    void end(Phase phase) {
        long now = System.nanoTime();
        total(phase).nanos += now - last;
        last = now;
    }

    long of(Phase phase) {
        return total(phase).nanos;
    }

    /** Adds what was measured elsewhere. */
    void add(Phases other) {
        other.totals.forEach((phase, total) -> total(phase).nanos += total.nanos);
    }

    private Total total(Phase phase) {
        return Objects.requireNonNull(totals.get(phase));
    }

    /** A number that grows where it is: a boxed one would be garbage at every phase of every step. */
    private static final class Total {
        private long nanos;
    }
}
