package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** The choice of a number of threads, with the times of steps given: nothing here measures anything. */
class ThreadChoiceTest {

    private static final int LONG = 20_000;

    /** Makes steps that take these times, and returns how many of them were made by each number of threads. */
    private static int[] run(ThreadChoice choice, int most, int steps, IntToLongFunction nanos) {
        int[] counts = new int[most + 1];
        for (int i = 0; i < steps; i++) {
            int threads = choice.threads();
            counts[threads]++;
            choice.took(nanos.applyAsLong(threads));
        }
        return counts;
    }

    private static long busy(int threads) {
        return threads == 1 ? 1_000 : 1_500;
    }

    private static long free(int threads) {
        return 1_000 / threads;
    }

    @Test
    void startsWithAllAndStaysThereWhileTheyPay() {
        ThreadChoice choice = new ThreadChoice(2);
        assertThat(choice.threads()).isEqualTo(2);
        int[] counts = run(choice, 2, LONG, ThreadChoiceTest::free);
        assertThat(counts[1]).as("steps of trials").isBetween(ThreadChoice.TRIAL, LONG / 100);
    }

    @Test
    void stepsBackAfterTheFirstTrialWhenTheSecondDoesNotPay() {
        ThreadChoice choice = new ThreadChoice(2);
        run(choice, 2, ThreadChoice.WARM_UP + 2 * ThreadChoice.TRIAL, ThreadChoiceTest::busy);
        assertThat(choice.threads()).isEqualTo(1);
        int[] counts = run(choice, 2, LONG, ThreadChoiceTest::busy);
        assertThat(counts[2]).as("steps of trials").isBetween(ThreadChoice.TRIAL, LONG / 100);
    }

    @Test
    void aSecondThreadThatIsFasterByLessThanATwentiethDoesNotPay() {
        ThreadChoice choice = new ThreadChoice(2);
        run(choice, 2, 500, threads -> threads == 1 ? 1_000 : 960);
        assertThat(choice.threads()).isEqualTo(1);
        run(choice, 2, 5_000, threads -> threads == 1 ? 1_000 : 940);
        assertThat(run(choice, 2, 10, ThreadChoiceTest::free)[2]).isEqualTo(10);
    }

    @Test
    void followsTheLoadOfTheMachine() {
        ThreadChoice choice = new ThreadChoice(2);
        int wait = ThreadChoice.LONGEST_PERIOD + 2 * ThreadChoice.TRIAL;
        for (int round = 0; round < 3; round++) {
            run(choice, 2, LONG, ThreadChoiceTest::busy);
            run(choice, 2, wait, ThreadChoiceTest::free);
            assertThat(run(choice, 2, 2 * ThreadChoice.TRIAL, ThreadChoiceTest::free)[2])
                    .as("free again, round %d", round)
                    .isEqualTo(2 * ThreadChoice.TRIAL);
            run(choice, 2, LONG, ThreadChoiceTest::free);
            run(choice, 2, wait, ThreadChoiceTest::busy);
            assertThat(run(choice, 2, 2 * ThreadChoice.TRIAL, ThreadChoiceTest::busy)[1])
                    .as("busy again, round %d", round)
                    .isEqualTo(2 * ThreadChoice.TRIAL);
        }
    }

    @Test
    void aChangeOfSpeedInATrialMeetsBothNumbers() {
        ThreadChoice choice = new ThreadChoice(2);
        run(choice, 2, ThreadChoice.WARM_UP + ThreadChoice.TRIAL, ThreadChoiceTest::free);
        // everything is ten times as slow from the middle of the trial on
        run(choice, 2, ThreadChoice.TRIAL, threads -> 10 * free(threads));
        assertThat(choice.threads()).isEqualTo(2);
    }

    @Test
    void findsTheFastestOfEight() {
        for (int fastest = 1; fastest <= 8; fastest *= 2) {
            int best = fastest;
            int[] counts = run(new ThreadChoice(8), 8, LONG, threads -> 1_000 + 500L * Math.abs(threads - best));
            assertThat(counts[best]).as("fastest is %d", best).isGreaterThan(LONG * 9 / 10);
        }
    }

    @Test
    void oneThreadIsNoChoice() {
        assertThat(run(new ThreadChoice(1), 1, 1_000, ThreadChoiceTest::busy)[1])
                .isEqualTo(1_000);
    }

    @Test
    void threeAreHalvedToTwo() {
        ThreadChoice choice = new ThreadChoice(3);
        int[] counts = run(choice, 3, LONG, threads -> 1_000L * threads);
        assertThat(counts[2]).isPositive();
        assertThat(counts[1]).isGreaterThan(LONG * 9 / 10);
    }
}
