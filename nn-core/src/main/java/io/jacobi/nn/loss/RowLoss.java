package io.jacobi.nn.loss;

import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss that is a function of one example at a time. An implementation is this function, over {@code double[]}. The
 * tiles that it runs on, the mean over the batch, and the weights of examples and classes are added here.
 *
 * <pre>
 * L = Σ_i wᵢ lᵢ / Σ_i wᵢ cᵢ     dyᵢ = wᵢ ∂lᵢ/∂yᵢ / Σ_i wᵢ cᵢ
 * lᵢ: {@link #row}     wᵢ: the example's weight, or 1     cᵢ: the weight of its class, or 1; 0 if it is ignored
 * </pre>
 *
 * An example that counts 0 adds exactly 0 to the loss and has a gradient of exactly 0, whatever its prediction and its
 * target are, NaN included. If no example counts, loss and gradient are 0.
 *
 * <p>Derivation: docs/derivations/weights.md.
 */
public interface RowLoss extends Loss {

    /**
     * Returns the loss of one example, and replaces its prediction, in the tile, by the derivative with respect to it.
     * Both are neither divided by the size of the batch nor multiplied by the weight of the example. If the prediction
     * has a NaN, the loss must be NaN.
     *
     * @throws IllegalArgumentException if the target is impossible; {@link Example#impossibleTarget} makes it
     */
    double row(Example example);

    /**
     * The weight of each class in the mean, if targets are class indices: the mean is divided by the sum of the weights
     * of the batch's targets. Empty if all classes count equally. {@link #row} has to multiply its results by the
     * weight.
     */
    default List<Double> classWeights() {
        return List.of();
    }

    @Override
    default boolean takesWeights() {
        return true;
    }

    @Override
    default double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch) {
        return RowMeans.valueAndGradient(this, prediction, target, null, gradient, scratch);
    }

    @Override
    default double valueAndGradient(
            INDArray prediction, INDArray target, INDArray weights, INDArray gradient, Scratch scratch) {
        return RowMeans.valueAndGradient(this, prediction, target, weights, gradient, scratch);
    }

    @Override
    default double divisor(INDArray target, Scratch scratch) {
        return RowMeans.divisor(this, target, null, scratch);
    }

    @Override
    default double divisor(INDArray target, INDArray weights, Scratch scratch) {
        return RowMeans.divisor(this, target, weights, scratch);
    }
}
