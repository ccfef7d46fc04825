package io.jacobi.nn.loss;

import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A loss that is a function of one example at a time. Whoever implements it writes that function, over {@code double[]}; here are
 * the tiles that it runs on, the mean over the batch, and the weights of examples and classes.
 *
 * <pre>
 * L = Σ_i wᵢ lᵢ / Σ_i wᵢ cᵢ     dyᵢ = wᵢ ∂lᵢ/∂yᵢ / Σ_i wᵢ cᵢ
 * lᵢ: {@link #row}     wᵢ: the example's weight, 1 without     cᵢ: the weight of its class, 1 without
 * </pre>
 *
 * <p>Derivation: docs/derivations/weights.md.
 */
public interface RowLoss extends Loss {

    /**
     * The loss of one example; its prediction, in the tile, is replaced by the derivative with respect to it. Neither is divided
     * by the size of the batch or multiplied with a weight of the example. A prediction that is NaN must give NaN.
     *
     * @throws IllegalArgumentException if the target is impossible: {@link Example#impossibleTarget}
     */
    double row(Example example);

    /**
     * What each class counts for in the mean, if targets are class indices: the mean is divided by the weights of the batch's
     * targets. Empty if all count alike. {@link #row} has to weigh its result.
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
