package io.jacobi.nn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.LogSoftmax;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Last layers and losses that belong together, and those that are often put together by mistake. */
class LastLayerAndLossTest {

    private static final float[][] FEATURES = {{1, -2}, {0.5f, 3}, {-1, 0.3f}};
    private static final int[] LABELS = {2, 0, 1};

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(new Softmax(), new SoftmaxCrossEntropy()),
                Arguments.of(new LogSoftmax(), new SoftmaxCrossEntropy()),
                Arguments.of(Chain.of(new Affine(3), new Softmax()), new SoftmaxCrossEntropy()),
                Arguments.of(new Sigmoid(), new BinaryCrossEntropy()),
                Arguments.of(new LogSoftmax(), new BinaryCrossEntropy()),
                Arguments.of(new Softmax(), new NegativeLogLikelihood()),
                Arguments.of(new Softmax(), new KullbackLeibler()));
    }

    @ParameterizedTest(name = "{1} after {0}")
    @MethodSource("mistakes")
    void aMistakeIsRefusedWithBothNamesAndAFixBeforeThereAreData(Layer last, Loss loss) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(model(last), loss, new Sgd(0.1)))
                .withMessageStartingWith("Layer 2 of 2, " + last + ", does not go with the loss: " + loss)
                .withMessageContaining("fix: ");
    }

    @Test
    void logSoftmaxWithLogLikelihoodTrainsLikeLogitsWithCrossEntropy() {
        double[] byLogs = weightsAfterSteps(model(new LogSoftmax()), new NegativeLogLikelihood());
        double[] byLogits = weightsAfterSteps(
                Sequential.input(Shape.of(2)).add(new Affine(3)).build(DataType.DOUBLE, 1), new SoftmaxCrossEntropy());

        assertThat(byLogs).containsExactly(byLogits, within(1e-13));
    }

    private static Sequential model(Layer last) {
        return Sequential.input(Shape.of(2)).add(new Affine(3)).add(last).build(DataType.DOUBLE, 1);
    }

    private static double[] weightsAfterSteps(Sequential model, Loss loss) {
        try (Trainer trainer = Trainer.of(model, loss, new Sgd(0.5))) {
            for (int step = 0; step < 5; step++) {
                trainer.step(new Batch(ArrayDataset.of(FEATURES, LABELS), new int[] {0, 1, 2}, 0, 3));
            }
        }
        return Vectors.toDoubles(model.weights());
    }
}
