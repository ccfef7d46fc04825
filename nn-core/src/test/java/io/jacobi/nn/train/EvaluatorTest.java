package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class EvaluatorTest {

    private final Sequential model = Toy.model(DataType.DOUBLE);

    @ParameterizedTest(name = "{0} examples")
    @ValueSource(ints = {1, 255, 256, 257, 600})
    void isTheMeanOverEveryExample(int size) {
        double loss = 0;
        int correct = 0;
        try (Predictor p = Predictor.of(model)) {
            float[][] outputs = p.predict(Toy.features(size));
            for (int i = 0; i < size; i++) {
                int label = i % 2;
                loss += Math.log(1 + Math.exp(outputs[i][1 - label] - outputs[i][label]));
                correct += outputs[i][label] > outputs[i][1 - label] ? 1 : 0;
            }
        }

        Evaluation evaluation =
                Evaluator.evaluate(model, new SoftmaxCrossEntropy(), Toy.points(size), List.of(new Accuracy()));

        assertThat(evaluation.loss()).isCloseTo(loss / size, within(1e-6));
        assertThat(evaluation.metric("accuracy")).isCloseTo((double) correct / size, within(1e-12));
    }

    @Test
    void leavesTheWeightsAlone() {
        double[] before = Vectors.toDoubles(model.weights());
        Evaluator.evaluate(model, new SoftmaxCrossEntropy(), Toy.points(10), List.of());

        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    @Test
    void aDataSetThatDoesNotFitIsRejected() {
        ArrayDataset wide = ArrayDataset.of(new float[4][3], new int[4]);

        assertThatThrownBy(() -> Evaluator.evaluate(model, new SoftmaxCrossEntropy(), wide, List.of()))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("received [3]");
    }
}
