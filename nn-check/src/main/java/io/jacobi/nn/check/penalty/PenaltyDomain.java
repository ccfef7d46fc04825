package io.jacobi.nn.check.penalty;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Domain;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import java.util.Optional;

/** Whether a penalty is defined at the weights of its check. Training leads anywhere, so that it must be. */
final class PenaltyDomain {

    private PenaltyDomain() {}

    /** Returns the only claim to test, if the penalty is not a finite number; empty if it is. */
    static Optional<Claim> undefined(PenaltyProbe probe) {
        double value = probe.run().value();
        if (Double.isFinite(value)) {
            return Optional.empty();
        }
        double[] weights = Vectors.toDoubles(probe.weights());
        return Optional.of(Domain.culprit(
                        weights, other -> new double[] {probe.with(other).run().value()})
                .map(culprit -> claim("the penalty is " + culprit.value() + " where "
                        + weight(probe, culprit.argument()) + " is " + weights[culprit.argument()]))
                .orElseGet(() -> claim("the penalty is " + value + ", and so it is at other weights")));
    }

    private static Claim claim(String observed) {
        return Domain.undefined(
                1,
                observed,
                "a finite number for any weights, because training may lead to them",
                "extend the penalty to these weights, such as by their absolute values");
    }

    private static String weight(PenaltyProbe probe, int index) {
        return Parameter.holding(index, probe.parameters())
                .map(p -> p.path() + TensorResult.place(p.shape(), index - (int) p.offset()))
                .orElse("the weight " + index);
    }
}
