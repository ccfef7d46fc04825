package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Moments of weights without a gradient do not become denormal numbers. */
class DenormalsTest {

    private static final double[] GRADIENTS = {1, -1, 1e-3, -1e-3, 3e-7, -3e-7, 0, 100};
    private static final double RATE = 1e-6;

    /** Optimizers whose moments shrink towards 0, and a number of steps after which they would be denormal. */
    static Stream<Arguments> fading() {
        Optimizer signMomentum = new Samples.SignMomentum(Schedule.constant(RATE), 0.9, 0, false);
        return Stream.of(
                Arguments.of(new Sgd(RATE).withMomentum(0.9), DataType.FLOAT, 2_000),
                Arguments.of(new Sgd(RATE).withNesterov(0.9), DataType.FLOAT, 2_000),
                Arguments.of(new RmsProp(RATE), DataType.FLOAT, 15_000),
                Arguments.of(new RmsProp(RATE).withMomentum(0.9), DataType.FLOAT, 15_000),
                Arguments.of(new Adam(RATE), DataType.FLOAT, 150_000),
                Arguments.of(new AdamW(RATE), DataType.FLOAT, 150_000),
                Arguments.of(new Nadam(RATE), DataType.FLOAT, 150_000),
                Arguments.of(new Sgd(RATE).withMomentum(0.9), DataType.DOUBLE, 10_000),
                Arguments.of(new RmsProp(RATE).withAlpha(0.9), DataType.DOUBLE, 10_000),
                Arguments.of(new RmsProp(RATE).withAlpha(0.9).withMomentum(0.9), DataType.DOUBLE, 10_000),
                Arguments.of(new Adam(RATE).withBetas(0.9, 0.9), DataType.DOUBLE, 10_000),
                Arguments.of(new AdamW(RATE).withBetas(0.9, 0.9), DataType.DOUBLE, 10_000),
                Arguments.of(new Nadam(RATE).withBetas(0.9, 0.9), DataType.DOUBLE, 10_000),
                Arguments.of(signMomentum, DataType.FLOAT, 2_000),
                Arguments.of(signMomentum, DataType.DOUBLE, 10_000));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("fading")
    void noMomentIsDenormalAfterManyStepsWithoutGradient(Optimizer optimizer, DataType type, int steps) {
        INDArray weights = Samples.vector(type, new double[GRADIENTS.length]);
        Stepper stepper = optimizer.start(weights, Samples.matrix(GRADIENTS.length));
        stepper.step(Samples.vector(type, GRADIENTS), RATE);
        INDArray zeros = Samples.vector(type, new double[GRADIENTS.length]);
        for (int i = 0; i < steps; i++) {
            stepper.step(zeros, RATE);
        }

        assertThat(stepper.state()).isNotEmpty().allSatisfy((name, moment) -> {
            double[] values = Vectors.toDoubles(moment);
            assertThat(denormals(type, values)).as(name).isZero();
            // a mean is multiplied by the rate, in double where the optimizer has no loop over floats
            double[] scaled = Arrays.stream(values).map(x -> x * RATE).toArray();
            DataType computed = optimizer instanceof Samples.SignMomentum ? DataType.DOUBLE : type;
            assertThat(name.equals("mean_square") ? 0 : denormals(computed, scaled))
                    .as(name + " times the rate")
                    .isZero();
            assertThat(Arrays.stream(values).map(Math::abs).max().orElseThrow())
                    .as(name + " shrinks")
                    .isLessThan(1e-24);
        });
    }

    @Test
    void withoutFlushingTheMomentsOfAdamWouldBeDenormal() {
        float[] m = new float[GRADIENTS.length];
        float[] v = new float[GRADIENTS.length];
        for (int step = 0; step <= 150_000; step++) {
            for (int i = 0; i < m.length; i++) {
                float g = step == 0 ? (float) GRADIENTS[i] : 0;
                m[i] += 0.1f * (g - m[i]);
                v[i] += 0.001f * (g * g - v[i]);
            }
        }
        assertThat(denormals(m)).isEqualTo(GRADIENTS.length - 1);
        assertThat(denormals(v)).isEqualTo(GRADIENTS.length - 1);
    }

    @Test
    void withoutFlushingTheVelocityOfDescentWouldBeDenormal() {
        float[] v = new float[GRADIENTS.length];
        for (int step = 0; step <= 2_000; step++) {
            for (int i = 0; i < v.length; i++) {
                v[i] = 0.9f * v[i] + (step == 0 ? (float) GRADIENTS[i] : 0);
            }
        }
        assertThat(denormals(v)).isEqualTo(GRADIENTS.length - 1);
    }

    private static int denormals(float[] values) {
        double[] widened = new double[values.length];
        Arrays.setAll(widened, i -> values[i]);
        return denormals(DataType.FLOAT, widened);
    }

    private static int denormals(DataType type, double[] values) {
        double smallest = type == DataType.FLOAT ? Float.MIN_NORMAL : Double.MIN_NORMAL;
        return (int) Arrays.stream(values)
                .filter(x -> x != 0 && Math.abs(x) < smallest)
                .count();
    }

    @Test
    void ordinaryNumbersDoNotChange() {
        for (float x : new float[] {1, -1, 0.1f, -3e-7f, 1e-13f, -1e-13f, 1e30f}) {
            assertThat(Denormals.flushMean(x)).isEqualTo(x);
            assertThat(Denormals.flushSquare(x)).isEqualTo(x);
        }
        for (double x : new double[] {1, -1, 0.1, 1e-200, -1e-200, 1e300}) {
            assertThat(Denormals.flushMean(x)).isEqualTo(x);
            assertThat(Denormals.flushSquare(x)).isEqualTo(x);
        }
    }

    @Test
    void smallNumbersChangeByLessThanTheirUnit() {
        for (double x = 1e-12; x > 1e-44; x *= -0.7) {
            float single = (float) x;
            assertThat(Math.abs(Denormals.flushMean(single) - single))
                    .isLessThanOrEqualTo(Math.max(0x1p-23f * Math.abs(single), 0x1p-94f));
            assertThat(Math.abs(Denormals.flushSquare(single) - single))
                    .isLessThanOrEqualTo(Math.max(0x1p-23f * Math.abs(single), 0x1p-124f));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void theLoopsDoNotTurnANaNGradientIntoANumber(DataType type) {
        Samples.optimizers().map(ElementwiseOptimizer.class::cast).forEach(optimizer -> {
            TileUpdate update = optimizer.update(1, 0.1);
            int moments = optimizer.moments().size();
            double[] after = {1, 1};
            if (type == DataType.FLOAT && update instanceof FloatTileUpdate floats) {
                float[] w = {1, 1};
                floats.apply(w, new float[] {Float.NaN, 1}, new float[moments][2], 2);
                after = new double[] {w[0], w[1]};
            } else {
                update.apply(after, new double[] {Double.NaN, 1}, new double[moments][2], 2);
            }
            assertThat(after[0]).as(optimizer.toString()).isNaN();
            assertThat(after[1]).as(optimizer.toString()).isFinite();
        });
    }
}
