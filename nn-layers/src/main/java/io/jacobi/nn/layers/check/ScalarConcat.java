package io.jacobi.nn.layers.check;

import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.List;

/** The forward pass of {@link io.jacobi.nn.layers.Concat}, number by number: y = (f₁(x), f₂(x), ...). */
record ScalarConcat(List<ScalarLayer> branches) implements ScalarLayer {

    @Override
    public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
        List<Tensor<T>> outputs = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            outputs.add(branches.get(i).forward(p.child(i, p.x())));
        }
        int[] shape = outputs.get(0).shape();
        shape[1] = outputs.stream().mapToInt(y -> y.dim(1)).sum();
        return Tensor.byIndex(shape, at -> {
            int[] own = at.clone();
            int branch = 0;
            while (own[1] >= outputs.get(branch).dim(1)) {
                own[1] -= outputs.get(branch).dim(1);
                branch++;
            }
            return outputs.get(branch).get(own);
        });
    }
}
