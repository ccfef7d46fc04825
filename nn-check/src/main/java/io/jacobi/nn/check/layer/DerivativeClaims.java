package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.derivative.Derivatives;
import io.jacobi.nn.derivative.Gradient;
import io.jacobi.nn.derivative.Linearization;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the derivative tools, {@link Derivatives}, rely on beyond a training step. */
final class DerivativeClaims {

    private DerivativeClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        List<Claim> claims = new ArrayList<>();
        if (batch > 1 && !settings.subject().couplesExamples()) {
            claims.add(LayerContract.claim(
                    settings, batch, "examples do not affect each other", DerivativeClaims::touchesAnotherExample));
        }
        claims.add(LayerOracles.claim(
                settings,
                batch,
                "a prediction is differentiated too",
                Oracle.DIFFERENCES,
                DerivativeClaims::prediction));
        return claims;
    }

    /** The blocks off the diagonal of the batch's Jacobian, seen through a cotangent that is 0 for all examples but one. */
    private static String touchesAnotherExample(LayerProbe probe) {
        Linearization at = Derivatives.of(probe.model()).at(input(probe));
        int outputs = probe.cotangent().length / probe.batch();
        int inputs = probe.x().length / probe.batch();
        for (int asked = 0; asked < probe.batch(); asked++) {
            double[] u = new double[probe.cotangent().length];
            System.arraycopy(probe.cotangent(), asked * outputs, u, asked * outputs, outputs);
            double[] dx = Vectors.toDoubles(at.vjp(cotangent(probe, u)).input());
            for (int i = 0; i < dx.length; i++) {
                if (i / inputs != asked && dx[i] != 0) {
                    return String.format(
                            Locale.ROOT,
                            "dy is 0 but for example %d, and dx of example %d is not: element %d is %.10g",
                            asked,
                            i / inputs,
                            i % inputs,
                            dx[i]);
                }
            }
        }
        return "";
    }

    /** Nothing where predicting is the same function as training, derivatives included: that one was compared already. */
    private static List<TensorResult> prediction(LayerProbe probe) {
        LayerProbe.Result training = probe.run();
        Linearization at = Derivatives.of(probe.model()).predicting().at(input(probe));
        Gradient gradient = at.vjp(cotangent(probe, probe.cotangent()));
        LayerProbe.Result predicting = new LayerProbe.Result(
                Vectors.toDoubles(at.output()),
                Vectors.toDoubles(gradient.input()),
                Vectors.toDoubles(gradient.flat()));
        if (same(training, predicting)) {
            return List.of();
        }
        Differences differences = probe.settings().differences(probe::projectedPrediction);
        return LayerOracles.compareEach(probe, predicting, differences::compare);
    }

    private static boolean same(LayerProbe.Result a, LayerProbe.Result b) {
        return Arrays.equals(a.y(), b.y())
                && Arrays.equals(a.dx(), b.dx())
                && Arrays.equals(a.gradients(), b.gradients());
    }

    private static INDArray input(LayerProbe probe) {
        Vectors.set(probe.workspace().input(), probe.x());
        return probe.workspace().input();
    }

    private static INDArray cotangent(LayerProbe probe, double[] u) {
        Vectors.set(probe.workspace().outputGradient(), u);
        return probe.workspace().outputGradient();
    }
}
