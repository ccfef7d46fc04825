package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Row;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Layers that are written for one example, over batches of them. */
class RowLayerTest {

    /** Runs the given code on each row, after setting y and dx to 0. */
    private record Probe(Consumer<Row> inForward, Consumer<Row> inBackward) implements RowLayer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("a", Shape.of(2), Initializers.constant(0.1));
            d.state("mean", Shape.of(1), Initializers.constant(5));
            d.saved("kept", Shape.of(2));
            return Shape.of(2);
        }

        @Override
        public void forward(Row row) {
            Arrays.fill(row.y(), 0);
            Arrays.fill(row.saved("kept"), 0);
            inForward.accept(row);
        }

        @Override
        public void backward(Row row) {
            Arrays.fill(row.dx(), 0);
            inBackward.accept(row);
        }

        @Override
        public String toString() {
            return "Probe";
        }
    }

    private static void nothing(Row row) {}

    /** Forward and backward of a batch of {@code examples} of three features. */
    private static Workspace run(Probe layer, DataType type, int examples) {
        Workspace w = Workspace.withInputGradient(model(layer, type), examples);
        run(w, 0);
        return w;
    }

    private static Sequential model(Probe layer, DataType type) {
        return Sequential.input(Shape.of(3)).add(layer).build(type, 1);
    }

    private static void run(Workspace w, int firstExample) {
        Vectors.set(w.input(), TestArrays.normals(1, 3 * w.batch()));
        w.forward(0, firstExample);
        Vectors.set(w.outputGradient(), TestArrays.normals(2, 2 * w.batch()));
        w.clearGradients();
        w.backward();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void examplesAreReadAndWrittenInOrder(DataType type) {
        double[] x = TestArrays.normals(1, 12);
        List<Double> seen = new ArrayList<>();
        Probe layer = new Probe(
                row -> {
                    seen.add(row.x()[2]);
                    row.y()[0] = row.x()[0];
                    row.y()[1] = 7;
                    row.saved("kept")[1] = row.x()[1];
                },
                row -> {
                    assertThat(row.y()[0]).isEqualTo(row.x()[0]);
                    row.dx()[2] = 2 * row.saved("kept")[1];
                    row.gradient("a")[1] += row.dy()[0];
                });
        try (Workspace w = run(layer, type, 4)) {
            double[] rounded = Vectors.toDoubles(w.input());
            double[] y = Vectors.toDoubles(w.output());
            double[] dx = Vectors.toDoubles(w.inputGradient());
            double[] dy = Vectors.toDoubles(w.outputGradient());

            assertThat(rounded).containsExactly(x, within(1e-7));
            assertThat(seen).containsExactly(rounded[2], rounded[5], rounded[8], rounded[11]);
            assertThat(y).containsExactly(rounded[0], 7, rounded[3], 7, rounded[6], 7, rounded[9], 7);
            for (int n = 0; n < 4; n++) {
                assertThat(Arrays.copyOfRange(dx, 3 * n, 3 * n + 3)).containsExactly(0, 0, 2 * rounded[3 * n + 1]);
            }
            assertThat(Vectors.toDoubles(w.gradients()))
                    .containsExactly(new double[] {0, dy[0] + dy[2] + dy[4] + dy[6]}, within(1e-6));
        }
    }

    @Test
    void arraysHaveTheLengthOfTheExample() {
        Probe layer = new Probe(
                row -> assertThat(Stream.of(row.x(), row.y(), row.value("a"), row.value("mean"), row.saved("kept")))
                        .extracting(array -> array.length)
                        .containsExactly(3, 2, 2, 1, 2),
                row -> assertThat(Stream.of(row.dx(), row.dy(), row.gradient("a")))
                        .extracting(array -> array.length)
                        .containsExactly(3, 2, 2));
        try (Workspace w = run(layer, DataType.FLOAT, 2)) {
            assertThat(w.batch()).isEqualTo(2);
        }
    }

    @Test
    void everyPassReadsTheCurrentValues() {
        List<Double> seen = new ArrayList<>();
        Probe layer = new Probe(row -> seen.add(row.value("a")[0] + row.value("mean")[0]), RowLayerTest::nothing);
        try (Workspace w = run(layer, DataType.DOUBLE, 1)) {
            Vectors.set(w.model().value("0.a"), new double[] {3, 4});
            w.predict();
        }
        assertThat(seen).containsExactly(5.1, 8.0);
    }

    /** If an array kept the previous example, a layer that does not write it would go unnoticed. */
    @Test
    void unwrittenElementsAreNaN() {
        RowLayer forgetful = new Forgetful();
        Sequential model = Sequential.input(Shape.of(3)).add(forgetful).build(DataType.DOUBLE, 1);
        try (Workspace w = Workspace.withInputGradient(model, 2)) {
            run(w);
            assertThat(Vectors.toDoubles(w.output())).containsExactly(1, Double.NaN, 1, Double.NaN);
            assertThat(Vectors.toDoubles(w.inputGradient()))
                    .containsExactly(2, Double.NaN, Double.NaN, 2, Double.NaN, Double.NaN);
        }
    }

    private static void run(Workspace w) {
        run(w, 0);
    }

    private record Forgetful() implements RowLayer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return Shape.of(2);
        }

        @Override
        public void forward(Row row) {
            row.y()[0] = 1;
        }

        @Override
        public void backward(Row row) {
            row.dx()[0] = 2;
        }
    }

    @Test
    void gradientsAccumulate() {
        Probe layer = new Probe(RowLayerTest::nothing, row -> row.gradient("a")[0] += 1);
        try (Workspace w = run(layer, DataType.FLOAT, 3)) {
            w.backward();
            assertThat(Vectors.toDoubles(w.gradients())).containsExactly(6, 0);
        }
    }

    @Test
    void randomNumbersDependOnTheExampleAndNotOnTheSplit() {
        List<Long> drawn = new ArrayList<>();
        List<Long> again = new ArrayList<>();
        Probe layer = new Probe(
                row -> drawn.add(row.random().nextLong()),
                row -> again.add(row.random().nextLong()));
        run(layer, DataType.FLOAT, 4).close();
        assertThat(drawn).doesNotHaveDuplicates().hasSize(4).isEqualTo(again);

        List<Long> whole = List.copyOf(drawn);
        drawn.clear();
        try (Workspace half = Workspace.withInputGradient(model(layer, DataType.FLOAT), 2)) {
            run(half, 0);
            run(half, 2);
        }
        assertThat(drawn).isEqualTo(whole);
    }

    @Test
    void knowsWhetherItTrainsAndWhetherDxIsNeeded() {
        List<Boolean> training = new ArrayList<>();
        List<Boolean> needed = new ArrayList<>();
        Probe layer = new Probe(row -> training.add(row.training()), row -> needed.add(row.needsInputGradient()));
        try (Workspace w = Workspace.forTraining(model(layer, DataType.FLOAT), 1)) {
            run(w, 0);
            w.predict();
        }
        Sequential behind =
                Sequential.input(Shape.of(3)).add(new Dense(3)).add(layer).build(DataType.FLOAT, 1);
        try (Workspace w = Workspace.forTraining(behind, 1)) {
            run(w, 0);
        }
        assertThat(training).containsExactly(true, false, true);
        assertThat(needed).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aNarrowedWorkspaceRunsItsRowsAlone(int examples) {
        List<Double> seen = new ArrayList<>();
        Probe layer = new Probe(row -> seen.add(row.x()[0]), RowLayerTest::nothing);
        try (Workspace w = Workspace.forInference(model(layer, DataType.DOUBLE), 4)) {
            w.narrow(examples).predict();
        }
        assertThat(seen).hasSize(examples);
    }

    @Test
    void longRowsAreWhole() {
        int length = 5000;
        Sequential model = Sequential.input(Shape.of(length)).add(new Twice()).build(DataType.FLOAT, 1);
        try (Workspace w = Workspace.withInputGradient(model, 2)) {
            Vectors.set(w.input(), TestArrays.normals(1, 2 * length));
            w.predict();
            double[] twice =
                    Arrays.stream(Vectors.toDoubles(w.input())).map(v -> 2 * v).toArray();
            assertThat(Vectors.toDoubles(w.output())).containsExactly(twice);
        }
    }

    private record Twice() implements RowLayer {
        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Row row) {
            for (int i = 0; i < row.x().length; i++) {
                row.y()[i] = 2 * row.x()[i];
            }
        }

        @Override
        public void backward(Row row) {
            for (int i = 0; i < row.x().length; i++) {
                row.dx()[i] = 2 * row.dy()[i];
            }
        }
    }

    @Test
    void aMissingArrayIsAClearError() {
        Probe layer = new Probe(
                row -> {
                    assertThatIllegalStateException()
                            .isThrownBy(row::dy)
                            .withMessageContaining("Probe has no dy in forward");
                    assertThatIllegalStateException()
                            .isThrownBy(row::dx)
                            .withMessageContaining("Probe has no dx in forward");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> row.gradient("a"))
                            .withMessageContaining("Probe has no gradient in forward");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> row.value("b"))
                            .withMessageContaining("Probe has no value(\"b\") here");
                    assertThatIllegalStateException()
                            .isThrownBy(() -> row.saved("b"))
                            .withMessageContaining("Probe has no saved(\"b\") here");
                },
                row -> assertThatIllegalStateException()
                        .isThrownBy(() -> row.gradient("mean"))
                        .withMessageContaining("Probe has no gradient(\"mean\") here"));
        run(layer, DataType.FLOAT, 1).close();
    }
}
