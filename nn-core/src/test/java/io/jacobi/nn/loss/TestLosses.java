package io.jacobi.nn.loss;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The value and the gradient of a loss, as numbers to compare. */
public final class TestLosses {

    private TestLosses() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Evaluated(double loss, double[] gradient) {}

    public static Evaluated evaluate(Loss loss, INDArray prediction, INDArray target) {
        INDArray gradient = like(prediction);
        double value = loss.valueAndGradient(prediction, target, gradient, new Scratch());
        return new Evaluated(value, Vectors.toDoubles(gradient));
    }

    public static Evaluated evaluate(Loss loss, INDArray prediction, INDArray target, INDArray weights) {
        INDArray gradient = like(prediction);
        double value = loss.valueAndGradient(prediction, target, weights, gradient, new Scratch());
        return new Evaluated(value, Vectors.toDoubles(gradient));
    }

    private static INDArray like(INDArray array) {
        return Memory.view(Memory.vector(array.dataType(), array.length()), 0, array.shape());
    }
}
