package io.jacobi.nn.check;

import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** That the error of central differences falls as h² to rounding, along one direction of the input and all parameters. */
final class SweepClaim {

    static final String NAME = "the error of differences falls as h²";

    private SweepClaim() {}

    static Claim of(GradientCheck check, int batch) {
        return new Claim(NAME, batch, Optional.of(Oracle.DIFFERENCES), () -> {
            try (LayerProbe probe = new LayerProbe(check, batch)) {
                return sweep(probe);
            }
        });
    }

    private static Evidence sweep(LayerProbe probe) {
        List<LayerOracles.Part> parts = LayerOracles.gradients(probe, probe.run());
        List<INDArray> arrays = parts.stream().map(LayerOracles.Part::array).toList();
        List<double[]> gradients =
                parts.stream().map(LayerOracles.Part::analytic).toList();
        Differences five = probe.check().fivePointDifferences(probe::projectedOutput);
        Line.Direction line = Line.direction(arrays, five.seed(), five.terms());
        StepSweep sweep = new StepSweep(line, line.along(gradients), 1e-3);
        String failure = sweep.failure(five.stencil().tolerance());
        return new Evidence(List.of(), failure, failure.isEmpty() ? sweep.summary() : "");
    }
}
