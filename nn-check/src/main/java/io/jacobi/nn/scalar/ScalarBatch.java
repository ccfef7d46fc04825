package io.jacobi.nn.scalar;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A batch of predictions, targets and weights.
 *
 * @param y predictions, {@code [batch, outputs...]}
 * @param t targets, {@code [batch, ...]}
 * @param weights one for each example
 */
record ScalarBatch<T extends Real<T>>(Tensor<T> y, Tensor<Double> t, List<Double> weights) {

    int size() {
        return y.dim(0);
    }

    int outputs() {
        return y.size() / size();
    }

    /** All predictions for example n. */
    List<T> prediction(int n) {
        return row(y, n);
    }

    /** All targets of example n. */
    List<Double> target(int n) {
        return row(t, n);
    }

    private <E> List<E> row(Tensor<E> rows, int n) {
        int width = rows.size() / size();
        return rows.elements().subList(n * width, (n + 1) * width);
    }

    /**
     * Returns Σ_n w_n l_n / Σ_n w_n c_n, where l_n is the loss of example n and c_n the count by which it enters the
     * mean. Only examples with a count above 0 are computed with; if there are none, the mean is 0.
     */
    T mean(IntFunction<T> loss, IntToDoubleFunction count) {
        double[] counts = IntStream.range(0, size())
                .mapToDouble(n -> weights.get(n) == 0 ? 0 : weights.get(n) * count.applyAsDouble(n))
                .toArray();
        List<T> terms = IntStream.range(0, size())
                .filter(n -> counts[n] != 0)
                .mapToObj(n -> loss.apply(n).times(weights.get(n)))
                .toList();
        return terms.isEmpty()
                ? zero()
                : Real.sum(terms).over(Arrays.stream(counts).sum());
    }

    /** Returns c a, and 0 if c is 0, even if a is infinite: the limit of c log p, where p tends to 0. */
    T scaled(double c, T a) {
        return c == 0 ? zero() : a.times(c);
    }

    private T zero() {
        return y.at(0).constant(0);
    }

    /** Returns the mean over all elements of a function of an output and its target. */
    T meanOfElements(BiFunction<T, Double, T> loss) {
        return mean(
                n -> Real.sum(IntStream.range(0, outputs())
                        .mapToObj(
                                k -> loss.apply(prediction(n).get(k), target(n).get(k)))
                        .toList()),
                n -> outputs());
    }
}
