package io.jacobi.nn.check.network;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import org.nd4j.linalg.api.buffer.DataType;

/** A small network that ends with an affine layer, with seven examples and penalties, to be checked. */
public final class NetworkExamples {

    private NetworkExamples() {}

    public static final ArrayDataset EXAMPLES =
            ArrayDataset.of(TestArrays.normal(DataType.DOUBLE, 1, 7, 5), TestArrays.normal(DataType.DOUBLE, 2, 7, 2));

    public static final ArrayDataset WEIGHTED = EXAMPLES.withWeights(1, 0.5f, 2, 3, 0, 1, 0.7f);

    public static final ArrayDataset CLASSES = ArrayDataset.of(
            TestArrays.normal(DataType.DOUBLE, 1, 4, 5), TestArrays.vector(DataType.DOUBLE, 0, 2, 4, 1));

    /** Returns a network of these layers, followed by an affine layer, 5 to 2. */
    public static Sequential network(Layer... layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(5));
        for (Layer layer : layers) {
            builder.add(layer);
        }
        return builder.add(new Dense(2)).build(DataType.FLOAT, 3);
    }

    public static NetworkCheck check(Layer... layers) {
        return GradientCheck.of(network(layers), new MeanSquaredError())
                .data(EXAMPLES)
                .penalties(Penalty.l1(0.03), Penalty.l2(0.05).ofAll());
    }
}
