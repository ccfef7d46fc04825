package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The claims that a loss's gradient is what each oracle says. */
public final class LossOracles {

    private LossOracles() {}

    /** On this probe; {@code suffix} tells its claims from those on another. */
    public static List<Claim> claims(LossCheck check, LossProbe probe, String suffix) {
        List<Claim> claims = new ArrayList<>();
        claims.add(claim(
                "central differences" + suffix,
                probe,
                Oracle.DIFFERENCES,
                () -> List.of(compareWithDifferences(check, probe))));
        check.twin().ifPresent(twin -> {
            claims.add(claim("scalar engine" + suffix, probe, Oracle.SCALARS, () -> LossTwin.scalars(probe, twin)));
            claims.add(claim("dual numbers" + suffix, probe, Oracle.DUALS, () -> LossTwin.duals(probe, twin)));
        });
        return claims;
    }

    private static Claim claim(String name, LossProbe probe, Oracle oracle, Supplier<List<TensorResult>> experiment) {
        return Claim.of(name, probe.batch(), oracle, () -> Evidence.of(experiment.get()));
    }

    private static TensorResult compareWithDifferences(LossCheck check, LossProbe probe) {
        double[] gradient = probe.run().gradient();
        return new Differences(GradientCheck.DEFAULT_STEP, check.tolerance(), () ->
                        new double[] {probe.run().value()})
                .compare("prediction", probe.prediction(), gradient);
    }
}
