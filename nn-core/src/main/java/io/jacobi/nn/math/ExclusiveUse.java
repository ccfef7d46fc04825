package io.jacobi.nn.math;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Lets one call at a time use native memory, and frees the memory when it is closed and no call is inside. Two calls in
 * the same memory would overwrite each other's numbers, and a call in freed memory would end the process.
 *
 * <pre>{@code
 * exclusive.enter("fit");
 * try {
 *     ...
 * } finally {
 *     exclusive.exit();
 * }
 * }</pre>
 *
 * No call waits: a second call throws, and {@link #close} leaves the freeing to the call that is inside. A call costs
 * one compare-and-set.
 */
public final class ExclusiveUse {

    private final String owner;
    private final Runnable free;
    private final AtomicReference<@Nullable Thread> inside = new AtomicReference<>();
    private volatile String call = "another call";
    private volatile boolean closed;
    private boolean freed;

    /**
     * Guards memory that is open and not in use.
     *
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
     * @param what the name of the method in messages, such as {@code fit}
     * @throws IllegalStateException if the owner is closed, or a call is inside; {@link #exit} must not follow then
     */
    public void enter(String what) {
        requireOpen();
        Thread self = Thread.currentThread();
        if (!inside.compareAndSet(null, self)) {
            throw inUse(what, inside.get(), self);
        }
        call = what;
        if (closed) {
            exit();
            requireOpen();
        }
    }

    private IllegalStateException inUse(String what, @Nullable Thread user, Thread self) {
        String busy = user == self
                ? "this thread is in " + call + " already, which has called back"
                : (user == null ? "another thread" : "thread \"" + user.getName() + "\"") + " is in " + call;
        return new IllegalStateException(owner + " cannot run " + what + ": " + busy
                + "\n  expected one call at a time"
                + "\n  fix: call it after " + call + " has ended, or make another one for this call");
    }

    /** Ends a call. */
    public void exit() {
        inside.set(null);
        if (closed) {
            freeIfUnused();
        }
    }

    /** Whether the owner is closed; a call may still be inside. */
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
            throw new IllegalStateException(owner + " is closed\n  expected an open one\n  fix: use it before close()");
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
