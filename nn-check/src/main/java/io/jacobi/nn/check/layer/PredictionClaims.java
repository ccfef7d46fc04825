package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.List;

/** The claim that a prediction is a function of one example and of what is stored. {@code Predictor} relies on it. */
final class PredictionClaims {

    /** A matrix product of more rows may add in another order. */
    private static final double ROUNDING = 1e-12;

    private PredictionClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        return List.of(LayerContract.claim(
                settings,
                batch,
                "a prediction does not depend on its batch",
                PredictionClaims::differsFromItsExamples));
    }

    /**
     * A prediction must not depend on its batch even where training does: a predictor may run batches of any size, with
     * examples of several callers.
     */
    private static String differsFromItsExamples(LayerProbe probe) {
        double[] x = probe.x();
        int width = x.length / probe.batch();
        try (Workspace more = Workspace.withInputGradient(probe.model(), probe.batch() + 1);
                Workspace one = Workspace.withInputGradient(probe.model(), 1)) {
            double[] rows = Arrays.copyOf(x, x.length + width);
            System.arraycopy(x, 0, rows, x.length, width);
            double[] whole = predict(more, rows);
            double[] alone = new double[whole.length];
            int outputs = alone.length / more.batch();
            for (int n = 0; n < more.batch(); n++) {
                double[] y = predict(one, Arrays.copyOfRange(rows, n * width, (n + 1) * width));
                System.arraycopy(y, 0, alone, n * outputs, outputs);
            }
            return Failures.firstDifference("predicted y", alone, whole, ROUNDING);
        }
    }

    private static double[] predict(Workspace w, double[] x) {
        Vectors.set(w.input(), x);
        w.predict();
        return Vectors.toDoubles(w.output());
    }
}
