package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The learning rate as a function of the step; PyTorch's numbers are compared in OptimizersReferenceTest. */
class SchedulesTest {

    private static double[] rates(Schedule schedule, long steps) {
        return LongStream.range(0, steps).mapToDouble(schedule::rateAt).toArray();
    }

    @Test
    void stepFallsAfterEachPeriodAndStays() {
        assertThat(rates(Schedule.step(8, 3, 0.5), 8)).containsExactly(8, 8, 8, 4, 4, 4, 2, 2);
    }

    @Test
    void exponentialFallsAtEachStep() {
        assertThat(rates(Schedule.exponential(8, 0.5), 4)).containsExactly(8, 4, 2, 1);
    }

    @Test
    void warmUpRisesInEqualPartsAndHandsOver() {
        Schedule then = step -> 10 - step;
        assertThat(rates(Schedule.warmUp(4, then), 7))
                .containsExactly(new double[] {2, 4, 6, 8, 10, 9, 8}, within(1e-15));
    }

    @Test
    void warmUpOfACosineEndsWhereTheCosineEnds() {
        Schedule schedule = Schedule.warmUp(10, Schedule.cosine(1, 90));
        assertThat(schedule.rateAt(10)).isEqualTo(1);
        assertThat(schedule.rateAt(100)).isZero();
        assertThat(schedule.rateAt(1000)).isZero();
    }

    @Test
    void oneCycleRisesFallsAndStays() {
        // the peak is at step 0.3 · 100 − 1
        Schedule schedule = Schedule.oneCycle(1, 100);
        assertThat(schedule.rateAt(0)).isCloseTo(0.04, within(1e-15));
        assertThat(schedule.rateAt(29)).isEqualTo(1);
        assertThat(schedule.rateAt(99)).isCloseTo(4e-6, within(1e-15));
        assertThat(schedule.rateAt(100)).isCloseTo(4e-6, within(1e-15));
        assertThat(schedule.rateAt(Long.MAX_VALUE)).isCloseTo(4e-6, within(1e-15));
        double[] rates = rates(schedule, 100);
        for (int i = 1; i < 100; i++) {
            assertThat(rates[i] > rates[i - 1]).as("rises to step %s", i).isEqualTo(i <= 29);
        }
    }

    @Test
    void oneCycleCanRiseLonger() {
        assertThat(Schedule.oneCycle(1, 100)).isEqualTo(Schedule.oneCycle(1, 100, 0.3));
        assertThat(Schedule.oneCycle(1, 100, 0.5).rateAt(49)).isEqualTo(1);
    }

    @Test
    void cosineCanEndAboveZero() {
        assertThat(Schedule.cosine(1, 6)).isEqualTo(Schedule.cosine(1, 0, 6));
        assertThat(rates(Schedule.cosine(1, 0.5, 2), 4))
                .containsExactly(new double[] {1, 0.75, 0.5, 0.5}, within(1e-15));
    }

    @Test
    void theTextsAreThoseThatCheckpointsStore() {
        assertThat(Schedule.constant(0.1)).hasToString("0.1");
        assertThat(Schedule.step(1, 3, 0.5)).hasToString("StepRate[start=1.0, every=3, factor=0.5]");
        assertThat(Schedule.exponential(1, 0.5)).hasToString("ExponentialRate[start=1.0, factor=0.5]");
        assertThat(Schedule.warmUp(2, Schedule.cosine(1, 4)))
                .hasToString("WarmUpRate[steps=2, then=CosineRate[start=1.0, end=0.0, steps=4]]");
        assertThat(Schedule.oneCycle(1, 100)).hasToString("OneCycleRate[max=1.0, steps=100, rise=0.3]");
    }

    @Test
    void everyScheduleIsFiniteAndNotNegativeForTrillionsOfSteps() {
        for (Schedule schedule : new Schedule[] {
            Schedule.constant(0.1),
            Schedule.step(0.1, 100, 0.5),
            Schedule.exponential(0.1, 0.99),
            Schedule.cosine(0.1, 1000),
            Schedule.warmUp(100, Schedule.cosine(0.1, 1000)),
            Schedule.oneCycle(0.1, 1000)
        }) {
            for (long step = 0; step < 1L << 40; step = step * 2 + 1) {
                assertThat(schedule.rateAt(step)).as("%s at %s", schedule, step).isBetween(0d, 0.1);
            }
        }
    }
}
