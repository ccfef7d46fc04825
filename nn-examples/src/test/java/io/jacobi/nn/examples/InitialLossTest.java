package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.train.Evaluator;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** An untrained network gives ten classes about equal probabilities, so that its loss is about ln 10. */
class InitialLossTest {

    @Test
    void isAboutLnTenForAHeInitializedNet() {
        double average = LongStream.range(0, 8)
                .mapToDouble(InitialLossTest::initialLoss)
                .average()
                .orElseThrow();

        assertThat(average).as("mean loss over 8 seeds").isCloseTo(Math.log(10), Percentage.withPercentage(15));
    }

    private static double initialLoss(long seed) {
        Sequential model = Sequential.input(Shape.of(784))
                .add(new Affine(512))
                .add(new Relu())
                .add(new Affine(256))
                .add(new Relu())
                .add(new Affine(Mnist.CLASSES))
                .build(DataType.FLOAT, seed);
        return Evaluator.evaluate(model, new SoftmaxCrossEntropy(), Mnist.test(), List.of())
                .loss();
    }
}
