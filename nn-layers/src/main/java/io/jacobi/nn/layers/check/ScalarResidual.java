package io.jacobi.nn.layers.check;

import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;

/** {@link io.jacobi.nn.layers.Residual} once more: y = x + f(x). */
record ScalarResidual(ScalarLayer f) implements ScalarLayer {

    @Override
    public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
        Tensor<T> y = f.forward(p);
        return Tensor.of(y.shape(), i -> p.x().at(i).plus(y.at(i)));
    }
}
