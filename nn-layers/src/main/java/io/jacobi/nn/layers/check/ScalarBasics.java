package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Slice;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Products, look-ups, other shapes and masks. */
final class ScalarBasics {

    private ScalarBasics() {}

    /** y[..., o] = b_o + Σ_i W_oi x[..., i]. */
    static <T extends Real<T>> Tensor<T> affine(Affine layer, ScalarPass<T> p) {
        Tensor<T> weight = p.value("weight");
        int last = p.x().rank() - 1;
        int[] shape = p.x().shape();
        shape[last] = layer.units();
        return Tensor.byIndex(shape, at -> {
            int output = at[last];
            T y = layer.bias() ? p.value("bias").get(output) : p.constant(0);
            for (int i = 0; i < p.x().dim(last); i++) {
                int[] from = at.clone();
                from[last] = i;
                y = y.plus(weight.get(output, i).times(p.x().get(from)));
            }
            return y;
        });
    }

    /** y_t = W[x_t, :]. */
    static <T extends Real<T>> Tensor<T> embedding(Embedding layer, ScalarPass<T> p) {
        int[] shape = Arrays.copyOf(p.x().shape(), p.x().rank() + 1);
        shape[p.x().rank()] = layer.dimensions();
        return Tensor.of(shape, i -> {
            int word = (int) p.x().at(i / layer.dimensions()).value();
            return p.value("weight").get(word, i % layer.dimensions());
        });
    }

    /** The same elements in the same order. */
    static <T extends Real<T>> Tensor<T> flatten(Flatten layer, ScalarPass<T> p) {
        return p.x().reshape(p.batch(), p.x().size() / p.batch());
    }

    /** The same elements in the same order. */
    static <T extends Real<T>> Tensor<T> reshape(Reshape layer, ScalarPass<T> p) {
        int known = layer.dims().stream()
                .filter(dim -> dim != Reshape.INFERRED)
                .mapToInt(Long::intValue)
                .reduce(p.batch(), (a, b) -> a * b);
        IntStream dims =
                layer.dims().stream().mapToInt(dim -> dim == Reshape.INFERRED ? p.x().size() / known : dim.intValue());
        return p.x().reshape(IntStream.concat(IntStream.of(p.batch()), dims).toArray());
    }

    /** y[n, i, ...] = x[n, from + i, ...]. */
    static <T extends Real<T>> Tensor<T> slice(Slice layer, ScalarPass<T> p) {
        int[] shape = p.x().shape();
        shape[1] = layer.to() - layer.from();
        return Tensor.byIndex(shape, at -> {
            int[] from = at.clone();
            from[1] += layer.from();
            return p.x().get(from);
        });
    }

    /** y = m x, where m is 0 with probability rate, else 1 / (1 − rate); the JDK's generator is a SplitMix64, too. */
    static <T extends Real<T>> Tensor<T> dropout(Dropout layer, ScalarPass<T> p) {
        SplittableRandom random = new SplittableRandom(p.key());
        return p.x().map(x -> x.times(random.nextDouble() < layer.rate() ? 0 : 1 / (1 - layer.rate())));
    }
}
