package io.jacobi.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.ExampleException;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Models whose outputs are their inputs, so that the predictions are the numbers of the test. */
class ConfusionMatrixTest {

    private static final int[] ACTUAL = {0, 0, 0, 1, 1, 2};
    private static final int[] PREDICTED = {0, 0, 1, 1, 2, 1};

    private static Sequential identity(int size) {
        Sequential model = Sequential.input(Shape.of(size)).add(new Dense(size)).build(DataType.FLOAT, 1);
        double[] weights = new double[size * size + size];
        for (int i = 0; i < size; i++) {
            weights[i * size + i] = 1;
        }
        Vectors.set(model.weights(), weights);
        return model;
    }

    private static float[][] scores(int[] predicted) {
        return Arrays.stream(predicted)
                .mapToObj(c -> new float[] {c == 0 ? 2 : 1, c == 1 ? 2 : 1, c == 2 ? 2 : 1})
                .toArray(float[][]::new);
    }

    private static ConfusionMatrix matrix() {
        return ConfusionMatrix.of(identity(3), ArrayDataset.of(scores(PREDICTED), ACTUAL));
    }

    @Test
    void countsPredictionsOfEachClass() {
        assertThat(matrix().counts()).isDeepEqualTo(new long[][] {{2, 1, 0}, {0, 1, 1}, {0, 1, 0}});
        assertThat(matrix().count(1, 2)).isEqualTo(1);
        assertThat(matrix().classes()).isEqualTo(3);
        assertThat(matrix().labels()).containsExactly("0", "1", "2");
    }

    @Test
    void scoresFollowFromTheCounts() {
        assertThat(matrix().accuracy()).isEqualTo(3 / 6.0);
        assertThat(matrix().precision(1)).isEqualTo(1 / 3.0);
        assertThat(matrix().recall(0)).isEqualTo(2 / 3.0);
        assertThat(matrix().f1(0)).isEqualTo(4 / 5.0);
        assertThat(matrix().f1(2)).isZero();
        assertThat(matrix().precision(Averaging.MACRO)).isEqualTo((1 + 1 / 3.0 + 0) / 3);
        assertThat(matrix().recall(Averaging.WEIGHTED)).isEqualTo(0.5);
        assertThat(matrix().f1(Averaging.MICRO)).isEqualTo(0.5);
    }

    @Test
    void isATableWithLabels() {
        ConfusionMatrix named = matrix().withLabels("cat", "dog", "goldfish");

        assertThat(named)
                .hasToString("""
                        actual \\ predicted  cat  dog  goldfish
                        cat                   2    1         0
                        dog                   0    1         1
                        goldfish              0    1         0""")
                .isEqualTo(matrix().withLabels("cat", "dog", "goldfish"))
                .hasSameHashCodeAs(matrix().withLabels("cat", "dog", "goldfish"))
                .isNotEqualTo(matrix());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> matrix().withLabels("cat", "dog"))
                .withMessageContainingAll("2 labels", "3 classes");
    }

    @Test
    void aSingleOutputSaysNoOrYes() {
        float[][] outputs = {{-1}, {0.25f}, {0.75f}, {2}};
        ArrayDataset data = ArrayDataset.of(outputs, new float[] {0, 0, 1, 1});

        assertThat(ConfusionMatrix.of(identity(1), data).counts()).isDeepEqualTo(new long[][] {{1, 1}, {0, 2}});
        assertThat(ConfusionMatrix.of(identity(1), new MeanSquaredError(), data).counts())
                .as("0.25 is nearer to 0")
                .isDeepEqualTo(new long[][] {{2, 0}, {0, 2}});
        assertThat(ConfusionMatrix.of(identity(1), data).labels()).containsExactly("no", "yes");
    }

    @Test
    void leavesOutWhatTrainingLeavesOut() {
        ArrayDataset data = ArrayDataset.of(scores(PREDICTED), ACTUAL);

        assertThat(ConfusionMatrix.of(identity(3), data.withWeights(0, 1, 1, 5, 1, 1))
                        .counts())
                .as("an example of weight 0, and not by weight")
                .isDeepEqualTo(new long[][] {{1, 1, 0}, {0, 1, 1}, {0, 1, 0}});
        assertThat(ConfusionMatrix.of(identity(3), new SoftmaxCrossEntropy().ignoreIndex(2), data)
                        .counts())
                .as("an ignored class")
                .isDeepEqualTo(new long[][] {{2, 1, 0}, {0, 1, 1}, {0, 0, 0}});
    }

    @Test
    void whatIsNoClassIsRefused() {
        float[][] outputs = {{1, 0}, {0, 1}};

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionMatrix.of(
                        identity(2), new BinaryCrossEntropy(), ArrayDataset.of(outputs, new float[][] {{1, 1}, {0, 1}
                        })))
                .withMessageContaining("each output is a yes or no of its own");
        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> ConfusionMatrix.of(identity(2), ArrayDataset.of(outputs, new int[] {0, 5})))
                .withMessageContainingAll("row 1 of the data set", "5.0");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> ConfusionMatrix.of(identity(3), ArrayDataset.of(scores(PREDICTED), new float[6][2])))
                .withMessageContaining("confusion matrix cannot be judged");
    }

    @Test
    void aNanPredictsNothing() {
        ArrayDataset data = ArrayDataset.of(new float[][] {{1}, {Float.NaN}}, new float[] {1, 0});

        assertThatExceptionOfType(ExampleException.class)
                .isThrownBy(() -> ConfusionMatrix.of(identity(1), data))
                .withMessageContainingAll("row 1 of the data set", "NaN");
    }
}
