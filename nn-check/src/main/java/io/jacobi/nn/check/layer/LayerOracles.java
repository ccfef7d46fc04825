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

/** The claims that a layer's gradient is what each oracle says. */
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

    /** A claim that is tested on a probe of its own. */
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

    /** The gradient of the input, unless it is left out, and of each parameter. */
    private static List<TensorResult> compareWithDifferences(LayerProbe probe) {
        Differences differences = probe.settings().differences(probe::projectedOutput);
        return compareEach(probe, probe.run(), differences::compare);
    }

    /** The same gradients, where the function is smooth. */
    private static List<TensorResult> compareWithFivePoints(LayerProbe probe) {
        Differences differences = probe.settings().fivePointDifferences(probe::projectedOutput);
        return compareEach(probe, probe.run(), differences::compare);
    }

    /** Compares the gradients of the input, unless it is left out, and of each parameter, at the probe's x. */
    static List<TensorResult> compareEach(LayerProbe probe, LayerProbe.Result analytic, Comparer comparer) {
        return gradients(probe, analytic).stream()
                .map(g -> comparer.compare(g.name(), g.array(), g.analytic()))
                .toList();
    }

    /** An array that the output depends on, and what backward wrote of it. */
    @SuppressWarnings("ArrayRecordComponent") // carried from one method to another, compared by nobody
    record Part(String name, INDArray array, double[] analytic) {}

    /** The input, unless it is left out, and each parameter; the input holds the probe's x. */
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

    /** The gradients alone. */
    static List<double[]> analytic(List<Part> parts) {
        return parts.stream().map(Part::analytic).toList();
    }

    /** A direction of all these arrays at once, along which the probe's projection is a function; the seed and the number decide it. */
    static Line.Direction direction(LayerProbe probe, List<Part> parts, int number) {
        List<INDArray> arrays = parts.stream().map(Part::array).toList();
        return Line.direction(arrays, probe.settings().seed() + number, probe::projectedOutput);
    }

    /** {@code weight}, or {@code 0.weight} of the first layer inside the one that is checked. */
    static String name(Parameter p) {
        return p.path().substring(p.path().indexOf('.') + 1);
    }
}
