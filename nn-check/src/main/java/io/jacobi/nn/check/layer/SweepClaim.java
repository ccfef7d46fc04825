package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Line;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.StepSweep;
import java.util.List;
import java.util.Optional;

/**
 * The claim that the error of central differences falls as h² to rounding, along one direction of the input and all
 * parameters.
 */
final class SweepClaim {

    static final String NAME = "the error of differences falls as h²";

    private SweepClaim() {}

    static Claim of(LayerSettings settings, int batch) {
        return new Claim(NAME, batch, Optional.of(Oracle.DIFFERENCES), () -> {
            try (LayerProbe probe = new LayerProbe(settings, batch)) {
                return sweep(probe);
            }
        });
    }

    private static Evidence sweep(LayerProbe probe) {
        List<LayerOracles.Part> parts = LayerOracles.gradients(probe, probe.run());
        Line.Direction line = LayerOracles.direction(probe, parts, 0);
        StepSweep sweep = new StepSweep(line, line.along(LayerOracles.analytic(parts)), 1e-3);
        String failure =
                sweep.failure(probe.settings().differences().fivePoint().tolerance());
        return new Evidence(List.of(), failure, failure.isEmpty() ? sweep.summary() : "");
    }
}
