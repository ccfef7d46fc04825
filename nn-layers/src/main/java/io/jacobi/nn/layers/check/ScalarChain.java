package io.jacobi.nn.layers.check;

import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;

/** {@link io.jacobi.nn.layers.Chain} once more: y = fₙ(… f₂(f₁(x))). */
record ScalarChain(List<ScalarLayer> layers) implements ScalarLayer {

    @Override
    public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
        Tensor<T> y = p.x();
        for (int i = 0; i < layers.size(); i++) {
            y = layers.get(i).forward(p.child(i, y));
        }
        return y;
    }
}
