package io.jacobi.nn.model;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time use native memory, and frees it when it is closed and no call is inside. Two calls in the same
 * buffers would overwrite each other's numbers, and a call in freed memory would end the process.
 */
public final class ExclusiveUse {

    private final String owner;
    private final Runnable free;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private volatile String call = "";
    private volatile boolean closed;
    private boolean freed;

    /**
     * @param owner what messages call the owner of the memory, such as {@code the trainer}
     * @param free frees the memory; called once
     */
    public ExclusiveUse(String owner, Runnable free) {
        this.owner = owner;
        this.free = free;
    }

    /**
     * Begins a call; {@link #exit} must follow.
     *
     * @param what the name of the call in messages, such as {@code fit}
     * @throws IllegalStateException if the owner is closed, or another call is inside
     */
    public void enter(String what) {
        requireOpen();
        if (!inside.compareAndSet(null, Thread.currentThread())) {
            throw new IllegalStateException(owner + " cannot " + what + ": "
                    + Optional.ofNullable(inside.get()).map(this::describe).orElse("another thread was in another call")
                    + "\n  expected one call at a time"
                    + "\n  fix: wait until the other call has ended, or use another one");
        }
        call = what;
        if (closed) {
            exit();
            requireOpen();
        }
    }

    private String describe(Thread other) {
        boolean same = other == Thread.currentThread();
        return (same ? "this thread" : "thread \"" + other.getName() + "\"") + " is in its " + call
                + (same ? ", which has called back" : "");
    }

    /** Ends a call. */
    public void exit() {
        inside.set(null);
        if (closed) {
            freeIfUnused();
        }
    }

    /** Whether the owner is closed; the memory may still be in use. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Checks that the owner is not closed.
     *
     * @throws IllegalStateException if it is
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException(owner + " is closed");
        }
    }

    /** Frees the memory, now or when the call that is inside ends. Closing again has no effect. */
    public void close() {
        closed = true;
        freeIfUnused();
    }

    private void freeIfUnused() {
        if (inside.compareAndSet(null, Thread.currentThread())) {
            try {
                if (!freed) {
                    freed = true;
                    free.run();
                }
            } finally {
                inside.set(null);
            }
        }
    }
}
