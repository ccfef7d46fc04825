package io.jacobi.nn.scalar;

import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import java.util.List;

/** Losses that compare each output with its own target. */
final class ScalarErrors {

    private ScalarErrors() {}

    /** (y − t)². */
    static <T extends Real<T>> T meanSquaredError(MeanSquaredError loss, ScalarBatch<T> batch) {
        return batch.meanOfElements((y, t) -> y.minus(t).square());
    }

    /** |y − t|, whose derivative at 0 is taken as 0. */
    static <T extends Real<T>> T meanAbsoluteError(MeanAbsoluteError loss, ScalarBatch<T> batch) {
        return batch.meanOfElements((y, t) -> y.minus(t).times(Math.signum(y.value() - t)));
    }

    /** e² / 2 up to |e| = δ, then δ (|e| − δ/2), with e = y − t. */
    static <T extends Real<T>> T huber(Huber loss, ScalarBatch<T> batch) {
        double delta = loss.delta();
        return batch.meanOfElements((y, t) -> {
            T e = y.minus(t);
            return Math.abs(e.value()) <= delta
                    ? e.square().over(2)
                    : e.abs().minus(delta / 2).times(delta);
        });
    }

    /** −(a t log p + (1 − t) log(1 − p)) with p = sigmoid(z), which is the softmax of (0, z). */
    static <T extends Real<T>> T binaryCrossEntropy(BinaryCrossEntropy loss, ScalarBatch<T> batch) {
        return batch.meanOfElements((z, t) -> {
            List<T> logs = ScalarClassifiers.logSoftmax(List.of(z.constant(0), z));
            T no = batch.scaled(1 - t, logs.get(0));
            T yes = batch.scaled(loss.positiveWeight() * t, logs.get(1));
            return no.plus(yes).negate();
        });
    }
}
