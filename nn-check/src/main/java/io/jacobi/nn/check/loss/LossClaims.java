package io.jacobi.nn.check.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every claim that a loss is held to. */
public final class LossClaims {

    private LossClaims() {}

    /**
     * Returns the claims about a loss on a batch. If the loss is not a finite number there, they are one claim, which
     * says so.
     *
     * @throws io.jacobi.nn.ShapeException if the loss cannot compare targets and predictions of these shapes
     * @throws IllegalArgumentException if there is not one target for each prediction, or not one weight
     */
    public static List<Claim> of(LossSettings settings) {
        LossProbe probe = new LossProbe(settings.subject(), settings.prediction(), settings.target(), Optional.empty());
        requireOneForEach(probe, "targets", probe.target().size(0));
        probe.subject().check(perExample(probe.prediction()), perExample(probe.target()));
        Optional<Claim> undefined = LossDomain.undefined(probe);
        if (undefined.isPresent()) {
            return List.of(undefined.orElseThrow());
        }
        List<Claim> claims = new ArrayList<>(LossOracles.claims(settings, probe, ""));
        if (probe.subject().takesWeights()) {
            double[] weights = weights(settings, probe.batch());
            requireOneForEach(probe, "weights", weights.length);
            claims.addAll(LossOracles.claims(settings, probe.weighted(weights), " with weights"));
        }
        claims.addAll(LossContract.claims(probe));
        claims.addAll(LargePredictions.claims(settings, probe));
        return claims;
    }

    /**
     * Returns the claims about a recorded case, which brings its own batch.
     *
     * @throws IllegalArgumentException if the case does not fit the loss
     */
    public static List<Claim> recorded(Loss loss, Recorded recording) {
        return RecordedLoss.claims(loss, recording);
    }

    private static void requireOneForEach(LossProbe probe, String what, long count) {
        if (probe.batch() != count) {
            throw new IllegalArgumentException("There are " + probe.batch() + " predictions and " + count + " " + what
                    + "\n  expected one for each");
        }
    }

    private static double[] weights(LossSettings settings, int batch) {
        return settings.weights()
                .map(weights -> weights.stream().mapToDouble(w -> w).toArray())
                .orElseGet(() -> IntStream.range(0, batch)
                        .mapToDouble(n -> new double[] {0.5, 2, 1.25, 0}[n % 4])
                        .toArray());
    }

    private static Shape perExample(INDArray array) {
        return Shape.of(Arrays.copyOfRange(array.shape(), 1, array.rank()));
    }
}
