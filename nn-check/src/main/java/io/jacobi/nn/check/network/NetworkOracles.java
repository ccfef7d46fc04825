package io.jacobi.nn.check.network;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Comparer;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The claims that the gradient a network is trained with agrees with each oracle. */
final class NetworkOracles {

    /** The name of the input in reports. A parameter's name is its path, which has a dot. */
    static final String INPUT = "input";

    private NetworkOracles() {}

    static List<Claim> claims(NetworkSettings settings, NetworkStage stage) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(settings, stage, "central differences", Oracle.DIFFERENCES, NetworkOracles::differences));
        settings.twin().ifPresent(twin -> {
            claims.add(claim(settings, stage, "scalar engine", Oracle.SCALARS, twin::scalars));
            claims.add(claim(settings, stage, "dual numbers", Oracle.DUALS, twin::duals));
        });
        return claims;
    }

    private static Claim claim(
            NetworkSettings settings,
            NetworkStage stage,
            String name,
            Oracle oracle,
            Function<NetworkProbe, List<TensorResult>> experiment) {
        return Claim.of(stage.claim(name), settings.data().size(), oracle, () -> {
            try (NetworkProbe probe = stage.probe(settings)) {
                return Evidence.of(experiment.apply(probe));
            }
        });
    }

    /** Compares the gradient of loss and penalties. */
    private static List<TensorResult> differences(NetworkProbe probe) {
        NetworkSettings settings = probe.settings();
        double[] dx = probe.run().dx();
        double[] gradient =
                GradientRecorder.step(probe, settings.penalties(), 1).gradient();
        Differences differences = new Differences(settings.central(), probe::terms);
        return compareEach(probe, dx, gradient, differences::compare);
    }

    /** Compares the gradients by the input, unless it is left out, and by each parameter. */
    static List<TensorResult> compareEach(NetworkProbe probe, double[] dx, double[] gradient, Comparer comparer) {
        List<TensorResult> results = new ArrayList<>();
        if (probe.settings().comparesInput()) {
            results.add(comparer.compare(INPUT, probe.input(), dx));
        }
        Sequential model = probe.model();
        for (Parameter p : model.parameters()) {
            double[] own = Arrays.copyOfRange(gradient, (int) p.offset(), (int) p.end());
            results.add(comparer.compare(p.path(), model.value(p.path()), own));
        }
        return results;
    }
}
