package io.jacobi.nn.check;

import io.jacobi.nn.Layer;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Penalty;
import java.util.stream.Stream;

/**
 * Checks hand-derived gradients: of a layer, a loss, a network as it is trained, or a penalty.
 *
 * <pre>{@code
 * GradientCheck.of(new Affine(3)).input(Shape.of(5)).verify();
 * GradientCheck.of(new MeanSquaredError()).prediction(y).targetRows(t).verify();
 * GradientCheck.of(model, new SoftmaxCrossEntropy()).data(examples).verify();
 * GradientCheck.of(Penalty.l2(0.1)).verify();
 * }</pre>
 */
public final class GradientCheck {

    private GradientCheck() {}

    /**
     * Returns a check of this layer, on inputs of shape {@code [5]} unless {@link LayerCheck#input} or {@link
     * LayerCheck#recorded} sets another shape.
     */
    public static LayerCheck of(Layer layer) {
        return new LayerCheck(layer);
    }

    /** Returns a check of this loss, which needs predictions and targets. */
    public static LossCheck of(Loss loss) {
        return new LossCheck(loss);
    }

    /** Returns a check of this network, trained by this loss; it needs examples. */
    public static NetworkCheck of(Sequential model, Loss loss) {
        return new NetworkCheck(model, loss);
    }

    /** Returns a check of this penalty, or of the sum of several. */
    public static PenaltyCheck of(Penalty first, Penalty... more) {
        return new PenaltyCheck(
                more.length == 0
                        ? first
                        : new PenaltySum(
                                Stream.concat(Stream.of(first), Stream.of(more)).toList()));
    }
}
