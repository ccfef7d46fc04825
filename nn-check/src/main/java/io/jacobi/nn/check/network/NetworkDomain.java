package io.jacobi.nn.check.network;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Domain;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Optional;

/** Whether a network has a loss at the examples of its check, before it is trained. */
final class NetworkDomain {

    private NetworkDomain() {}

    /** Returns the only claim to test, if the loss is not a finite number; empty if it is. */
    static Optional<Claim> undefined(NetworkSettings settings) {
        try (NetworkProbe probe = NetworkStage.START.probe(settings)) {
            double[] x = Vectors.toDoubles(probe.input());
            double loss = loss(probe, x);
            return Double.isFinite(loss) ? Optional.empty() : Optional.of(undefined(probe, x, loss));
        }
    }

    private static Claim undefined(NetworkProbe probe, double[] x, double loss) {
        String where = probe.firstNonFiniteLayer()
                .map(label -> "; the first output that is not finite is of " + label)
                .orElse("");
        String observed = Domain.culprit(x, other -> new double[] {loss(probe, other)})
                .map(culprit -> "the loss is " + culprit.value() + " where input"
                        + TensorResult.place(Shape.of(probe.input().shape()), culprit.argument()) + " is "
                        + x[culprit.argument()])
                .orElse("the loss is " + loss + ", and so it is at other inputs");
        return Domain.undefined(
                probe.batch().size(),
                observed + where,
                "examples and weights for which the loss is a finite number",
                "give other examples with data(...); if it should be defined there,"
                        + " check the layer, or the loss, alone");
    }

    private static double loss(NetworkProbe probe, double[] x) {
        Vectors.set(probe.input(), x);
        return Arrays.stream(probe.terms()).sum();
    }
}
