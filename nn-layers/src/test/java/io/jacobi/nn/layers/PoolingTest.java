package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class PoolingTest {

    /** Output and input gradient of one image. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods and never compared
    private record Result(double[] y, double[] dx) {}

    private static Result run(Layer layer, Shape input, DataType type, double[] x, double... dy) {
        Sequential model = Sequential.input(input).add(layer).build(type, 1);
        try (Workspace w = Workspace.withInputGradient(model, (int) (x.length / input.size()))) {
            w.fill(Double.NaN);
            Vectors.set(w.input(), x);
            w.forward(0, 0);
            Vectors.set(w.outputGradient(), dy);
            w.backward();
            return new Result(Vectors.toDoubles(w.output()), Vectors.toDoubles(w.inputGradient()));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void ofEqualElementsTheFirstGetsTheGradient(DataType type) {
        // all equal; second column; second row; a tie of top right and bottom left
        double[] x = {
            5, 5, 1, 2, 1, 1, 1, 7,
            5, 5, 1, 2, 3, 3, 7, 1
        };
        Result r = run(new MaxPool2d(2), Shape.of(1, 2, 8), type, x, 1, 2, 3, 4);
        assertThat(r.y).containsExactly(5, 2, 3, 7);
        assertThat(r.dx).containsExactly(1, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 0, 3, 0, 0, 0);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void everyOrderOfFourNumbersHasItsFirstMaximumFound(DataType type) {
        for (int code = 0; code < 256; code++) {
            double[] x = new double[4];
            for (int i = 0; i < 4; i++) {
                x[i] = (code >> (2 * i) & 3) - 1.5;
            }
            int best = 0;
            for (int i = 1; i < 4; i++) {
                best = x[i] > x[best] ? i : best;
            }
            double[] dx = new double[4];
            dx[best] = 3;
            Result r = run(new MaxPool2d(2), Shape.of(1, 2, 2), type, x, 3);
            assertThat(r.y).as("%d", code).containsExactly(x[best]);
            assertThat(r.dx).as("%d", code).containsExactly(dx);
        }
    }

    @Test
    void paddingNeverWins() {
        double[] x = {-5, -3, -4, -9, -8, -7, -6, -2, -1};
        Result r = run(new MaxPool2d(3).withStride(2).withPadding(1), Shape.of(1, 3, 3), DataType.FLOAT, x, 1, 2, 4, 8);
        assertThat(r.y).containsExactly(-3, -3, -2, -1);
        assertThat(r.dx).containsExactly(0, 3, 0, 0, 0, 0, 0, 4, 8);
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void aNanAnywhereInAWindowIsItsMaximum(DataType type) {
        for (int at = 0; at < 4; at++) {
            double[] x = {1, 2, 3, 4, 8, 7, 6, 5};
            x[at / 2 * 4 + at % 2] = Double.NaN;
            Result r = run(new MaxPool2d(2), Shape.of(1, 2, 4), type, x, 1, 2);
            assertThat(r.y).as("NaN at %d", at).containsExactly(Double.NaN, 6);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void infinitiesAndTheLargestNumbersAreCompared(DataType type) {
        double inf = Double.POSITIVE_INFINITY;
        double big = Float.MAX_VALUE;
        double[] x = {-inf, -inf, inf, 0, big, -big, -inf, -inf, inf, inf, big, big};
        Result r = run(new MaxPool2d(2), Shape.of(1, 2, 6), type, x, 1, 2, 4);
        assertThat(r.y).containsExactly(-inf, inf, big);
        assertThat(r.dx).containsExactly(1, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Floats have a loop without branches for 2x2; the general loop computes the same in double. */
    @Test
    void theFastLoopAgreesWithTheGeneralOne() {
        SplittableRandom random = new SplittableRandom(3);
        for (Shape input :
                new Shape[] {Shape.of(3, 28, 28), Shape.of(2, 7, 9), Shape.of(1, 2, 3), Shape.of(1, 120, 90)}) {
            double[] x = new double[(int) input.size() * 2];
            // few values, as after a Relu: many ties
            Arrays.setAll(x, i -> Math.max(0, random.nextInt(-3, 4)));
            int positions = (int) (2 * input.dim(0) * (input.dim(1) / 2) * (input.dim(2) / 2));
            double[] dy = random.ints(positions, -9, 10).asDoubleStream().toArray();
            Result fast = run(new MaxPool2d(2), input, DataType.FLOAT, x, dy);
            Result general = run(new MaxPool2d(2), input, DataType.DOUBLE, x, dy);
            assertThat(fast.y).containsExactly(general.y);
            assertThat(fast.dx).containsExactly(general.dx);
        }
    }

    @Test
    void windowsThatOverlapAddUpTheirGradients() {
        Result r = run(
                new MaxPool2d(2).withStride(1),
                Shape.of(1, 2, 3),
                DataType.FLOAT,
                new double[] {0, 9, 0, 0, 0, 0},
                2,
                5);
        assertThat(r.dx).containsExactly(0, 7, 0, 0, 0, 0);
    }

    @Test
    void rowsAndColumnsThatFitNoWindowGetNoGradient() {
        double[] x = {1, 2, 99, 3, 4, 99, 99, 99, 99};
        assertThat(run(new MaxPool2d(2), Shape.of(1, 3, 3), DataType.FLOAT, x, 1).dx)
                .containsExactly(0, 0, 0, 0, 1, 0, 0, 0, 0);
        assertThat(run(new AvgPool2d(2), Shape.of(1, 3, 3), DataType.FLOAT, x, 8).dx)
                .containsExactly(2, 2, 0, 2, 2, 0, 0, 0, 0);
    }

    @Test
    void averagesCountThePaddingAsZeros() {
        double[] x = {4, 8, 12, 16};
        Result r = run(new AvgPool2d(2).withPadding(1), Shape.of(1, 2, 2), DataType.FLOAT, x, 4, 8, 12, 16);
        assertThat(r.y).containsExactly(1, 2, 3, 4);
        assertThat(r.dx).containsExactly(1, 2, 3, 4);
    }

    @Test
    void theGlobalAverageIsTheAverageOverOneWindowOfAll() {
        // more positions than a tile of Scratch, and more channels
        for (Shape input : new Shape[] {Shape.of(2, 60, 50), Shape.of(3000, 1, 2)}) {
            int size = (int) input.size();
            int channels = (int) input.dim(0);
            double[] x =
                    new SplittableRandom(4).ints(size, -9, 10).asDoubleStream().toArray();
            double[] dy = new SplittableRandom(5)
                    .ints(channels, -9, 10)
                    .asDoubleStream()
                    .toArray();
            AvgPool2d whole = new AvgPool2d((int) input.dim(1), (int) input.dim(2), 1, 1, 0, 0);
            for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
                Result global = run(new GlobalAvgPool2d(), input, type, x, dy);
                Result pooled = run(whole, input, type, x, dy);
                assertThat(global.y).containsExactly(pooled.y);
                assertThat(global.dx).containsExactly(pooled.dx);
            }
        }
    }

    @Test
    void averagesKeepANan() {
        double[] x = {Double.NaN, 1, 1, 1, 1, 1, 1, 1};
        assertThat(run(new AvgPool2d(2), Shape.of(1, 2, 4), DataType.FLOAT, x, 1, 1).y)
                .containsExactly(Double.NaN, 1);
        assertThat(run(new GlobalAvgPool2d(), Shape.of(2, 2, 2), DataType.FLOAT, x, 1, 1).y)
                .containsExactly(Double.NaN, 1);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of((Runnable) () -> new MaxPool2d(0), "MaxPool2d has a kernel of 0 x 0"),
                Arguments.of((Runnable) () -> new MaxPool2d(2).withStride(0), "MaxPool2d has a stride of 0 x 0"),
                Arguments.of((Runnable) () -> new MaxPool2d(2).withPadding(-1), "MaxPool2d has a padding of -1 x -1"),
                Arguments.of((Runnable) () -> new MaxPool2d(3).withPadding(2), "MaxPool2d has a padding of 2 x 2"),
                Arguments.of((Runnable) () -> new AvgPool2d(-1), "AvgPool2d has a kernel of -1 x -1"),
                Arguments.of((Runnable) () -> new AvgPool2d(2, 2, 1, 0, 0, 0), "AvgPool2d has a stride of 1 x 0"),
                Arguments.of((Runnable) () -> new AvgPool2d(3, 1, 1, 1, 0, 1), "AvgPool2d has a padding of 0 x 1"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("impossible")
    void refusesImpossibleSettings(Runnable constructor, String received) {
        assertThatThrownBy(constructor::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(received)
                .hasMessageContaining("expected at ");
    }

    @Test
    void refusesShapesThatDoNotFitWhenItIsBuilt() {
        for (Layer layer : new Layer[] {new MaxPool2d(2), new AvgPool2d(2), new GlobalAvgPool2d()}) {
            assertThatThrownBy(() -> layer(layer, Shape.of(784)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("rank 3 per example")
                    .hasMessageContaining("[784]");
        }
        for (Layer layer : new Layer[] {new MaxPool2d(2), new AvgPool2d(2)}) {
            assertThatThrownBy(() -> layer(layer, Shape.of(4, 3, 1)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("at least 2 x 2")
                    .hasMessageContaining("[4, 3, 1]");
        }
    }

    /** Positions are saved as floats, which are exact for whole numbers up to 2^24. */
    @Test
    void refusesChannelsWhosePositionsAFloatCannotCount() {
        assertThatThrownBy(() -> layer(new MaxPool2d(2), Shape.of(1, 1 << 13, 1 << 12)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("2^24");
    }

    private static Sequential layer(Layer layer, Shape input) {
        return Sequential.input(input).add(layer).build(DataType.FLOAT, 1);
    }

    /** Windows of 1x3 side by side: 3 and 6, and the means 2 and 5. */
    @Test
    void windowsMayBeOfAnyHeightAndWidth() {
        double[] x = {1, 2, 3, 4, 5, 6};

        assertThat(run(new MaxPool2d(1, 3), Shape.of(1, 1, 6), DataType.FLOAT, x, 1, 1).y)
                .containsExactly(3, 6);
        assertThat(run(new AvgPool2d(1, 3), Shape.of(1, 1, 6), DataType.FLOAT, x, 1, 1).y)
                .containsExactly(2, 5);
    }

    /** As with Conv2d, one number is for both directions, and two are for down and across. */
    @Test
    void strideAndPaddingAreSetInBothDirections() {
        assertThat(new MaxPool2d(2, 3).withStride(1, 2).withPadding(1, 0)).isEqualTo(new MaxPool2d(2, 3, 1, 2, 1, 0));
        assertThat(new AvgPool2d(2, 3).withPadding(1, 0).withStride(1, 2)).isEqualTo(new AvgPool2d(2, 3, 1, 2, 1, 0));
        assertThat(new MaxPool2d(3, 5).withStride(2).withPadding(1)).isEqualTo(new MaxPool2d(3, 5, 2, 2, 1, 1));
        assertThat(new AvgPool2d(3, 5).withStride(2).withPadding(1)).isEqualTo(new AvgPool2d(3, 5, 2, 2, 1, 1));
        assertThat(new MaxPool2d(2)).isEqualTo(new MaxPool2d(2, 2));
    }

    @Test
    void nameTheirUnusualSettings() {
        assertThat(new MaxPool2d(2)).hasToString("MaxPool2d(2)");
        assertThat(new MaxPool2d(3).withStride(2).withPadding(1)).hasToString("MaxPool2d(3, stride 2, padding 1)");
        assertThat(new AvgPool2d(2, 3, 2, 3, 0, 1)).hasToString("AvgPool2d(2x3, padding 0x1)");
        assertThat(new GlobalAvgPool2d()).hasToString("GlobalAvgPool2d");
    }

    @Test
    void theMeanOfLargeNumbersIsFinite() {
        double[] x = new double[16];
        Arrays.fill(x, 1e4);
        assertThat(run(new GlobalAvgPool2d(), Shape.of(1, 4, 4), DataType.FLOAT, x, 1).y[0])
                .isCloseTo(1e4, Assertions.within(1e-9));
    }
}
