package io.jacobi.nn.train;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the tasks of a round with the thread that calls {@link #run}. A training step lasts less than a millisecond
 * in small networks, so that handing over must cost microseconds: idle threads first spin for a moment, and sleep only when no
 * round comes.
 *
 * <p>Whoever is free takes the next task. If the other processors are busy with something else, the caller does all the work
 * itself and has lost nothing.
 */
final class Crew implements Split, AutoCloseable {

    /** How long to spin before sleeping: longer than an optimizer step of a small network, far shorter than a time slice. */
    private static final long SPIN_NANOS = 100_000;

    private final List<Worker> workers = new ArrayList<>();
    private volatile Round current = new Round(0, task -> {}, Thread.currentThread());
    private volatile boolean closed;

    /** A crew of the calling thread and {@code helpers} more. */
    Crew(int helpers) {
        for (int i = 0; i < helpers; i++) {
            Worker worker = new Worker(current);
            workers.add(worker);
            worker.start();
        }
    }

    /**
     * Runs {@code task} for 0 to {@code tasks - 1}, each on whichever thread is free, and returns when all are done.
     *
     * @throws RuntimeException what a task threw, after all have ended; of several the first
     */
    void run(int tasks, IntConsumer task) {
        Round round = new Round(tasks, task, Thread.currentThread());
        if (tasks > 1) {
            current = round;
            workers.forEach(Worker::wake);
        }
        round.work();
        round.awaitAll();
    }

    /** One part for each thread, cut between tiles: two threads that write to one cache line would wait for each other. */
    @Override
    public void run(int length, Pass pass) {
        int tiles = (length + Scratch.TILE - 1) / Scratch.TILE;
        int parts = Math.min(workers.size() + 1, tiles);
        run(
                parts,
                (int part) -> pass.run(part, bound(part, parts, tiles, length), bound(part + 1, parts, tiles, length)));
    }

    private static int bound(int part, int parts, int tiles, int length) {
        return Math.min(length, (int) ((long) part * tiles / parts) * Scratch.TILE);
    }

    @Override
    public void close() {
        closed = true;
        workers.forEach(LockSupport::unpark);
    }

    /** The tasks of one call: a late thread finds those of its own round taken and can do no harm to the next. */
    private static final class Round {
        private final int tasks;
        private final IntConsumer task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Round(int tasks, IntConsumer task, Thread caller) {
            this.tasks = tasks;
            this.task = task;
            this.caller = caller;
        }

        void work() {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                try {
                    task.accept(i);
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
                if (done.incrementAndGet() == tasks) {
                    LockSupport.unpark(caller);
                }
            }
        }

        void awaitAll() {
            long began = System.nanoTime();
            while (done.get() < tasks) {
                if (System.nanoTime() - began < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            Throwable thrown = failure.get();
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            } else if (thrown instanceof Error error) {
                throw error;
            }
        }
    }

    private final class Worker extends Thread {
        private Round seen;
        private volatile boolean asleep;

        /** A round that begins before the thread does must not be taken for one that it has seen. */
        Worker(Round seen) {
            super("jacobi-trainer");
            this.seen = seen;
            setDaemon(true);
        }

        void wake() {
            // a thread that spins sees the round by itself, and waking costs a system call
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (!closed) {
                seen = awaitNext();
                seen.work();
            }
        }

        private Round awaitNext() {
            long began = System.nanoTime();
            while (current == seen && !closed) {
                if (System.nanoTime() - began < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    // looked at once more after saying so: a round that began just before is not slept through
                    if (current == seen && !closed) {
                        LockSupport.park(this);
                    }
                    asleep = false;
                }
            }
            return current;
        }
    }
}
