package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowingConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PredictorTest {

    private static final Offset<Float> ROUNDING = Offset.offset(1e-5f);

    private static Sequential model(DataType type) {
        return Sequential.input(Shape.of(6))
                .add(new Dense(5))
                .add(new Rectifier())
                .add(new Dense(3))
                .build(type, 1);
    }

    private static float[][] examples(int n) {
        float[][] rows = new float[n][6];
        for (int i = 0; i < n; i++) {
            double[] values = TestArrays.normals(i, 6);
            for (int j = 0; j < 6; j++) {
                rows[i][j] = (float) values[j];
            }
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void oneExampleManyAndAnArrayAgree(DataType type) {
        // more than the 256 of one pass
        float[][] rows = examples(600);
        try (Predictor p = Predictor.of(model(type))) {
            float[][] many = p.predict(rows);
            INDArray array = p.predict(Nd4j.createFromArray(rows));

            assertThat(many).hasNumberOfRows(600);
            assertThat(array.shape()).containsExactly(600, 3);
            assertThat(array.dataType()).isEqualTo(type);
            for (int i = 0; i < rows.length; i++) {
                float[] one = p.predict(rows[i]);
                assertThat(one).as("example %d", i).hasSize(3).containsExactly(many[i], ROUNDING);
                assertThat(array.getRow(i).castTo(DataType.FLOAT).toFloatVector())
                        .as("row %d", i)
                        .containsExactly(many[i], Offset.offset(0f));
            }
        }
    }

    /** Later examples would be read after earlier outputs were written over them. */
    @Test
    void outputsInTheMemoryOfTheExamplesAreRejected() {
        Sequential square = Sequential.input(Shape.of(6)).add(new Dense(6)).build(DataType.FLOAT, 1);
        try (Predictor p = Predictor.of(square)) {
            INDArray rows = Nd4j.createFromArray(examples(600));
            INDArray half = rows.get(NDArrayIndex.interval(300, 600), NDArrayIndex.all());

            assertThatThrownBy(() -> p.predict(rows, rows))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("into the memory of the examples")
                    .hasMessageContaining("fix: pass another array");
            assertThatThrownBy(() -> p.predict(rows.get(NDArrayIndex.interval(100, 400), NDArrayIndex.all()), half))
                    .hasMessageContaining("into the memory of the examples");
            p.predict(rows.get(NDArrayIndex.interval(0, 300), NDArrayIndex.all()), half);
        }
    }

    @Test
    void agreesWithTheModelsDefinition() {
        Sequential model = Sequential.input(Shape.of(2)).add(new Dense(1)).build(DataType.FLOAT, 1);
        Vectors.set(model.weights(), new double[] {2, 3, 0.5});

        try (Predictor p = Predictor.of(model)) {
            assertThat(p.predict(new float[] {10, 100})).containsExactly(2 * 10 + 3 * 100 + 0.5f);
        }
    }

    @Test
    void seesWeightsThatChange() {
        Sequential model = model(DataType.FLOAT);
        try (Predictor p = Predictor.of(model)) {
            p.predict(new float[6]);
            Vectors.set(model.value("2.bias"), new double[] {7, 8, 9});

            assertThat(p.predict(new float[6])).containsExactly(7, 8, 9);
        }
    }

    @Test
    void anArrayMayHaveAnyTypeOrderOrStrides() {
        INDArray examples = Nd4j.createFromArray(examples(4));
        try (Predictor p = Predictor.of(model(DataType.FLOAT))) {
            double[] expected = Vectors.toDoubles(p.predict(examples));

            assertThat(Vectors.toDoubles(p.predict(examples.dup('f')))).isEqualTo(expected);
            assertThat(Vectors.toDoubles(p.predict(examples.castTo(DataType.DOUBLE))))
                    .isEqualTo(expected);
            assertThat(examples.toFloatMatrix())
                    .as("the examples are unchanged")
                    .isDeepEqualTo(examples(4));
        }
    }

    @Test
    void examplesOfAnArrayHaveTheModelsShapeOrAreFlat() {
        Sequential image = Sequential.input(Shape.of(2, 3)).add(new Rectifier()).build(DataType.FLOAT, 1);
        INDArray flat = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, -6}, 1, 6);
        try (Predictor p = Predictor.of(image)) {
            assertThat(p.predict(flat).shape()).containsExactly(1, 2, 3);
            assertThat(Vectors.toDoubles(p.predict(flat.reshape(1, 2, 3)))).containsExactly(1, 2, 3, 4, 5, 0);
            assertThatThrownBy(() -> p.predict(flat.reshape(1, 3, 2)))
                    .as("a transposed array")
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("expects  [n, 2, 3]")
                    .hasMessageContaining("received [1, 3, 2]");
        }
    }

    @Test
    void noExamplesHaveNoOutputs() {
        try (Predictor p = Predictor.of(model(DataType.FLOAT))) {
            assertThat(p.predict(new float[0][])).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7})
    void anExampleOfAnotherLengthIsRejected(int length) {
        try (Predictor p = Predictor.of(model(DataType.FLOAT))) {
            assertThatThrownBy(() -> p.predict(new float[length]))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("expects  6 values, [6] in 'c' order")
                    .hasMessageContaining("received " + length + " values");
            assertThatThrownBy(() -> p.predict(new float[][] {new float[6], new float[length]}))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() ->
                            p.predict(Nd4j.zeros(DataType.FLOAT, 4, length + 1).reshape(-1)))
                    .isInstanceOf(ShapeException.class);
        }
    }

    @Test
    void writesIntoTheCallersArrays() {
        float[][] rows = examples(300);
        try (Predictor p = Predictor.of(model(DataType.FLOAT))) {
            float[][] expected = p.predict(rows);

            float[] one = new float[3];
            p.predict(rows[7], one);
            assertThat(one).containsExactly(p.predict(rows[7]));

            float[][] many = new float[300][3];
            p.predict(rows, many);
            assertThat(many).isDeepEqualTo(expected);

            float[] flat = new float[900];
            p.predict(rows, flat);
            assertThat(flat).containsExactly(flatten(expected));

            INDArray array = Nd4j.create(DataType.FLOAT, 300, 3);
            p.predict(Nd4j.createFromArray(rows), array);
            assertThat(array.toFloatMatrix()).isDeepEqualTo(expected);
        }
    }

    private static float[] flatten(float[][] rows) {
        float[] flat = new float[rows.length * rows[0].length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * rows[i].length, rows[i].length);
        }
        return flat;
    }

    static Stream<ThrowingConsumer<Predictor>> callsWithoutRoom() {
        float[][] two = new float[2][6];
        INDArray array = Nd4j.createFromArray(two);
        return Stream.of(
                p -> p.predict(two[0], new float[4]),
                p -> p.predict(two, new float[3][3]),
                p -> p.predict(two, new float[][] {new float[3], new float[2]}),
                p -> p.predict(two, new float[7]),
                p -> p.predict(array, Nd4j.create(DataType.FLOAT, 3, 3)),
                p -> p.predict(array, Nd4j.create(DataType.FLOAT, 2, 4)),
                p -> p.predict(array, Nd4j.create(DataType.DOUBLE, 2, 3)),
                p -> p.predict(array, Nd4j.create(DataType.FLOAT, new long[] {2, 3}, 'f')));
    }

    @ParameterizedTest
    @MethodSource("callsWithoutRoom")
    void refusesAnArrayThatTheOutputsDoNotFit(ThrowingConsumer<Predictor> call) {
        try (Predictor p = Predictor.of(model(DataType.FLOAT))) {
            assertThatThrownBy(() -> call.accept(p))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("cannot write its outputs there")
                    .hasMessageContaining("expects ")
                    .hasMessageContaining("received ")
                    .hasMessageContaining("fix: ");
        }
    }

    @Test
    void warmUpMakesTheBuffersAndChangesNoPrediction() {
        float[][] rows = examples(300);
        Sequential model = model(DataType.FLOAT);
        try (Predictor cold = Predictor.of(model);
                Predictor warm = Predictor.of(model)) {
            warm.warmUp();
            int made = warm.workspacesMade();

            assertThat(warm.predict(rows[0])).containsExactly(cold.predict(rows[0]));
            assertThat(warm.predict(rows)).isDeepEqualTo(cold.predict(rows));
            assertThat(warm.workspacesMade()).as("after the first calls").isEqualTo(made);
        }
    }

    @Test
    void throwsAfterClose() {
        Predictor p = Predictor.of(model(DataType.FLOAT));
        p.predict(new float[6]);
        p.close();
        p.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> p.predict(new float[6]))
                .withMessageContaining("the predictor is closed")
                .withMessageContaining("fix: ");
        assertThatIllegalStateException().isThrownBy(() -> p.predict(new float[1][6]));
        assertThatIllegalStateException().isThrownBy(() -> p.predict(Nd4j.zeros(DataType.FLOAT, 1, 6)));
        assertThatIllegalStateException().isThrownBy(p::warmUp);
    }
}
