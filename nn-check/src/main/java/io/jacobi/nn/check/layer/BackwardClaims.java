package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What backward is as a function of dy: the same each time, linear, and 0 for 0. */
final class BackwardClaims {

    /** Two sums of as many products; each rounds differently. */
    private static final double ROUNDING = 1e-11;

    private BackwardClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        return List.of(
                LayerContract.claim(
                        settings,
                        batch,
                        "backward twice gives the same result, to the bit",
                        BackwardClaims::differsTheSecondTime),
                LayerContract.claim(settings, batch, "a cotangent of 0 gives 0", BackwardClaims::notZero),
                LayerContract.claim(settings, batch, "backward is linear in dy", BackwardClaims::notLinear));
    }

    /** After one forward pass. */
    private static String differsTheSecondTime(LayerProbe probe) {
        LayerProbe.Result first = probe.run();
        return LayerContract.difference(first, probe.backward(probe.cotangent()), 0);
    }

    private static String notZero(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        LayerProbe.Result actual = probe.backward(new double[probe.cotangent().length]);
        return LayerContract.difference(
                new LayerProbe.Result(
                        expected.y(), new double[expected.dx().length], new double[expected.gradients().length]),
                actual,
                0);
    }

    private static String notLinear(LayerProbe probe) {
        LayerProbe.Result u = probe.run();
        SplittableRandom random = new SplittableRandom(probe.settings().seed() + 1);
        double[] other = random.doubles(probe.cotangent().length, -1, 1).toArray();
        LayerProbe.Result w = probe.backward(other);
        double[] cotangent = probe.cotangent();
        double[] sum = new double[cotangent.length];
        Arrays.setAll(sum, i -> 2 * cotangent[i] - 0.7 * other[i]);
        LayerProbe.Result expected =
                new LayerProbe.Result(u.y(), combine(u.dx(), w.dx()), combine(u.gradients(), w.gradients()));
        return LayerContract.difference(expected, probe.backward(sum), ROUNDING);
    }

    private static double[] combine(double[] u, double[] w) {
        double[] sum = new double[u.length];
        Arrays.setAll(sum, i -> 2 * u[i] - 0.7 * w[i]);
        return sum;
    }
}
