package io.jacobi.nn.layers.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The numbers of docs/scalar-engine.md, from one network in scalars, in dual numbers and in layers. */
class ScalarEngineTest {

    private static final double[][] X = {{1, 2}, {-1, 0.5}};
    private static final double[] T = {1, 0};
    private static final double[] START = {0.5, -0.3, 0.8, 0.2, -0.4, 0.6, 0.2, -0.2, 0, 0.7, -0.5, 0.3, 0.05};
    private static final List<String> NAMES = List.of(
            "W_{11}", "W_{12}", "W_{21}", "W_{22}", "W_{31}", "W_{32}", "b_1", "b_2", "b_3", "V_1", "V_2", "V_3", "c");

    private static <T extends Real<T>> List<T> outputs(List<T> w) {
        List<T> outputs = new ArrayList<>();
        for (double[] x : X) {
            T y = w.get(12);
            for (int i = 0; i < 3; i++) {
                T a = w.get(6 + i)
                        .plus(w.get(2 * i).times(x[0]))
                        .plus(w.get(2 * i + 1).times(x[1]));
                y = y.plus(w.get(9 + i).times(a.tanh()));
            }
            outputs.add(y);
        }
        return outputs;
    }

    private static <T extends Real<T>> T loss(List<T> w) {
        List<T> y = outputs(w);
        return y.get(0).minus(T[0]).square().plus(y.get(1).minus(T[1]).square()).over(2);
    }

    /** The loss and its derivative with respect to each weight. */
    private static double[] byScalars() {
        List<Scalar> w = Arrays.stream(START).mapToObj(Scalar::of).toList();
        Scalar loss = loss(w);
        loss.backward();
        return withLoss(loss.value(), w.stream().mapToDouble(Scalar::gradient).toArray());
    }

    private static double[] byDuals() {
        double[] tangents = IntStream.range(0, START.length)
                .mapToDouble(k -> loss(direction(i -> i == k ? 1 : 0)).tangent())
                .toArray();
        return withLoss(loss(direction(i -> 0)).value(), tangents);
    }

    private static double[] byLayers() {
        Sequential net = Sequential.input(Shape.of(2))
                .add(new Affine(3))
                .add(new Tanh())
                .add(new Affine(1))
                .build(DataType.DOUBLE, 1);
        Vectors.set(net.weights(), START);
        INDArray targets = Memory.array(DataType.DOUBLE, 2, 1);
        Vectors.set(targets, T);
        try (Workspace w = Workspace.forTraining(net, 2)) {
            Vectors.set(
                    w.input(), Arrays.stream(X).flatMapToDouble(Arrays::stream).toArray());
            w.forward(0, 0);
            double loss =
                    new MeanSquaredError().valueAndGradient(w.output(), targets, w.outputGradient(), new Scratch());
            w.clearGradients();
            w.backward();
            return withLoss(loss, Vectors.toDoubles(w.gradients()));
        }
    }

    private static List<Dual> direction(IntToDoubleFunction tangent) {
        return IntStream.range(0, START.length)
                .mapToObj(i -> new Dual(START[i], tangent.applyAsDouble(i)))
                .toList();
    }

    private static double[] withLoss(double loss, double[] gradient) {
        double[] all = new double[1 + gradient.length];
        all[0] = loss;
        System.arraycopy(gradient, 0, all, 1, gradient.length);
        return all;
    }

    @Test
    void threeEnginesGiveTheSameNumbers() {
        assertThat(byLayers()).usingComparatorWithPrecision(1e-15).containsExactly(byScalars());
        assertThat(byDuals()).usingComparatorWithPrecision(1e-15).containsExactly(byScalars());
    }

    @Test
    void theTableOfThePageHoldsTheirResults() {
        String page = read("../docs/scalar-engine.md");
        double[] scalars = byScalars();
        double[] layers = byLayers();
        double[] duals = byDuals();

        for (int row = 0; row < scalars.length; row++) {
            String name = row == 0 ? "L" : "\\mathrm{d}" + NAMES.get(row - 1);
            assertThat(page)
                    .contains(String.format(
                            Locale.ROOT,
                            "| $`%s`$ | %.12f | %.12f | %.12f |\n",
                            name,
                            scalars[row],
                            layers[row],
                            duals[row]));
        }
    }

    @Test
    void theCodeOfThePageIsTheCodeThatRuns() {
        String sources = Stream.of("Scalar", "Dual")
                .map(name -> read("../nn-check/src/main/java/io/jacobi/nn/scalar/" + name + ".java"))
                .collect(Collectors.joining());
        List<String> methods = Pattern.compile("```java\n(public .*?)```", Pattern.DOTALL)
                .matcher(read("../docs/scalar-engine.md"))
                .results()
                .map(block -> block.group(1).indent(4))
                .toList();

        assertThat(methods).hasSize(3).allSatisfy(method -> assertThat(sources).contains(method));
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** uᵀ J v from both sides, and the sum of the gradients, which is equal to it if v is all ones. */
    @Test
    void bothDirectionsMeet() {
        double sumOfGradients = Arrays.stream(byScalars()).skip(1).sum();
        List<Dual> jv = outputs(direction(i -> 1));
        double meeting = (jv.get(0).value() - T[0]) * jv.get(0).tangent()
                + (jv.get(1).value() - T[1]) * jv.get(1).tangent();

        assertThat(loss(direction(i -> 1)).tangent()).isCloseTo(-5.231495630997572, within(1e-14));
        assertThat(sumOfGradients).isCloseTo(-5.231495630997572, within(1e-14));
        assertThat(meeting).isCloseTo(-5.231495630997572, within(1e-14));
    }
}
