package io.jacobi.nn.scalar;

/**
 * The forward pass of a layer once more, one number after the other: no kernel, no BLAS, no buffer. Slow, and so plain that it can be
 * believed. It is what {@link io.jacobi.nn.check.GradientCheck} differentiates by {@link Scalar} and by {@link Dual}.
 *
 * <p>As the method is generic, an implementation is a class or a method reference, and not a lambda:
 *
 * <pre>{@code
 * static <T extends Real<T>> Tensor<T> scale(ScalarPass<T> p) {
 *     Tensor<T> x = p.x();                       // [batch, features]
 *     Tensor<T> a = p.value("scale");            // [features]
 *     return Tensor.of(x.shape(), i -> x.at(i).times(a.at(i % a.size())));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface ScalarLayer {

    /** The output for the whole batch, {@code [batch, output shape...]}, as in training. */
    <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p);
}
