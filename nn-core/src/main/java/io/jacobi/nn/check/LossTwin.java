package io.jacobi.nn.check;

import io.jacobi.nn.Shape;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarLoss;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Compares a loss with its formula written once more, differentiated backwards and forwards. */
final class LossTwin {

    private static final long SEED = 42;

    private LossTwin() {}

    /** The value, and every coordinate of the gradient. */
    static List<TensorResult> scalars(LossProbe probe, ScalarLoss twin) {
        Tensor<Scalar> prediction = LayerTwin.tensor(probe.prediction(), Scalar::of);
        Scalar value = value(probe, twin, prediction);
        value.backward();
        double[] gradient =
                prediction.elements().stream().mapToDouble(Scalar::gradient).toArray();
        Comparison comparison = new Comparison(Oracle.SCALARS, LayerTwin.TOLERANCE, Double.NaN);
        LossProbe.Result actual = probe.run();
        return List.of(
                comparison.of("value", Shape.of(), new double[] {actual.value()}, new double[] {value.value()}),
                comparison.of("prediction", Shape.of(probe.prediction().shape()), actual.gradient(), gradient));
    }

    /** The slope in random directions v: the loss's gradient times v, and the tangent of the twin. */
    static List<TensorResult> duals(LossProbe probe, ScalarLoss twin) {
        double[] gradient = probe.run().gradient();
        double[] backward = new double[LayerTwin.DIRECTIONS];
        double[] forward = new double[LayerTwin.DIRECTIONS];
        for (int d = 0; d < LayerTwin.DIRECTIONS; d++) {
            SplittableRandom random = new SplittableRandom(SEED + d);
            Tensor<Dual> moving = LayerTwin.tensor(probe.prediction(), a -> new Dual(a, random.nextGaussian()));
            forward[d] = value(probe, twin, moving).tangent();
            backward[d] = LayerTwin.dot(gradient, Stream.of(moving));
        }
        return List.of(new Comparison(Oracle.DUALS, LayerTwin.TOLERANCE, Double.NaN)
                .of("directions", Shape.of(LayerTwin.DIRECTIONS), backward, forward));
    }

    private static <T extends Real<T>> T value(LossProbe probe, ScalarLoss twin, Tensor<T> prediction) {
        return twin.value(prediction, LayerTwin.tensor(probe.target(), Double::valueOf), probe.weightOfEach());
    }
}
