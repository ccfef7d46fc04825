package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Compares the matrix products with seven loops. */
class Conv2dTest {

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of(new Conv2d(16, 3).withPadding(1), Shape.of(1, 28, 28), 3),
                Arguments.of(new Conv2d(5, 3).withPadding(1), Shape.of(4, 14, 14), 2),
                Arguments.of(new Conv2d(3, 5, 3).withStride(2, 1).withPadding(3, 1), Shape.of(2, 9, 8), 2),
                Arguments.of(new Conv2d(3, 3).withStride(3).withDilation(2, 3), Shape.of(2, 11, 9), 1),
                Arguments.of(new Conv2d(6, 3).withPadding(1).withGroups(3).withoutBias(), Shape.of(3, 6, 5), 2),
                Arguments.of(new Conv2d(8, 1), Shape.of(5, 7, 3), 4),
                // a channel longer than a tile of Scratch
                Arguments.of(new Conv2d(2, 3).withPadding(1), Shape.of(2, 50, 47), 1));
    }

    /** Forward and backward by the definition: each product of a weight and an element is added where it belongs. */
    private static final class Loops {
        final double[] y;
        final double[] dx;
        final double[] dw;
        final double[] db;

        Loops(Conv2d conv, Shape in, Shape out, int batch, double[] x, double[] w, double[] b, double[] dy) {
            int inputs = (int) in.dim(0) / conv.groups();
            int outputs = conv.channels() / conv.groups();
            y = new double[dy.length];
            dx = new double[x.length];
            dw = new double[w.length];
            db = new double[conv.channels()];
            for (int n = 0; n < batch; n++) {
                for (int o = 0; o < conv.channels(); o++) {
                    for (int p = 0; p < out.dim(1); p++) {
                        for (int q = 0; q < out.dim(2); q++) {
                            int at = ((n * conv.channels() + o) * (int) out.dim(1) + p) * (int) out.dim(2) + q;
                            y[at] += b[o];
                            db[o] += dy[at];
                            for (int c = 0; c < inputs; c++) {
                                for (int i = 0; i < conv.kernelHeight(); i++) {
                                    for (int j = 0; j < conv.kernelWidth(); j++) {
                                        int u = p * conv.strideHeight()
                                                + i * conv.dilationHeight()
                                                - conv.paddingHeight();
                                        int v = q * conv.strideWidth() + j * conv.dilationWidth() - conv.paddingWidth();
                                        if (u < 0 || u >= in.dim(1) || v < 0 || v >= in.dim(2)) {
                                            continue;
                                        }
                                        int channel = o / outputs * inputs + c;
                                        int from = ((n * (int) in.dim(0) + channel) * (int) in.dim(1) + u)
                                                        * (int) in.dim(2)
                                                + v;
                                        int weight =
                                                ((o * inputs + c) * conv.kernelHeight() + i) * conv.kernelWidth() + j;
                                        y[at] += w[weight] * x[from];
                                        dw[weight] += dy[at] * x[from];
                                        dx[from] += dy[at] * w[weight];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private static double[] draw(SplittableRandom random, long length) {
        return random.doubles(length, -1, 1).toArray();
    }

    @ParameterizedTest(name = "{0} on {1}, batch {2}")
    @MethodSource("cases")
    void agreesWithSevenLoops(Conv2d conv, Shape input, int batch) {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            SplittableRandom random = new SplittableRandom(5);
            Sequential model = Sequential.input(input).add(conv).build(type, 1);
            double[] weights = draw(random, model.parameterCount());
            Vectors.set(model.weights(), weights);
            try (Workspace w = Workspace.withInputGradient(model, batch)) {
                w.fill(Double.NaN);
                double[] x = draw(random, w.input().length());
                double[] dy = draw(random, w.output().length());
                Vectors.set(w.input(), x);
                w.forward(0, 0);
                Vectors.set(w.outputGradient(), dy);
                w.clearGradients();
                w.backward();

                int biases = conv.bias() ? conv.channels() : 0;
                int split = weights.length - biases;
                double[] bias =
                        conv.bias() ? Arrays.copyOfRange(weights, split, weights.length) : new double[conv.channels()];
                Loops loops =
                        new Loops(conv, input, model.outputShape(), batch, x, Arrays.copyOf(weights, split), bias, dy);
                double[] gradients = Vectors.toDoubles(w.gradients());
                assertClose("y", type, loops.y, Vectors.toDoubles(w.output()));
                assertClose("dx", type, loops.dx, Vectors.toDoubles(w.inputGradient()));
                assertClose("dW", type, loops.dw, Arrays.copyOf(gradients, split));
                assertClose(
                        "db",
                        type,
                        Arrays.copyOf(loops.db, biases),
                        Arrays.copyOfRange(gradients, split, gradients.length));
            }
        }
    }

    private static void assertClose(String what, DataType type, double[] expected, double[] actual) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(actual).as(what + " " + type).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as("%s[%d] %s", what, i, type)
                    .isCloseTo(expected[i], Assertions.within((type == DataType.DOUBLE ? 1e-13 : 1e-5) * scale));
        }
    }

    @Test
    void parametersHavePyTorchsShapes() {
        Sequential model = Sequential.input(Shape.of(4, 9, 9))
                .add(new Conv2d(6, 3, 5).withGroups(2))
                .build(DataType.FLOAT, 1);
        assertThat(model.value("0.weight").shape()).containsExactly(6, 2, 3, 5);
        assertThat(model.value("0.bias").shape()).containsExactly(6);
        assertThat(model.outputShape()).isEqualTo(Shape.of(6, 7, 5));
    }

    @Test
    void weightsStartWithTheVarianceOfHe() {
        Sequential model =
                Sequential.input(Shape.of(32, 5, 5)).add(new Conv2d(64, 3)).build(DataType.DOUBLE, 1);
        double[] w = Vectors.toDoubles(model.value("0.weight"));
        double variance = Arrays.stream(w).map(v -> v * v).average().orElseThrow();
        assertThat(variance).isCloseTo(2.0 / (32 * 9), Assertions.withinPercentage(5));
        assertThat(Vectors.toDoubles(model.value("0.bias"))).containsOnly(0);
    }

    @Test
    void aNanInTheImageStaysInTheOutputsThatSeeIt() {
        Sequential model = Sequential.input(Shape.of(1, 4, 4))
                .add(new Conv2d(1, 3).withPadding(1))
                .build(DataType.FLOAT, 1);
        try (Workspace w = Workspace.forInference(model, 1)) {
            double[] x = new double[16];
            x[0] = Double.NaN;
            Vectors.set(w.input(), x);
            w.predict();
            double[] y = Vectors.toDoubles(w.output());
            for (int i = 0; i < 16; i++) {
                assertThat(Double.isNaN(y[i])).as("%d", i).isEqualTo(i % 4 < 2 && i < 8);
            }
        }
    }

    @Test
    void imagesDoNotAffectEachOther() {
        Sequential model = Sequential.input(Shape.of(2, 5, 5))
                .add(new Conv2d(3, 3).withPadding(1))
                .build(DataType.FLOAT, 1);
        double[] x = draw(new SplittableRandom(1), 3 * 50);
        try (Workspace all = Workspace.forInference(model, 3);
                Workspace one = Workspace.forInference(model, 1)) {
            Vectors.set(all.input(), x);
            all.predict();
            Vectors.set(one.input(), Arrays.copyOfRange(x, 50, 100));
            one.predict();
            assertThat(Vectors.toDoubles(one.output()))
                    .containsExactly(Arrays.copyOfRange(Vectors.toDoubles(all.output()), 75, 150));
        }
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                Arguments.of((Runnable) () -> new Conv2d(0, 3), "0 channels"),
                Arguments.of((Runnable) () -> new Conv2d(4, 0), "kernel of 0 x 0"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3, -1), "kernel of 3 x -1"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3).withStride(0), "stride of 0 x 0"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3).withPadding(0, -1), "padding of 0 x -1"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3).withDilation(1, 0), "dilation of 1 x 0"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3).withGroups(0), "0 groups"),
                Arguments.of((Runnable) () -> new Conv2d(4, 3).withGroups(3), "4 channels in 3 groups"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("impossible")
    void refusesImpossibleSettings(Runnable constructor, String received) {
        assertThatThrownBy(constructor::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Conv2d")
                .hasMessageContaining(received)
                .hasMessageContaining("expected at least");
    }

    private static void refuses(Shape input, Conv2d conv, String... parts) {
        assertThatThrownBy(() -> Sequential.input(input).add(conv).build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void refusesShapesThatDoNotFitWhenItIsBuilt() {
        refuses(Shape.of(784), new Conv2d(4, 3), "rank 3 per example, [channels, height, width]", "[784]");
        refuses(Shape.of(1, 4, 9), new Conv2d(4, 5), "at least 5 x 5", "[1, 4, 9]");
        refuses(Shape.of(1, 9, 4), new Conv2d(4, 3).withDilation(2), "at least 5 x 5", "[1, 9, 4]");
        refuses(Shape.of(3, 9, 9), new Conv2d(4, 3).withGroups(2), "channels divisible by 2", "[3, 9, 9]");
    }

    @Test
    void namesItsUnusualSettings() {
        assertThat(new Conv2d(16, 3)).hasToString("Conv2d(16, 3)");
        assertThat(new Conv2d(16, 3, 5).withStride(2).withPadding(1, 2))
                .hasToString("Conv2d(16, 3x5, stride 2, padding 1x2)");
        assertThat(new Conv2d(16, 3).withDilation(2).withGroups(4).withoutBias())
                .hasToString("Conv2d(16, 3, dilation 2, groups 4, no bias)");
        assertThat(new Conv2d(16, 3).withWeightInitializer(Initializers.zeros()).weightInitializer())
                .isEqualTo(Initializers.zeros());
    }
}
