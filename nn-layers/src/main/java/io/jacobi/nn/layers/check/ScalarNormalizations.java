package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Mean 0 and variance 1 over some of the elements, then a scale and a shift. */
final class ScalarNormalizations {

    private ScalarNormalizations() {}

    /** Over each row: y = γ ∘ x̂ + β. */
    static <T extends Real<T>> Tensor<T> layerNorm(LayerNorm layer, ScalarPass<T> p) {
        Tensor<T> weight = p.value("weight");
        Tensor<T> bias = p.value("bias");
        return ScalarRows.map(p.x(), weight.size(), row -> {
            List<T> normalized = normalized(row, layer.epsilon());
            List<T> y = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                y.add(weight.at(i).times(normalized.get(i)).plus(bias.at(i)));
            }
            return y;
        });
    }

    /** Over all elements of a channel, in the whole batch: y = γ_c x̂ + β_c. */
    static <T extends Real<T>> Tensor<T> batchNorm(BatchNorm layer, ScalarPass<T> p) {
        int channels = p.x().dim(1);
        int positions = p.x().size() / (p.batch() * channels);
        List<List<T>> normalized = IntStream.range(0, channels)
                .mapToObj(c -> IntStream.range(0, p.x().size())
                        .filter(i -> i / positions % channels == c)
                        .mapToObj(p.x()::at)
                        .toList())
                .map(values -> normalized(values, layer.epsilon()))
                .toList();
        return Tensor.of(p.x().shape(), i -> {
            int c = i / positions % channels;
            int before = i / (positions * channels) * positions; // values of this channel in earlier examples
            T hat = normalized.get(c).get(before + i % positions);
            return p.value("weight").at(c).times(hat).plus(p.value("bias").at(c));
        });
    }

    /** x̂ = (x − μ) / √(σ² + ε), with the mean and variance of these numbers. */
    private static <T extends Real<T>> List<T> normalized(List<T> values, double epsilon) {
        T mean = Real.sum(values).over(values.size());
        List<T> squares = values.stream().map(x -> x.minus(mean).square()).toList();
        T deviation = Real.sum(squares).over(values.size()).plus(epsilon).sqrt();
        return values.stream().map(x -> x.minus(mean).over(deviation)).toList();
    }
}
