package io.jacobi.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.math.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class WeightedDatasetTest {

    private final ArrayDataset plain = ArrayDataset.of(new float[][] {{1, 2}, {3, 4}, {5, 6}}, new int[] {0, 1, 0});

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void readsWeightsInTheGivenOrder(DataType type) {
        INDArray weights = TestArrays.vector(type, -1, -1, -1);

        plain.withWeights(0.5f, 0, 2).readWeights(new int[] {9, 2, 0}, 1, 2, weights);

        assertThat(Vectors.toDoubles(weights)).containsExactly(2, 0.5, -1);
    }

    @Test
    void weightsStayWithTheirExamples() {
        ArrayDataset weighted = plain.withWeights(1, 2, 3);
        INDArray weights = TestArrays.vector(DataType.FLOAT, 0, 0);

        for (ArrayDataset same : new ArrayDataset[] {weighted.take(2), weighted.reshape(Shape.of(1, 2))}) {
            same.readWeights(new int[] {1, 0}, 0, 2, weights);
            assertThat(same.weighted()).isTrue();
            assertThat(Vectors.toDoubles(weights)).containsExactly(2, 1);
        }
    }

    @Test
    void theExamplesAreShared() {
        INDArray features = TestArrays.of(DataType.FLOAT, new double[] {1, 2}, 2, 1);
        ArrayDataset weighted = ArrayDataset.of(features, TestArrays.vector(DataType.FLOAT, 0, 1))
                .withWeights(1, 2);
        Vectors.set(features, new double[] {7, 8});
        INDArray x = TestArrays.of(DataType.FLOAT, new double[1], 1, 1);

        weighted.read(new int[] {1}, 0, 1, x, TestArrays.vector(DataType.FLOAT, 0));

        assertThat(Vectors.toDoubles(x)).containsExactly(8);
    }

    @Test
    void laterChangesOfTheGivenArrayDoNotReachTheWeights() {
        float[] given = {1, 2, 3};
        ArrayDataset weighted = plain.withWeights(given);
        given[0] = -7;
        INDArray weights = TestArrays.vector(DataType.FLOAT, 0);

        weighted.readWeights(new int[] {0}, 0, 1, weights);

        assertThat(Vectors.toDoubles(weights)).containsExactly(1);
    }

    @Test
    void aBatchReadsTheWeightsOfItsExamples() {
        INDArray weights = TestArrays.vector(DataType.FLOAT, 0, 0);

        new Batch(plain.withWeights(1, 2, 3), new int[] {0, 2, 1}, 1, 2).readWeights(0, 2, weights);
        assertThat(Vectors.toDoubles(weights)).containsExactly(3, 2);

        INDArray features = TestArrays.of(DataType.FLOAT, new double[4], 2, 2);
        Batch batch = Batch.of(features, TestArrays.vector(DataType.FLOAT, 0, 1), 4, 5);
        batch.readWeights(1, 1, weights);
        assertThat(Vectors.toDoubles(weights)).containsExactly(5, 2);
    }

    @Test
    void aDataSetWithoutWeightsReadsNone() {
        assertThat(plain.weighted()).isFalse();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> plain.readWeights(new int[] {0}, 0, 1, TestArrays.vector(DataType.FLOAT, 0)))
                .withMessageContaining("have no weights");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, Float.NaN, Float.POSITIVE_INFINITY})
    void anImpossibleWeightNamesItsExample(float weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withWeights(1, weight, 1))
                .withMessageContaining("The weight of example 1 is " + weight)
                .withMessageContaining("expected a finite number that is not negative");
    }

    @Test
    void rejectsAnotherNumberOfWeightsAndAllZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withWeights(1, 2))
                .withMessageContaining("There are 2 weights for 3 examples");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.withWeights(0, 0, 0))
                .withMessageContaining("expected at least one positive weight");
    }
}
