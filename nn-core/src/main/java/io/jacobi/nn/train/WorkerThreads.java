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
 * Threads that share the tasks of a job with the thread that calls {@link #run}. A training step lasts less than a
 * millisecond in small networks, so starting a job must cost microseconds: idle threads first spin for a moment, and
 * sleep only if no job comes.
 *
 * <p>A thread that is free takes the next task. If something else occupies the other processors, the caller does all
 * the work itself and has lost nothing.
 */
final class WorkerThreads implements Split, AutoCloseable {

    /**
     * How long to spin before sleeping: longer than an optimizer step of a small network, far shorter than a time
     * slice.
     */
    private static final long SPIN_NANOS = 100_000;

    /** An idle thread ends after this time, so that a trainer that is never closed keeps neither threads nor memory. */
    private static final long IDLE_NANOS = 2_000_000_000L;

    private final List<Worker> workers = new ArrayList<>();
    private final long idleNanos;
    private volatile Job current = new Job(0, task -> {}, Thread.currentThread());
    private volatile boolean closed;

    /** Starts {@code helpers} threads beside the calling one. */
    WorkerThreads(int helpers) {
        this(helpers, IDLE_NANOS);
    }

    WorkerThreads(int helpers, long idleNanos) {
        this.idleNanos = idleNanos;
        for (int i = 0; i < helpers; i++) {
            workers.add(new Worker(current));
            workers.get(i).start();
        }
    }

    /**
     * Runs {@code task} for 0 to {@code tasks - 1}, each on any thread that is free, and returns when all are done.
     *
     * @throws RuntimeException the first exception of a task, after all tasks have ended
     */
    void run(int tasks, IntConsumer task) {
        Job job = new Job(tasks, task, Thread.currentThread());
        if (tasks > 1) {
            Job before = current;
            current = job;
            for (int i = 0; i < workers.size(); i++) {
                if (workers.get(i).isAlive()) {
                    workers.get(i).wake();
                } else if (!closed) {
                    workers.set(i, new Worker(before));
                    workers.get(i).start();
                }
            }
        }
        job.work();
        job.awaitAll();
    }

    /**
     * One part for each thread, cut between tiles: two threads that write to one cache line would wait for each other.
     */
    @Override
    public void run(int length, Range range) {
        int tiles = (length + Scratch.TILE - 1) / Scratch.TILE;
        int parts = Math.min(workers.size() + 1, tiles);
        run(
                parts,
                (int part) ->
                        range.run(part, bound(part, parts, tiles, length), bound(part + 1, parts, tiles, length)));
    }

    private static int bound(int part, int parts, int tiles, int length) {
        return Math.min(length, (int) ((long) part * tiles / parts) * Scratch.TILE);
    }

    /** The number of threads that have not ended. */
    long alive() {
        return workers.stream().filter(Thread::isAlive).count();
    }

    @Override
    public void close() {
        closed = true;
        workers.forEach(LockSupport::unpark);
    }

    /**
     * The tasks of one call. A late thread finds the tasks of its own job taken, and so cannot disturb the next job.
     */
    private static final class Job {
        private final int tasks;
        private final IntConsumer task;
        private final Thread caller;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Job(int tasks, IntConsumer task, Thread caller) {
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
        private Job seen;
        private volatile boolean asleep;

        /** A job that starts before the thread does must not be taken for one that the thread has seen. */
        Worker(Job seen) {
            super("jacobi-trainer");
            this.seen = seen;
            setDaemon(true);
        }

        void wake() {
            // a thread that spins sees the job by itself, and waking costs a system call
            if (asleep) {
                LockSupport.unpark(this);
            }
        }

        @Override
        public void run() {
            while (!closed) {
                Job next = awaitNext();
                if (next == seen) {
                    return;
                }
                seen = next;
                seen.work();
            }
        }

        /** Returns the next job, or the last one again if none comes for a long time. */
        private Job awaitNext() {
            long began = System.nanoTime();
            while (current == seen && !closed) {
                if (System.nanoTime() - began < SPIN_NANOS) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    // read again after the flag is set: otherwise the thread could sleep through a job that started
                    // just before
                    if (current == seen && !closed) {
                        LockSupport.parkNanos(this, idleNanos);
                    }
                    asleep = false;
                    if (System.nanoTime() - began >= idleNanos) {
                        break;
                    }
                }
            }
            return current;
        }
    }
}
