package io.jacobi.nn.scalar;

import io.jacobi.nn.Parameter;
import java.util.Map;

/**
 * A penalty written a second time, one number after the other. {@link io.jacobi.nn.check.PenaltyCheck} differentiates
 * it with {@link Scalar} and with {@link Dual}. Because the method is generic, an implementation is a class or a method
 * reference, not a lambda.
 */
@FunctionalInterface
public interface ScalarPenalty {

    /** Returns the penalty of a model with these parameters and their values. */
    <T extends Real<T>> T value(Map<Parameter, Tensor<T>> weights);
}
