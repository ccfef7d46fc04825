package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerThreadsTest {

    @Test
    void runsEachTaskOnce() {
        try (WorkerThreads threads = new WorkerThreads(3)) {
            for (int round = 0; round < 2_000; round++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(1 + round % 7);
                threads.run(runs.length(), runs::incrementAndGet);
                for (int i = 0; i < runs.length(); i++) {
                    assertThat(runs.get(i)).as("round %d, task %d", round, i).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0} elements for {1} helpers")
    @CsvSource({"0, 1", "1, 3", "2048, 1", "2049, 1", "5000, 0", "5000, 1", "535818, 1", "535818, 6"})
    void aPassCoversEachElementOnceInPartsOfTheirOwn(int length, int helpers) {
        try (WorkerThreads threads = new WorkerThreads(helpers)) {
            AtomicIntegerArray seen = new AtomicIntegerArray(length);
            AtomicIntegerArray parts = new AtomicIntegerArray(helpers + 1);
            threads.run(length, (int part, int from, int to) -> {
                parts.incrementAndGet(part);
                for (int i = from; i < to; i++) {
                    seen.incrementAndGet(i);
                }
            });
            for (int i = 0; i < length; i++) {
                if (seen.get(i) != 1) {
                    fail("element %d was seen %d times", i, seen.get(i));
                }
            }
            for (int part = 0; part <= helpers; part++) {
                assertThat(parts.get(part)).as("part %d", part).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void showsTheCallerWhatTheOthersWrote() {
        try (WorkerThreads threads = new WorkerThreads(1)) {
            int[] plain = new int[2];
            for (int round = 1; round < 5_000; round++) {
                int value = round;
                threads.run(2, i -> plain[i] = value);
                assertThat(plain).as("round %d", round).containsOnly(round);
            }
        }
    }

    @Test
    void wakesThreadsThatSleep() throws InterruptedException {
        try (WorkerThreads threads = new WorkerThreads(1)) {
            for (int round = 0; round < 20; round++) {
                Thread.sleep(2);
                CountDownLatch both = new CountDownLatch(2);
                // each task waits for the other: it ends only if two threads run
                threads.run(2, i -> {
                    both.countDown();
                    awaitZero(both);
                });
                assertThat(both.getCount()).isZero();
            }
        }
    }

    @Test
    void missesNoJobThatStartsBeforeItsThreadDoes() {
        for (int attempt = 0; attempt < 200; attempt++) {
            try (WorkerThreads threads = new WorkerThreads(1)) {
                CountDownLatch both = new CountDownLatch(2);
                threads.run(2, i -> {
                    both.countDown();
                    awaitZero(both);
                });
                assertThat(both.getCount())
                        .as("tasks that waited for the other, attempt %d", attempt)
                        .isZero();
            }
        }
    }

    /** Waits for the other task, but not for ever: a job that no other thread joins must fail and not hang. */
    private static void awaitZero(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no other thread joined the round");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void doesAllTheWorkAloneWithoutHelpers() {
        try (WorkerThreads threads = new WorkerThreads(0)) {
            Thread[] ran = new Thread[5];
            threads.run(5, i -> ran[i] = Thread.currentThread());
            assertThat(Arrays.asList(ran)).containsOnly(Thread.currentThread());
        }
    }

    @Test
    void throwsWhatATaskThrewAfterAllHaveEnded() {
        try (WorkerThreads threads = new WorkerThreads(2)) {
            AtomicInteger ended = new AtomicInteger();
            assertThatThrownBy(() -> threads.run(6, i -> {
                        ended.incrementAndGet();
                        if (i == 3) {
                            throw new IllegalArgumentException("task 3");
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("task 3");
            assertThat(ended).hasValue(6);

            threads.run(2, i -> ended.incrementAndGet());
            assertThat(ended).as("a failed round does not spoil the next").hasValue(8);
        }
    }

    @Test
    void idleThreadsEndAndStartAgainForTheNextJob() throws InterruptedException {
        try (WorkerThreads threads = new WorkerThreads(2, 1_000_000)) {
            for (int round = 0; round < 5; round++) {
                AtomicIntegerArray runs = new AtomicIntegerArray(6);
                threads.run(runs.length(), runs::incrementAndGet);
                for (int i = 0; i < runs.length(); i++) {
                    assertThat(runs.get(i)).isEqualTo(1);
                }
                for (int tries = 0; threads.alive() > 0 && tries < 2_000; tries++) {
                    Thread.sleep(1);
                }
                assertThat(threads.alive())
                        .as("threads that idle for a millisecond")
                        .isZero();
            }
        }
    }
}
