package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Workspace;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a layer may touch in a step, and what it may ask for. */
final class StepClaims {

    private StepClaims() {}

    static List<Claim> claims(LayerSettings settings, int batch) {
        List<Claim> claims = new ArrayList<>();
        claims.add(LayerContract.claim(
                settings, batch, "forward leaves x and the weights alone", StepClaims::changedByForward));
        claims.add(LayerContract.claim(
                settings, batch, "predicting changes nothing but y", StepClaims::changedByPrediction));
        claims.add(LayerContract.claim(
                settings, batch, "backward does without dx where it is not needed", StepClaims::failsAsTheFirstLayer));
        claims.add(LayerContract.claim(settings, batch, "a step allocates nothing native", StepAllocations::found));
        return claims;
    }

    private static String changedByForward(LayerProbe probe) {
        double[] weights = Vectors.toDoubles(probe.model().weights());
        probe.forward();
        return Failures.join(
                changed("x", probe.x(), probe.workspace().input()),
                changed("weights", weights, probe.model().weights()));
    }

    private static String changedByPrediction(LayerProbe probe) {
        LayerProbe.Result training = probe.run();
        double[] weights = Vectors.toDoubles(probe.model().weights());
        double[] state = Vectors.toDoubles(probe.model().state());
        probe.workspace().predict();
        return Failures.join(
                changed("x", probe.x(), probe.workspace().input()),
                changed("weights", weights, probe.model().weights()),
                changed("state", state, probe.model().state()),
                Failures.firstDifference("gradient", training.gradients(), probe.gradients(), 0));
    }

    private static String changed(String name, double[] before, INDArray after) {
        return Failures.firstDifference(name, before, Vectors.toDoubles(after), 0);
    }

    /** The first layer that has parameters gets no dx in training: {@link io.jacobi.nn.Pass#needsInputGradient} says so. */
    private static String failsAsTheFirstLayer(LayerProbe probe) {
        double[] expected = probe.run().gradients();
        try (Workspace training = Workspace.forTraining(probe.model(), probe.batch())) {
            return Failures.firstDifference("gradient", expected, probe.runWithoutDx(training), 0);
        } catch (IllegalStateException refused) {
            return "as the first layer of a model that trains it threw: " + refused.getMessage();
        }
    }
}
