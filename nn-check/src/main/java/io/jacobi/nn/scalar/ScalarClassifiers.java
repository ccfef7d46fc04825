package io.jacobi.nn.scalar;

import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.RowLoss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Losses over the classes of each example. */
final class ScalarClassifiers {

    private ScalarClassifiers() {}

    /** −Σ_c v_c ((1 − ε) q_c + ε / classes) log p_c with p = softmax(z). */
    static <T extends Real<T>> T softmaxCrossEntropy(SoftmaxCrossEntropy loss, ScalarBatch<T> batch) {
        double epsilon = loss.labelSmoothing();
        int classes = batch.outputs();
        boolean indices = batch.t().rank() == 1;
        return batch.mean(
                n -> {
                    List<T> logs = logSoftmax(batch.prediction(n));
                    List<Double> t = batch.target(n);
                    return sumOverClasses(classes, c -> {
                        double q = indices ? oneHot(t.get(0), c) : t.get(c);
                        double smoothed = (1 - epsilon) * q + epsilon / classes;
                        return batch.scaled(-weight(loss.classWeights(), c) * smoothed, logs.get(c));
                    });
                },
                n -> indices ? weightOfTarget(loss, batch, n) : 1);
    }

    /** −v_t y_t. */
    static <T extends Real<T>> T negativeLogLikelihood(NegativeLogLikelihood loss, ScalarBatch<T> batch) {
        return batch.mean(
                n -> {
                    int right = batch.target(n).get(0).intValue();
                    return batch.prediction(n).get(right).times(-weight(loss.classWeights(), right));
                },
                n -> weightOfTarget(loss, batch, n));
    }

    /** Σ_c q_c (log q_c − y_c), where 0 log 0 = 0. */
    static <T extends Real<T>> T kullbackLeibler(KullbackLeibler loss, ScalarBatch<T> batch) {
        return batch.mean(
                n -> sumOverClasses(batch.outputs(), c -> {
                    double q = batch.target(n).get(c);
                    double entropy = q == 0 ? 0 : q * Math.log(q);
                    return batch.scaled(-q, batch.prediction(n).get(c)).plus(entropy);
                }),
                n -> 1);
    }

    /**
     * z − log Σ e^z. The largest z is subtracted first, so that no power overflows; this constant cancels. If a single
     * z is +∞, its difference from itself is taken as 0, and no probability changes with it.
     */
    static <T extends Real<T>> List<T> logSoftmax(List<T> z) {
        double max = z.stream().mapToDouble(Real::value).max().orElseThrow();
        boolean sure = max == Double.POSITIVE_INFINITY
                && z.stream().filter(a -> a.value() == max).count() == 1;
        List<T> below = z.stream()
                .map(a -> sure && a.value() == max ? a.constant(0) : a.minus(max))
                .toList();
        T log = Real.sum(below.stream().map(Real::exp).toList()).log();
        return below.stream().map(a -> a.minus(log)).toList();
    }

    private static <T extends Real<T>> T sumOverClasses(int classes, IntFunction<T> term) {
        return Real.sum(IntStream.range(0, classes).mapToObj(term).toList());
    }

    private static double oneHot(double target, int c) {
        return target == c ? 1 : 0;
    }

    private static double weightOfTarget(RowLoss loss, ScalarBatch<?> batch, int n) {
        int target = batch.target(n).get(0).intValue();
        boolean ignored = loss.ignoredIndex().equals(OptionalInt.of(target));
        return ignored ? 0 : weight(loss.classWeights(), target);
    }

    private static double weight(List<Double> weights, int c) {
        return weights.isEmpty() ? 1 : weights.get(c);
    }
}
