package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.LogSoftmax;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Functions of rows, the elements along the last dimension. */
final class ScalarRows {

    private ScalarRows() {}

    /** y_i = e^(x_i) / Σ_k e^(x_k). */
    static <T extends Real<T>> Tensor<T> softmax(Softmax layer, ScalarPass<T> p) {
        return map(p.x(), last(p.x()), row -> {
            List<T> powers = belowMax(row).stream().map(Real::exp).toList();
            T sum = Real.sum(powers);
            return powers.stream().map(power -> power.over(sum)).toList();
        });
    }

    /** y_i = x_i − log Σ_k e^(x_k). */
    static <T extends Real<T>> Tensor<T> logSoftmax(LogSoftmax layer, ScalarPass<T> p) {
        return map(p.x(), last(p.x()), row -> {
            List<T> below = belowMax(row);
            T log = Real.sum(below.stream().map(Real::exp).toList()).log();
            return below.stream().map(x -> x.minus(log)).toList();
        });
    }

    /** x less a constant, which cancels: with the largest x, no power overflows, and a single class gives exactly 0. */
    private static <T extends Real<T>> List<T> belowMax(List<T> row) {
        double max = row.stream().mapToDouble(Real::value).max().orElseThrow();
        return row.stream().map(x -> x.minus(max)).toList();
    }

    private static int last(Tensor<?> x) {
        return x.dim(x.rank() - 1);
    }

    /** The same shape with a function of each row of so many elements. */
    static <T> Tensor<T> map(Tensor<T> x, int length, UnaryOperator<List<T>> f) {
        List<T> y = new ArrayList<>();
        for (int at = 0; at < x.size(); at += length) {
            y.addAll(f.apply(x.elements().subList(at, at + length)));
        }
        return Tensor.of(x.shape(), y::get);
    }
}
