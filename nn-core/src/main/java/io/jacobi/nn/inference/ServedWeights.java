package io.jacobi.nn.inference;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The weights that a predictor serves: one reference that each call reads once, so no call sees two sets. It is null
 * after close.
 */
final class ServedWeights {

    private final AtomicReference<@Nullable SharedWeights> current;

    /** Takes over the caller's hold. */
    ServedWeights(SharedWeights first) {
        this.current = new AtomicReference<>(first);
    }

    /** Returns the served weights with one more hold, which the caller lets go of; null after close. */
    @Nullable
    SharedWeights hold() {
        SharedWeights now = current.get();
        while (now != null && !now.hold()) {
            // they were replaced after the read, and the last holder has let go
            now = current.get();
        }
        return now;
    }

    boolean isClosed() {
        return current.get() == null;
    }

    void requireOpen() {
        if (isClosed()) {
            throw closed();
        }
    }

    static IllegalStateException closed() {
        return new IllegalStateException("the predictor is closed"
                + "\n  expected an open predictor"
                + "\n  fix: make another with Predictor.of(model)");
    }

    boolean are(SharedWeights weights) {
        return current.get() == weights;
    }

    /**
     * Serves {@code next} from now on and takes over the caller's hold of it; returns false, without effect, after
     * close.
     */
    boolean replace(SharedWeights next) {
        SharedWeights before = current.get();
        while (before != null && !current.compareAndSet(before, next)) {
            before = current.get();
        }
        if (before != null) {
            before.letGo();
        }
        return before != null;
    }

    void close() {
        SharedWeights last = current.getAndSet(null);
        if (last != null) {
            last.letGo();
        }
    }
}
