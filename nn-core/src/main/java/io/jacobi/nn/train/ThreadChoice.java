package io.jacobi.nn.train;

/**
 * Chooses how many threads compute the parts of a batch, by the time that steps take. If something else occupies the
 * other processors, a part waits for a thread that does not run, and one thread alone is faster. How a batch is cut is
 * decided elsewhere and once, so the choice changes no result.
 *
 * <p>Trials compare the current number with half of it or twice of it, in turn. In a trial, steps with one number and
 * the other alternate, so that a change of the machine's load meets both. The larger number must be faster by a share
 * of 0.05. Between two trials there are 100 steps, and up to 1,600 while trials change nothing, so a trial that tries a
 * number half as fast costs less than one step in 100 in the long run.
 */
final class ThreadChoice {

    /** Steps before the first trial, in which the just-in-time compiler is still at work. */
    static final int WARM_UP = 40;

    /** Steps with each of the two numbers in a trial. */
    static final int TRIAL = 12;

    static final int SHORTEST_PERIOD = 100;
    static final int LONGEST_PERIOD = 1600;

    /** A larger number of threads must take less than this share of the time. */
    private static final double PAYS = 0.95;

    private final int most;
    private int current;
    private int other;
    private boolean downNext = true;
    private int period = SHORTEST_PERIOD;
    private int stepsToTrial = WARM_UP;
    private int trialSteps;
    private long nanosOfCurrent;
    private long nanosOfOther;

    /** Starts with the largest number of threads. */
    ThreadChoice(int most) {
        this.most = most;
        this.current = most;
        this.other = most;
    }

    /** The number of threads for the next step. */
    int threads() {
        return isTrial() && trialSteps % 2 == 0 ? other : current;
    }

    private boolean isTrial() {
        return stepsToTrial == 0;
    }

    /** Counts a step on a whole batch that was computed by {@link #threads}. */
    void took(long nanos) {
        if (most == 1) {
            return;
        }
        if (!isTrial()) {
            stepsToTrial--;
            if (isTrial()) {
                startTrial();
            }
            return;
        }
        if (trialSteps % 2 == 0) {
            nanosOfOther += nanos;
        } else {
            nanosOfCurrent += nanos;
        }
        trialSteps++;
        if (trialSteps == 2 * TRIAL) {
            finishTrial();
        }
    }

    private void startTrial() {
        trialSteps = 0;
        nanosOfCurrent = 0;
        nanosOfOther = 0;
        boolean down = current == most || (downNext && current > 1);
        downNext = !downNext;
        other = down ? (current + 1) / 2 : Math.min(most, 2 * current);
    }

    private void finishTrial() {
        boolean fewer = other < current;
        boolean better = fewer ? nanosOfCurrent >= PAYS * nanosOfOther : nanosOfOther < PAYS * nanosOfCurrent;
        period = better ? SHORTEST_PERIOD : Math.min(LONGEST_PERIOD, 2 * period);
        current = better ? other : current;
        stepsToTrial = period;
    }
}
