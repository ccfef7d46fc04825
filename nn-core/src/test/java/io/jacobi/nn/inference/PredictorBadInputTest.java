package io.jacobi.nn.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.model.Sequential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Bad input is refused with the number of its example and element, and does no harm. */
class PredictorBadInputTest {

    private static final int N = 600;
    private static final int BAD = 500;

    private final Predictor predictor =
            Predictor.of(Sequential.input(Shape.of(4)).add(new Dense(3)).build(DataType.FLOAT, 1));
    private final float[][] good =
            TestArrays.of(DataType.FLOAT, TestArrays.normals(1, N * 4), N, 4).toFloatMatrix();

    @AfterEach
    void close() {
        predictor.close();
    }

    private float[][] with(float value) {
        float[][] rows = new float[N][];
        for (int i = 0; i < N; i++) {
            rows[i] = good[i].clone();
        }
        rows[BAD][2] = value;
        return rows;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void namesTheExampleAndTheElementThatIsNotFinite(float value) {
        float[][] rows = with(value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(rows[BAD]))
                .withMessageContaining("cannot take this example: element 2 is " + value)
                .withMessageContaining("expected ")
                .withMessageContaining("fix: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(rows))
                .withMessageContaining("cannot take example 500: element 2 is " + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(Nd4j.createFromArray(rows)))
                .withMessageContaining("cannot take example 500: element 2 is " + value);
    }

    @Test
    void namesTheExampleOfTheWrongLength() {
        float[][] rows = with(0);
        rows[BAD] = new float[5];

        assertThatThrownBy(() -> predictor.predict(rows))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("cannot take example 500")
                .hasMessageContaining("expects  4 values")
                .hasMessageContaining("received 5 values");
    }

    @Test
    void refusesADoubleThatIsInfiniteAsAFloat() {
        INDArray doubles = Nd4j.createFromArray(new double[][] {{1, 2, 3, 4}, {1, 2, 3, -1e300}});

        assertThatIllegalArgumentException()
                .isThrownBy(() -> predictor.predict(doubles))
                .withMessageContaining("example 1: element 3 is -Infinity")
                .withMessageContaining("as FLOAT");
    }

    @Test
    void aDoubleModelAcceptsALargeDouble() {
        Sequential model = Sequential.input(Shape.of(1)).add(new Dense(1)).build(DataType.DOUBLE, 1);
        try (Predictor p = Predictor.of(model)) {
            double[] output =
                    io.jacobi.nn.math.Vectors.toDoubles(p.predict(Nd4j.createFromArray(new double[][] {{1e300}})));

            assertThat(output[0]).isEqualTo(1e300 * model.weights().getDouble(0));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> p.predict(Nd4j.createFromArray(new double[][] {{Double.NaN}})))
                    .withMessageContaining("example 0: element 0 is NaN");
        }
    }

    @Test
    void writesNothing() {
        float[][] rows = with(Float.NaN);
        float[][] outputs = new float[N][3];
        float[] flat = new float[N * 3];
        INDArray array = Nd4j.create(DataType.FLOAT, N, 3);

        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(rows, outputs));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(rows, flat));
        assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(Nd4j.createFromArray(rows), array));

        assertThat(outputs).isDeepEqualTo(new float[N][3]);
        assertThat(flat).containsExactly(new float[N * 3]);
        assertThat(array.toFloatMatrix()).isDeepEqualTo(new float[N][3]);
    }

    @Test
    void predictsCorrectlyAfterARefusal() {
        float[] one = predictor.predict(good[0]);
        float[][] many = predictor.predict(good);
        int made = predictor.workspacesMade();

        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            float[][] rows = with(value);
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(rows[BAD]));
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(rows));
            assertThatIllegalArgumentException().isThrownBy(() -> predictor.predict(Nd4j.createFromArray(rows)));
        }

        assertThat(predictor.predict(good[0])).containsExactly(one);
        assertThat(predictor.predict(good)).isDeepEqualTo(many);
        assertThat(predictor.workspacesMade()).isEqualTo(made);
    }
}
