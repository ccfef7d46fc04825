package io.jacobi.nn.check.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Slopes;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.compare.Twins;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarLoss;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;
import java.util.stream.Stream;

/** Compares a loss with its formula written a second time, differentiated backwards and forwards. */
final class LossTwin {

    private static final long SEED = 42;

    private LossTwin() {}

    /** Compares the value, and every coordinate of the gradient. */
    static List<TensorResult> scalars(LossProbe probe, ScalarLoss twin) {
        Tensor<Scalar> prediction = Twins.tensor(probe.prediction(), Scalar::of);
        Scalar value = value(probe, twin, prediction);
        value.backward();
        Comparison comparison = new Comparison(Oracle.SCALARS, Twins.TOLERANCE);
        LossProbe.Result actual = probe.run();
        return List.of(
                comparison.of("value", Shape.of(), new double[] {actual.value()}, new double[] {value.value()}),
                comparison.of(
                        "prediction",
                        Shape.of(probe.prediction().shape()),
                        actual.gradient(),
                        Twins.gradients(prediction)));
    }

    /** Compares the slope in random directions v: the loss's gradient times v, and the tangent of the twin. */
    static List<TensorResult> duals(LossProbe probe, ScalarLoss twin) {
        double[] gradient = probe.run().gradient();
        return Slopes.compare(SEED, random -> {
            Tensor<Dual> moving = Twins.tensor(probe.prediction(), a -> new Dual(a, random.nextGaussian()));
            return new Slopes(
                    Twins.dot(gradient, Stream.of(moving)),
                    value(probe, twin, moving).tangent());
        });
    }

    private static <T extends Real<T>> T value(LossProbe probe, ScalarLoss twin, Tensor<T> prediction) {
        return twin.value(prediction, Twins.tensor(probe.target(), Double::valueOf), probe.weightOfEach());
    }
}
