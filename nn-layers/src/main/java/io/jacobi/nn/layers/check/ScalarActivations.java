package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;

/** Functions of single elements. At a kink, the branch that is taken is the one whose derivative the layer documents. */
final class ScalarActivations {

    private ScalarActivations() {}

    /** y = max(x, 0). */
    static <T extends Real<T>> Tensor<T> relu(Relu layer, ScalarPass<T> p) {
        return p.x().map(x -> Real.max(p.constant(0), x));
    }

    /** y = x where x > 0, else slope · x. */
    static <T extends Real<T>> Tensor<T> leakyRelu(LeakyRelu layer, ScalarPass<T> p) {
        return p.x().map(x -> x.value() > 0 ? x : x.times(layer.slope()));
    }

    /** y = x where x > 0, else α (eˣ − 1). */
    static <T extends Real<T>> Tensor<T> elu(Elu layer, ScalarPass<T> p) {
        return p.x().map(x -> elu(layer.alpha(), x));
    }

    private static <T extends Real<T>> T elu(double alpha, T x) {
        return x.value() > 0 ? x : x.exp().minus(1).times(alpha);
    }

    /** y = λ elu(x), with the two constants of Klambauer et al. 2017. */
    static <T extends Real<T>> Tensor<T> selu(Selu layer, ScalarPass<T> p) {
        return p.x().map(x -> elu(1.6732632423543772, x).times(1.0507009873554805));
    }

    /** y = x Φ(x), Φ(x) = (1 + erf(x/√2)) / 2; or y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2. */
    static <T extends Real<T>> Tensor<T> gelu(Gelu layer, ScalarPass<T> p) {
        return p.x().map(x -> {
            T exact = x.over(Math.sqrt(2)).erf();
            T cubic = x.plus(x.times(x).times(x).times(0.044715));
            T tanh = cubic.times(Math.sqrt(2 / Math.PI)).tanh();
            return x.times(0.5).times((layer.form() == Gelu.Form.EXACT ? exact : tanh).plus(1));
        });
    }

    /** y = x σ(x). */
    static <T extends Real<T>> Tensor<T> silu(Silu layer, ScalarPass<T> p) {
        return p.x().map(x -> x.times(x.sigmoid()));
    }

    /** y = log(1 + e^(βx)) / β. */
    static <T extends Real<T>> Tensor<T> softplus(Softplus layer, ScalarPass<T> p) {
        return p.x().map(x -> x.times(layer.beta()).exp().plus(1).log().over(layer.beta()));
    }

    /** y = σ(x). */
    static <T extends Real<T>> Tensor<T> sigmoid(Sigmoid layer, ScalarPass<T> p) {
        return p.x().map(Real::sigmoid);
    }

    /** y = tanh x. */
    static <T extends Real<T>> Tensor<T> tanh(Tanh layer, ScalarPass<T> p) {
        return p.x().map(Real::tanh);
    }

    /** y = min(max(x, min), max). */
    static <T extends Real<T>> Tensor<T> hardTanh(HardTanh layer, ScalarPass<T> p) {
        return p.x().map(x -> {
            T atLeastMin = Real.max(x.constant(layer.min()), x);
            return Real.min(x.constant(layer.max()), atLeastMin);
        });
    }
}
