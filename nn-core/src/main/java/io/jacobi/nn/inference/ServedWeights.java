package io.jacobi.nn.inference;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a predictor serves now: one reference, which is read once for each call, so that no call sees two. Null once it is closed. */
final class ServedWeights {

    private final AtomicReference<@Nullable SharedWeights> current;

    /** Takes over the caller's hold. */
    ServedWeights(SharedWeights first) {
        this.current = new AtomicReference<>(first);
    }

    /** Those that are served now, held once more, and whoever asks lets them go; null once closed. */
    @Nullable
    SharedWeights hold() {
        SharedWeights now = current.get();
        while (now != null && !now.hold()) {
            // they were replaced, and the last holder let go, since they were read
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
                + "\n  expected one that is open"
                + "\n  fix: make another with Predictor.of(model)");
    }

    boolean are(SharedWeights weights) {
        return current.get() == weights;
    }

    /** Serves {@code next} from now on, and takes over the caller's hold of it; returns false, and does nothing, once closed. */
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
