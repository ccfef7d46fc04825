package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a batch is: examples side by side, in buffers that may be larger, beside other workspaces of the same layer. */
final class BatchClaims {

    private static final double ROUNDING = 1e-12;

    private BatchClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        List<Claim> claims = new ArrayList<>();
        if (!settings.subject().couplesExamples()) {
            claims.add(LayerContract.claim(
                    settings, batch, "a batch is its examples, one by one", BatchClaims::differsFromItsExamples));
        }
        claims.add(LayerContract.claim(
                settings,
                batch,
                "the rows of a larger workspace give the same result",
                BatchClaims::differsInALargerWorkspace));
        claims.add(LayerContract.claim(
                settings, batch, "nothing is kept between calls", BatchClaims::differsBesideAnother));
        return claims;
    }

    /** Rows of y and dx, and the sum of the gradients. Example n is at its place in the batch, as what is random depends on it. */
    private static String differsFromItsExamples(LayerProbe probe) {
        LayerProbe.Result whole = probe.run();
        double[] y = new double[whole.y().length];
        double[] dx = new double[whole.dx().length];
        double[] gradients = new double[whole.gradients().length];
        try (Workspace one = Workspace.withInputGradient(probe.model(), 1)) {
            for (int n = 0; n < probe.batch(); n++) {
                LayerProbe.Result own = probe.run(one, n);
                put(own.y(), y, n);
                put(own.dx(), dx, n);
                Arrays.setAll(gradients, i -> gradients[i] + own.gradients()[i]);
            }
        }
        return LayerContract.difference(whole, new LayerProbe.Result(y, dx, gradients), ROUNDING);
    }

    private static void put(double[] row, double[] rows, int n) {
        System.arraycopy(row, 0, rows, n * row.length, row.length);
    }

    /** As the short last batch of an epoch: first and last row included, to the bit. */
    private static String differsInALargerWorkspace(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        try (Workspace large = Workspace.withInputGradient(probe.model(), probe.batch() + 2)) {
            double[] more = new double[(int) large.input().length()];
            double[] x = probe.x();
            Arrays.setAll(more, i -> x[i % x.length]);
            Vectors.set(large.input(), more);
            large.forward(0, 0);
            large.fill(Double.NaN);
            Workspace ragged = large.narrow(probe.batch());
            return LayerContract.difference(expected, probe.run(ragged), 0);
        }
    }

    /** Forward here, forward there on other numbers, and only then backward here. */
    private static String differsBesideAnother(LayerProbe probe) {
        LayerProbe.Result expected = probe.run();
        try (Workspace other = Workspace.withInputGradient(probe.model(), probe.batch())) {
            probe.forward();
            double[] reversed = probe.x();
            for (int i = 0; i < reversed.length / 2; i++) {
                double first = reversed[i];
                reversed[i] = reversed[reversed.length - 1 - i];
                reversed[reversed.length - 1 - i] = first;
            }
            Vectors.set(other.input(), reversed);
            other.forward(1, 0);
            Vectors.set(other.outputGradient(), new double[probe.cotangent().length]);
            other.backward();
            other.predict();
            return LayerContract.difference(expected, probe.backward(probe.cotangent()), 0);
        }
    }
}
