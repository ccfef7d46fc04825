package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class EmbeddingTest {

    private static final List<DataType> TYPES = List.of(DataType.FLOAT, DataType.DOUBLE);

    private static Sequential model(DataType type, int vocabulary, int dimensions, long... input) {
        return Sequential.input(Shape.of(input))
                .add(new Embedding(vocabulary, dimensions))
                .build(type, 1);
    }

    @Test
    void looksUpRowsAndAddsTheirGradients() {
        for (DataType type : TYPES) {
            Sequential model = model(type, 3, 2, 2);
            Vectors.set(model.value("0.weight"), new double[] {10, 11, 20, 21, 30, 31});
            try (Workspace w = Workspace.withInputGradient(model, 2)) {
                w.fill(Double.NaN);
                Vectors.set(w.input(), new double[] {2, 0, 2, 2});
                w.forward(0, 0);
                Vectors.set(w.outputGradient(), new double[] {1, 2, 3, 4, 5, 6, 7, 8});
                Vectors.set(w.gradients(), new double[] {100, 0, 0, 0, 0, 0});
                w.backward();

                assertThat(Vectors.toDoubles(w.output())).containsExactly(30, 31, 10, 11, 30, 31, 30, 31);
                // row 2 was used three times: 1 + 5 + 7 and 2 + 6 + 8; row 1 never
                assertThat(Vectors.toDoubles(w.gradients())).containsExactly(103, 4, 0, 0, 13, 16);
                assertThat(Vectors.toDoubles(w.inputGradient())).containsOnly(0);
            }
        }
    }

    @Test
    void addsADimensionToAnyShape() {
        assertThat(model(DataType.FLOAT, 5, 3, 4, 2).outputShape()).isEqualTo(Shape.of(4, 2, 3));
        assertThat(model(DataType.FLOAT, 5, 3).outputShape()).isEqualTo(Shape.of(3));
        assertThat(model(DataType.FLOAT, 5, 3, 4).parameters().get(0).shape()).isEqualTo(Shape.of(5, 3));
    }

    @Test
    void worksBeyondTheSizeOfATile() {
        int positions = 3000;
        int dimensions = 2100;
        for (DataType type : TYPES) {
            Sequential model = model(type, 2, dimensions, positions);
            double[] weight = Vectors.toDoubles(model.value("0.weight"));
            double[] x = new SplittableRandom(1)
                    .ints(positions, 0, 2)
                    .mapToDouble(i -> i)
                    .toArray();
            try (Workspace w = Workspace.forTraining(model, 1)) {
                Vectors.set(w.input(), x);
                w.forward(0, 0);
                Vectors.fill(w.scratch(), w.outputGradient(), 1);
                w.clearGradients();
                w.backward();
                double[] y = Vectors.toDoubles(w.output());
                double ones = Arrays.stream(x).sum();

                int last = positions - 1;
                int row = (int) x[last];
                assertThat(Arrays.copyOfRange(y, last * dimensions, positions * dimensions))
                        .containsExactly(Arrays.copyOfRange(weight, row * dimensions, (row + 1) * dimensions));
                assertThat(Arrays.copyOfRange(Vectors.toDoubles(w.gradients()), dimensions, 2 * dimensions))
                        .containsOnly(ones);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 5, 2.5, 1e30, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnInvalidIndexBeforeItWritesAnything(double wrong) {
        for (DataType type : TYPES) {
            try (Workspace w = Workspace.forTraining(model(type, 5, 3, 2, 3), 2)) {
                Vectors.fill(w.scratch(), w.output(), 7);
                Vectors.set(w.input(), new double[] {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, wrong});

                assertThatThrownBy(() -> w.forward(0, 10))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith(
                                "Embedding(5, 3): the index of example 11 of the batch at position [1, 2] is ")
                        .hasMessageContaining("\n  expected a whole number from 0 to 4\n  fix: ");
                assertThat(Vectors.toDoubles(w.output())).containsOnly(7);
            }
        }
    }

    @Test
    void showsTheWrongIndexAsItWasGiven() {
        try (Workspace w = Workspace.forTraining(model(DataType.FLOAT, 5, 3), 2)) {
            Vectors.set(w.input(), new double[] {4, 5});
            assertThatThrownBy(() -> w.forward(0, 0))
                    .hasMessageContaining("of example 1 of the batch at position [] is 5\n");
            Vectors.set(w.input(), new double[] {2.5, 5});
            assertThatThrownBy(() -> w.forward(0, 0))
                    .hasMessageContaining("of example 0 of the batch at position [] is 2.5\n");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, (1 << 24) + 1})
    void refusesAnImpossibleVocabulary(int vocabulary) {
        assertThatThrownBy(() -> new Embedding(vocabulary, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Embedding has a vocabulary of " + vocabulary)
                .hasMessageContaining("expected 1 to 16777216");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void refusesImpossibleDimensions(int dimensions) {
        assertThatThrownBy(() -> new Embedding(3, dimensions))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Embedding has " + dimensions + " dimensions")
                .hasMessageContaining("expected at least 1");
    }

    @Test
    void startsAsTheInitializerSays() {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Embedding(3, 2).withWeightInitializer(Initializers.constant(0.5)))
                .build(DataType.FLOAT, 1);

        assertThat(Vectors.toDoubles(model.weights())).containsOnly(0.5);
        assertThat(new Embedding(3, 2)).hasToString("Embedding(3, 2)");
    }
}
