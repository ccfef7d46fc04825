package io.jacobi.nn.metric;

import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The loss of an evaluation that needs none: it accepts everything and is 0. */
record Unscored() implements Loss {

    @Override
    public void check(Shape prediction, Shape target) {}

    @Override
    public double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch) {
        return 0;
    }

    @Override
    public boolean takesWeights() {
        return true;
    }

    @Override
    public double valueAndGradient(
            INDArray prediction, INDArray target, INDArray weights, INDArray gradient, Scratch scratch) {
        return 0;
    }

    @Override
    public double divisor(INDArray target, INDArray weights, Scratch scratch) {
        return target.size(0);
    }
}
