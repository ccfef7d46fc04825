package io.jacobi.nn.check.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.loss.Example;
import io.jacobi.nn.loss.RowLoss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;

/** Softmax with cross-entropy and label smoothing; implementations override one method wrongly. */
interface SpoiledCrossEntropy extends RowLoss {

    SoftmaxCrossEntropy RIGHT = new SoftmaxCrossEntropy(0.2);

    @Override
    default void check(Shape prediction, Shape target) {
        RIGHT.check(prediction, target);
    }

    @Override
    default double row(Example e) {
        double loss = RIGHT.row(e);
        for (int c = 0; c < e.outputs(); c++) {
            e.y()[e.yStart() + c] = spoil(e.y()[e.yStart() + c], c, e);
        }
        return loss;
    }

    /** Returns the derivative by logit c, made wrong. */
    default double spoil(double dz, int c, Example e) {
        return dz;
    }
}
