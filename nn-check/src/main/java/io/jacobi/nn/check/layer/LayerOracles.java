package io.jacobi.nn.check.layer;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Comparer;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Line;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The claims that a layer's gradient agrees with each oracle. */
final class LayerOracles {

    private LayerOracles() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                settings, batch, "central differences", Oracle.DIFFERENCES, LayerOracles::compareWithDifferences));
        if (!settings.differences().kinks()) {
            claims.add(claim(
                    settings, batch, "five-point stencil", Oracle.FIVE_POINT, LayerOracles::compareWithFivePoints));
            claims.add(SweepClaim.of(settings, batch));
        }
        settings.twin().ifPresent(twin -> {
            claims.add(claim(settings, batch, "scalar engine", Oracle.SCALARS, p -> LayerTwin.scalars(p, twin)));
            claims.add(claim(settings, batch, "dual numbers", Oracle.DUALS, p -> LayerTwin.duals(p, twin)));
        });
        return claims;
    }

    /** Returns a claim that is tested on a probe of its own. */
    static Claim claim(
            LayerSettings settings,
            int batch,
            String name,
            Oracle oracle,
            Function<LayerProbe, List<TensorResult>> experiment) {
        return Claim.of(name, batch, oracle, () -> {
            try (LayerProbe probe = new LayerProbe(settings, batch)) {
                return Evidence.of(experiment.apply(probe));
            }
        });
    }

    /** Compares the gradients by the input, unless it is left out, and by each parameter. */
    private static List<TensorResult> compareWithDifferences(LayerProbe probe) {
        Differences differences = probe.settings().differences(probe::projectedOutput);
        return compareEach(probe, probe.run(), differences::compare);
    }

    /** Compares the same gradients, of a smooth layer. */
    private static List<TensorResult> compareWithFivePoints(LayerProbe probe) {
        Differences differences = probe.settings().fivePointDifferences(probe::projectedOutput);
        return compareEach(probe, probe.run(), differences::compare);
    }

    /** Compares the gradients by the input, unless it is left out, and by each parameter, at the probe's x. */
    static List<TensorResult> compareEach(LayerProbe probe, LayerProbe.Result analytic, Comparer comparer) {
        return gradients(probe, analytic).stream()
                .map(g -> comparer.compare(g.name(), g.array(), g.analytic()))
                .toList();
    }

    /** An array that the output depends on, and the gradient by it. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Part(String name, INDArray array, double[] analytic) {}

    /** Returns the input, unless it is left out, and each parameter. Sets the input to the probe's x. */
    static List<Part> gradients(LayerProbe probe, LayerProbe.Result analytic) {
        List<Part> parts = new ArrayList<>();
        Vectors.set(probe.workspace().input(), probe.x());
        if (probe.settings().comparesInput()) {
            parts.add(new Part("input", probe.workspace().input(), analytic.dx()));
        }
        for (Parameter p : probe.model().parameters()) {
            double[] gradient = Arrays.copyOfRange(analytic.gradients(), (int) p.offset(), (int) p.end());
            parts.add(new Part(name(p), probe.model().value(p.path()), gradient));
        }
        return parts;
    }

    /** Returns the gradients alone. */
    static List<double[]> analytic(List<Part> parts) {
        return parts.stream().map(Part::analytic).toList();
    }

    /**
     * Returns a direction of all these arrays together, along which the probe's projection is a function. Seed and
     * number determine it.
     */
    static Line.Direction direction(LayerProbe probe, List<Part> parts, int number) {
        List<INDArray> arrays = parts.stream().map(Part::array).toList();
        return Line.direction(arrays, probe.settings().seed() + number, probe::projectedOutput);
    }

    /** {@code weight}, or {@code 0.weight} for the first layer inside the checked layer. */
    static String name(Parameter p) {
        return p.path().substring(p.path().indexOf('.') + 1);
    }
}
