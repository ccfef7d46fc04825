package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The claims that a loss's gradient agrees with each oracle. */
final class LossOracles {

    private LossOracles() {}

    /** Returns the claims on this probe. {@code suffix} distinguishes them from claims on another probe. */
    static List<Claim> claims(LossSettings settings, LossProbe probe, String suffix) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                "central differences" + suffix,
                probe,
                Oracle.DIFFERENCES,
                () -> List.of(compareWithDifferences(settings, probe))));
        settings.twin().ifPresent(twin -> {
            claims.add(claim("scalar engine" + suffix, probe, Oracle.SCALARS, () -> LossTwin.scalars(probe, twin)));
            claims.add(claim("dual numbers" + suffix, probe, Oracle.DUALS, () -> LossTwin.duals(probe, twin)));
        });
        return claims;
    }

    private static Claim claim(String name, LossProbe probe, Oracle oracle, Supplier<List<TensorResult>> experiment) {
        return Claim.of(name, probe.batch(), oracle, () -> Evidence.of(experiment.get()));
    }

    private static TensorResult compareWithDifferences(LossSettings settings, LossProbe probe) {
        double[] gradient = probe.run().gradient();
        return new Differences(
                        settings.central(), () -> new double[] {probe.run().value()})
                .compare("prediction", probe.prediction(), gradient);
    }
}
