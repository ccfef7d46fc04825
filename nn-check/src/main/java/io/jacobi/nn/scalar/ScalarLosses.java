package io.jacobi.nn.scalar;

import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.KullbackLeibler;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the scalar twin of a loss, for {@link io.jacobi.nn.check.LossCheck#scalars}.
 *
 * <pre>{@code
 * Loss loss = new SoftmaxCrossEntropy(0.1);
 * GradientCheck.of(loss).prediction(logits).target(classes).scalars(ScalarLosses.of(loss)).verify();
 * }</pre>
 */
public final class ScalarLosses {

    private static final Map<Class<?>, ScalarValue<?>> VALUES = new HashMap<>();

    static {
        put(BinaryCrossEntropy.class, ScalarErrors::binaryCrossEntropy);
        put(Huber.class, ScalarErrors::huber);
        put(KullbackLeibler.class, ScalarClassifiers::kullbackLeibler);
        put(MeanAbsoluteError.class, ScalarErrors::meanAbsoluteError);
        put(MeanSquaredError.class, ScalarErrors::meanSquaredError);
        put(NegativeLogLikelihood.class, ScalarClassifiers::negativeLogLikelihood);
        put(SoftmaxCrossEntropy.class, ScalarClassifiers::softmaxCrossEntropy);
    }

    private ScalarLosses() {}

    private static <L extends Loss> void put(Class<L> type, ScalarValue<L> value) {
        VALUES.put(type, value);
    }

    /**
     * Returns the scalar twin of a loss.
     *
     * @throws IllegalArgumentException unless the loss is one of Jacobi's own
     */
    public static ScalarLoss of(Loss loss) {
        ScalarValue<?> value = VALUES.get(loss.getClass());
        if (value == null) {
            throw new IllegalArgumentException(
                    "There is no scalar twin of " + loss + "\n  expected one of Jacobi's own losses"
                            + "\n  fix: write its formula a second time, as a ScalarLoss");
        }
        return bind(value, loss);
    }

    @SuppressWarnings("unchecked") // put() admits a value for its own class only
    private static <L extends Loss> ScalarLoss bind(ScalarValue<L> value, Loss loss) {
        return new Bound<>(value, (L) loss);
    }

    private record Bound<L extends Loss>(ScalarValue<L> formula, L loss) implements ScalarLoss {
        @Override
        public <T extends Real<T>> T value(Tensor<T> prediction, Tensor<Double> target, List<Double> weights) {
            return formula.of(loss, new ScalarBatch<>(prediction, target, weights));
        }
    }
}
