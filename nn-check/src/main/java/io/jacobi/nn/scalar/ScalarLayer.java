package io.jacobi.nn.scalar;

/**
 * The forward pass of a layer written a second time, one number after the other: no kernel, no BLAS, no buffer. It is
 * slow, and so plain that it can be trusted. {@link io.jacobi.nn.check.LayerCheck} differentiates it with {@link
 * Scalar} and with {@link Dual}.
 *
 * <p>Because the method is generic, an implementation is a class or a method reference, not a lambda:
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

    /** Returns the output for the whole batch, {@code [batch, output shape...]}, as in training. */
    <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p);
}
