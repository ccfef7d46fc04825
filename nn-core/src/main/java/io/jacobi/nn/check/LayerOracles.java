package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The claims that a layer's gradient is what each oracle says. */
final class LayerOracles {

    private LayerOracles() {}

    static List<Claim> claims(GradientCheck check, int batch) {
        List<Claim> claims = new ArrayList<>();
        claims.add(
                claim(check, batch, "central differences", Oracle.DIFFERENCES, LayerOracles::compareWithDifferences));
        check.twin().ifPresent(twin -> {
            claims.add(claim(check, batch, "scalar engine", Oracle.SCALARS, p -> LayerTwin.scalars(p, twin)));
            claims.add(claim(check, batch, "dual numbers", Oracle.DUALS, p -> LayerTwin.duals(p, twin)));
        });
        return claims;
    }

    /** A claim that is tested on a probe of its own. */
    static Claim claim(
            GradientCheck check,
            int batch,
            String name,
            Oracle oracle,
            Function<LayerProbe, List<TensorResult>> experiment) {
        return Claim.of(name, batch, oracle, () -> {
            try (LayerProbe probe = new LayerProbe(check, batch)) {
                return Evidence.of(experiment.apply(probe));
            }
        });
    }

    /** The gradient of the input, unless it is left out, and of each parameter. */
    private static List<TensorResult> compareWithDifferences(LayerProbe probe) {
        GradientCheck check = probe.check();
        Differences differences = new Differences(check.step(), check.tolerance(), probe::projectedOutput);
        return compareEach(probe, probe.run(), differences::compare);
    }

    /** Compares one array's gradient. */
    @FunctionalInterface
    interface Comparer {
        TensorResult compare(String name, INDArray array, double[] analytic);
    }

    /** The gradients of the input, unless it is left out, and of each parameter, at the probe's x. */
    static List<TensorResult> compareEach(LayerProbe probe, LayerProbe.Result analytic, Comparer comparer) {
        List<TensorResult> results = new ArrayList<>();
        Vectors.set(probe.workspace().input(), probe.x());
        if (probe.check().comparesInput()) {
            results.add(comparer.compare("input", probe.workspace().input(), analytic.dx()));
        }
        for (Parameter p : probe.model().parameters()) {
            double[] gradient = Arrays.copyOfRange(analytic.gradients(), (int) p.offset(), (int) p.end());
            results.add(comparer.compare(name(p), probe.model().value(p.path()), gradient));
        }
        return results;
    }

    /** {@code weight}, or {@code 0.weight} of the first layer inside the one that is checked. */
    static String name(Parameter p) {
        return p.path().substring(p.path().indexOf('.') + 1);
    }
}
