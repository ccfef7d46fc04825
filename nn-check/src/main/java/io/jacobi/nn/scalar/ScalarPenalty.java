package io.jacobi.nn.scalar;

import io.jacobi.nn.Parameter;
import java.util.Map;

/**
 * A penalty once more, one number after the other: what {@link io.jacobi.nn.check.PenaltyCheck} differentiates by {@link Scalar} and by
 * {@link Dual}. As the method is generic, an implementation is a class or a method reference, and not a lambda.
 */
@FunctionalInterface
public interface ScalarPenalty {

    /** The penalty of a model with these parameters, each with its values. */
    <T extends Real<T>> T value(Map<Parameter, Tensor<T>> weights);
}
