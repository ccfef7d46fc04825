package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.layers.check.ScalarLayers;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Properties of recurrent layers other than their derivatives. */
class SequencesTest {

    private static Sequential model(Layer layer, DataType type, long... input) {
        return Sequential.input(Shape.of(input)).add(layer).build(type, 5);
    }

    private static double[] random(long length, double scale) {
        return new SplittableRandom(9).doubles(length, -scale, scale).toArray();
    }

    private static double[] predict(Sequential model, int batch, double[] x) {
        try (Workspace w = Workspace.forInference(model, batch)) {
            w.fill(Double.NaN);
            Vectors.set(w.input(), x);
            w.predict();
            return Vectors.toDoubles(w.output());
        }
    }

    /** Batch, time, features, units; 4 · 520 units are more than one tile of scratch memory. */
    static Stream<Arguments> sizes() {
        int[][] sizes = {{1, 1, 1, 1}, {1, 9, 3, 4}, {5, 4, 2, 7}, {2, 3, 2, 520}};
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Arrays.stream(sizes).map(n -> Arguments.of(type, n[0], n[1], n[2], n[3])));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void forwardIsItsScalarTwin(DataType type, int batch, int time, int features, int units) {
        Sequential lstm = model(new Lstm(units).withAllStates(), type, time, features);
        Sequential gru = model(new Gru(units).withAllStates(), type, time, features);
        double[] x = random((long) batch * time * features, 2);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) x[i];
        }
        double[] ofLstm = predict(lstm, batch, x);
        double[] ofGru = predict(gru, batch, x);
        double tolerance = type == DataType.FLOAT ? 2e-6 : 1e-12;
        assertThat(ofLstm)
                .usingComparatorWithPrecision(tolerance)
                .containsExactly(numberByNumber(lstm, x, batch, time, features));
        assertThat(ofGru)
                .usingComparatorWithPrecision(tolerance)
                .containsExactly(numberByNumber(gru, x, batch, time, features));
    }

    /** The output of the scalar twin of a model's only layer. */
    private static double[] numberByNumber(Sequential model, double[] x, int... shape) {
        Map<String, Tensor<Dual>> values = new HashMap<>();
        for (Parameter p : model.parameters()) {
            double[] numbers = Vectors.toDoubles(model.value(p.path()));
            int[] dims =
                    Arrays.stream(p.shape().dims()).mapToInt(Math::toIntExact).toArray();
            values.put(p.path(), Tensor.of(dims, i -> new Dual(numbers[i], 0)));
        }
        Tensor<Dual> input = Tensor.of(shape, i -> new Dual(x[i], 0));
        return ScalarLayers.of(model.layers().get(0))
                .forward(new ScalarPass<>(input, values, "0", model.seed()))
                .elements()
                .stream()
                .mapToDouble(Dual::value)
                .toArray();
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(new Lstm(3), new Lstm(3).withAllStates()),
                Arguments.of(new Gru(3), new Gru(3).withAllStates()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void lastStateIsTheLastOfAllStates(Layer last, Layer all) {
        double[] x = random(2 * 5 * 4, 1);
        double[] lastStates = predict(model(last, DataType.DOUBLE, 5, 4), 2, x);
        double[] allStates = predict(model(all, DataType.DOUBLE, 5, 4), 2, x);

        assertThat(lastStates).containsExactly(concat(allStates, 4 * 3, 9 * 3));
    }

    private static double[] concat(double[] states, int... starts) {
        return Arrays.stream(starts)
                .boxed()
                .flatMapToDouble(at -> Arrays.stream(states, at, at + 3))
                .toArray();
    }

    static Stream<Layer> layers() {
        return Stream.of(new Lstm(6), new Lstm(6).withAllStates(), new Gru(6), new Gru(6).withAllStates());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void laterInputsDoNotChangeEarlierStates(Layer layer) {
        double[] x = random(4 * 2, 1);
        double[] changed = x.clone();
        changed[3 * 2] += 1;
        double[] before = predict(model(layer, DataType.DOUBLE, 4, 2), 1, x);
        double[] after = predict(model(layer, DataType.DOUBLE, 4, 2), 1, changed);

        int last = before.length - 6;
        assertThat(Arrays.copyOf(after, last)).containsExactly(Arrays.copyOf(before, last));
        assertThat(after[last]).isNotEqualTo(before[last]);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void saturatedGatesStayFinite(Layer layer) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Sequential model = model(layer, type, 5, 3);
            try (Workspace w = Workspace.withInputGradient(model, 4)) {
                for (double scale : new double[] {1e3, 1e4}) {
                    double[] x = random(w.input().length(), 1);
                    Vectors.set(
                            w.input(),
                            Arrays.stream(x).map(v -> Math.signum(v) * scale).toArray());
                    w.forward(0, 0);
                    Vectors.fill(w.scratch(), w.outputGradient(), 1);
                    w.clearGradients();
                    w.backward();

                    assertThat(Vectors.isFinite(new Scratch(), w.output())).isTrue();
                    assertThat(Vectors.isFinite(new Scratch(), w.gradients())).isTrue();
                    assertThat(Vectors.isFinite(new Scratch(), w.inputGradient()))
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void oneNotANumberReachesTheLastStateAndNoOtherExample(Layer layer) {
        double[] x = random(2 * 3 * 2, 1);
        x[1] = Double.NaN;
        double[] y = predict(model(layer, DataType.FLOAT, 3, 2), 2, x);

        assertThat(Arrays.copyOfRange(y, 0, y.length / 2)).containsOnly(Double.NaN);
        assertThat(Arrays.copyOfRange(y, y.length / 2, y.length)).doesNotContain(Double.NaN);
    }

    /** Backward does not change the buffers of forward, so a second cotangent needs no second forward pass. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void backwardMayBeRepeated(Layer layer) {
        try (Workspace w = Workspace.withInputGradient(model(layer, DataType.DOUBLE, 4, 3), 2)) {
            Vectors.set(w.input(), random(w.input().length(), 1));
            w.forward(0, 0);
            Vectors.set(w.outputGradient(), random(w.output().length(), 1));
            w.clearGradients();
            w.backward();
            double[] gradients = Vectors.toDoubles(w.gradients());
            double[] dx = Vectors.toDoubles(w.inputGradient());
            w.clearGradients();
            w.backward();

            assertThat(Vectors.toDoubles(w.gradients())).containsExactly(gradients);
            assertThat(Vectors.toDoubles(w.inputGradient())).containsExactly(dx);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void batchesOfEverySizeAgree(Layer layer) {
        Sequential model = model(layer, DataType.FLOAT, 4, 3);
        float[][] examples = new float[7][12];
        SplittableRandom random = new SplittableRandom(1);
        for (float[] example : examples) {
            for (int i = 0; i < example.length; i++) {
                example[i] = (float) random.nextDouble(-1, 1);
            }
        }
        try (Predictor p = Predictor.of(model)) {
            float[][] together = p.predict(examples);
            for (int n = 0; n < examples.length; n++) {
                assertThat(together[n]).usingComparatorWithPrecision(1e-6f).containsExactly(p.predict(examples[n]));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void parametersHavePyTorchsNamesAndStart(Layer layer) {
        int gates = layer instanceof Lstm ? 4 : 3;
        Sequential model = model(layer, DataType.DOUBLE, 9, 5);

        assertThat(model.parameters())
                .extracting(Parameter::path, Parameter::shape)
                .containsExactly(
                        tuple("0.weight_ih_l0", Shape.of(gates * 6L, 5)),
                        tuple("0.weight_hh_l0", Shape.of(gates * 6L, 6)),
                        tuple("0.bias_ih_l0", Shape.of(gates * 6L)),
                        tuple("0.bias_hh_l0", Shape.of(gates * 6L)));
        double bound = 1 / Math.sqrt(6);
        double[] weights = Vectors.toDoubles(model.weights());
        assertThat(Arrays.stream(weights).map(Math::abs).max().orElseThrow()).isBetween(0.9 * bound, bound);
    }

    @Test
    void forgetBiasRaisesTheSecondQuarterOfOneBiasAtTheStart() {
        double[] plain =
                Vectors.toDoubles(model(new Lstm(2), DataType.DOUBLE, 3, 1).weights());
        double[] raised = Vectors.toDoubles(
                model(new Lstm(2).withForgetBias(1.5), DataType.DOUBLE, 3, 1).weights());
        // 8 weights of the input, 16 of the state, then 8 biases of the input: 2 for each of the gates i, f, g, o
        int bias = 8 + 16;
        plain[bias + 2] += 1.5;
        plain[bias + 3] += 1.5;

        assertThat(raised).containsExactly(plain);
    }

    /** The test first allocates a view, to make sure that the measurement sees one. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void stepsAllocateNothing(Layer layer) {
        ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (Workspace w = Workspace.withInputGradient(model(layer, DataType.FLOAT, 50, 3), 4)) {
            Vectors.fill(w.scratch(), w.input(), 0.5);
            Vectors.fill(w.scratch(), w.outputGradient(), 0.5);
            long before = bean.getCurrentThreadAllocatedBytes();
            Memory.view(w.gradients(), 0, 6);
            long view = bean.getCurrentThreadAllocatedBytes() - before;
            assertThat(view).isPositive();

            // the fewest of several steps, because the collector and the compiler add bytes to single ones
            long fewest = Long.MAX_VALUE;
            for (int step = 0; step < 5; step++) {
                before = bean.getCurrentThreadAllocatedBytes();
                w.forward(step, 0);
                w.backward();
                fewest = Math.min(fewest, bean.getCurrentThreadAllocatedBytes() - before);
            }

            assertThat(fewest).isLessThan(view);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void unitsBelowOneAreRefused(int units) {
        assertThatThrownBy(() -> new Lstm(units))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Lstm has " + units + " units\n  expected at least 1");
        assertThatThrownBy(() -> new Gru(units))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Gru has " + units + " units\n  expected at least 1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void forgetBiasMustBeFinite(double bias) {
        assertThatThrownBy(() -> new Lstm(3).withForgetBias(bias))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Lstm has a forget bias of " + bias + "\n  expected a finite number, such as 1");
    }

    static Stream<Shape> wrongShapes() {
        return Stream.of(Shape.of(), Shape.of(5), Shape.of(3, 28, 28));
    }

    @ParameterizedTest
    @MethodSource("wrongShapes")
    void inputsThatAreNoSequencesAreRefusedAtBuild(Shape input) {
        layers().forEach(layer -> assertThatThrownBy(
                        () -> Sequential.input(input).add(layer).build(DataType.FLOAT, 1))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining(layer.toString())
                .hasMessageContaining("expects  rank 2 per example, [time, features]")
                .hasMessageContaining("received " + input)
                .hasMessageContaining("fix: "));
    }

    @Test
    void nameTheirSettings() {
        assertThat(layers()).hasToString("[Lstm(6), Lstm(6, all states), Gru(6), Gru(6, all states)]");
        assertThat(new Lstm(6).withForgetBias(1).withAllStates()).hasToString("Lstm(6, all states, forget bias 1.0)");
    }

    /** Exact at ±∞, and to 12 digits where the series ends and the quotient begins. */
    @Test
    void tanhIsTanh() {
        for (double x = 1e-9; x < 40; x *= 1.01) {
            assertThat(Recurrent.tanh(x) / Math.tanh(x)).isBetween(1 - 1e-12, 1 + 1e-12);
            assertThat(Recurrent.tanh(-x)).isCloseTo(-Recurrent.tanh(x), within(1e-15));
        }
        assertThat(Recurrent.tanh(0)).isZero();
        assertThat(Recurrent.tanh(1e4)).isEqualTo(1);
        assertThat(Recurrent.tanh(-1e4)).isEqualTo(-1);
        assertThat(Recurrent.tanh(Double.NaN)).isNaN();
        assertThat(Recurrent.sigmoid(1e4)).isEqualTo(1);
        assertThat(Recurrent.sigmoid(-1e4)).isZero();
        assertThat(Recurrent.sigmoid(Double.NaN)).isNaN();
    }
}
