package io.jacobi.nn.check.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Domain;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Whether a loss is defined at the predictions and targets of its check. */
final class LossDomain {

    private LossDomain() {}

    /**
     * Returns the only claim to test, if the loss is not a finite number; empty if it is, or if it refuses the batch.
     */
    static Optional<Claim> undefined(LossProbe probe) {
        double value;
        try {
            value = probe.run().value();
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
        if (Double.isFinite(value)) {
            return Optional.empty();
        }
        return by("prediction", probe, probe.prediction(), probe::withPredictions)
                .or(() -> by("target", probe, probe.target(), probe::withTargets))
                .or(() -> Optional.of(claim(
                        probe,
                        "the loss is " + value + ", and so it is at other predictions and targets",
                        "correct valueAndGradient")));
    }

    private static Optional<Claim> by(
            String name, LossProbe probe, INDArray array, Function<double[], LossProbe> with) {
        double[] values = Vectors.toDoubles(array);
        UnaryOperator<double[]> loss =
                other -> new double[] {with.apply(other).run().value()};
        return Domain.culprit(values, loss)
                .map(culprit -> claim(
                        probe,
                        "the loss is " + culprit.value() + " where " + name
                                + TensorResult.place(Shape.of(array.shape()), culprit.argument()) + " is "
                                + values[culprit.argument()],
                        "set others with " + name + "(...); if the loss should be defined there, correct it"));
    }

    private static Claim claim(LossProbe probe, String observed, String fix) {
        return Domain.undefined(
                probe.batch(), observed, "predictions and targets at which the loss is a finite number", fix);
    }
}
