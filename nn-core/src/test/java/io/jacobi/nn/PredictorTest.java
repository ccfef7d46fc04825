package io.jacobi.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
        // more than the 256 that are computed at once
        float[][] rows = examples(600);
        try (Predictor p = model(type).predictor()) {
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

    @Test
    void agreesWithTheModelsDefinition() {
        Sequential model = Sequential.input(Shape.of(2)).add(new Dense(1)).build(DataType.FLOAT, 1);
        Vectors.set(model.weights(), new double[] {2, 3, 0.5});

        try (Predictor p = model.predictor()) {
            assertThat(p.predict(new float[] {10, 100})).containsExactly(2 * 10 + 3 * 100 + 0.5f);
        }
    }

    @Test
    void seesWeightsThatChange() {
        Sequential model = model(DataType.FLOAT);
        try (Predictor p = model.predictor()) {
            p.predict(new float[6]);
            Vectors.set(model.value("2.bias"), new double[] {7, 8, 9});

            assertThat(p.predict(new float[6])).containsExactly(7, 8, 9);
        }
    }

    @Test
    void anArrayMayHaveAnyTypeOrderOrStrides() {
        INDArray examples = Nd4j.createFromArray(examples(4));
        try (Predictor p = model(DataType.FLOAT).predictor()) {
            double[] expected = Vectors.toDoubles(p.predict(examples));

            assertThat(Vectors.toDoubles(p.predict(examples.dup('f')))).isEqualTo(expected);
            assertThat(Vectors.toDoubles(p.predict(examples.castTo(DataType.DOUBLE))))
                    .isEqualTo(expected);
            assertThat(examples.toFloatMatrix())
                    .as("what was handed over is whole")
                    .isDeepEqualTo(examples(4));
        }
    }

    @Test
    void anArraysExamplesHaveTheModelsShapeOrAreFlat() {
        Sequential image = Sequential.input(Shape.of(2, 3)).add(new Rectifier()).build(DataType.FLOAT, 1);
        INDArray flat = TestArrays.of(DataType.FLOAT, new double[] {1, 2, 3, 4, 5, -6}, 1, 6);
        try (Predictor p = image.predictor()) {
            assertThat(p.predict(flat).shape()).containsExactly(1, 2, 3);
            assertThat(Vectors.toDoubles(p.predict(flat.reshape(1, 2, 3)))).containsExactly(1, 2, 3, 4, 5, 0);
            assertThatThrownBy(() -> p.predict(flat.reshape(1, 3, 2)))
                    .as("rows taken for columns")
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("expects  [n, 2, 3]")
                    .hasMessageContaining("received [1, 3, 2]");
        }
    }

    @Test
    void noExamplesHaveNoOutputs() {
        try (Predictor p = model(DataType.FLOAT).predictor()) {
            assertThat(p.predict(new float[0][])).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 7})
    void anExampleOfAnotherLengthIsRejected(int length) {
        try (Predictor p = model(DataType.FLOAT).predictor()) {
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
    void throwsOnceClosed() {
        Predictor p = model(DataType.FLOAT).predictor();
        p.predict(new float[6]);
        p.close();
        p.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> p.predict(new float[6]))
                .withMessageContaining("the predictor is closed")
                .withMessageContaining("fix: ");
        assertThatIllegalStateException().isThrownBy(() -> p.predict(new float[1][6]));
        assertThatIllegalStateException().isThrownBy(() -> p.predict(Nd4j.zeros(DataType.FLOAT, 1, 6)));
    }

    @Test
    void manyThreadsGetTheBitsThatOneGets() throws Exception {
        float[][] rows = examples(50);
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try (Predictor p = model(DataType.FLOAT).predictor()) {
            List<float[]> alone = new ArrayList<>();
            for (float[] row : rows) {
                alone.add(p.predict(row));
            }
            List<Future<List<float[]>>> together = new ArrayList<>();
            for (int t = 0; t < 6; t++) {
                together.add(threads.submit(() -> {
                    List<float[]> outputs = new ArrayList<>();
                    for (int i = 0; i < 2000; i++) {
                        outputs.add(p.predict(rows[i % rows.length]));
                    }
                    return outputs;
                }));
            }
            for (Future<List<float[]>> outputs : together) {
                for (int i = 0; i < 2000; i++) {
                    assertThat(outputs.get().get(i)).containsExactly(alone.get(i % rows.length));
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
