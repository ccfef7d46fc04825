package io.jacobi.nn.check.layer;

import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.recorded.Recorded;
import java.util.ArrayList;
import java.util.List;

/** Every claim that a layer is held to. */
public final class LayerClaims {

    private LayerClaims() {}

    /**
     * Returns the claims at these batch sizes. If the layer is not defined at the inputs, they are one claim, which
     * says so.
     *
     * @throws io.jacobi.nn.ShapeException if the layer does not take the input shape
     * @throws IllegalArgumentException if there is nothing to compare: no parameters, and an input that is not varied
     */
    public static List<Claim> of(LayerSettings settings, List<Integer> batches) {
        List<Claim> claims = new ArrayList<>();
        for (int batch : batches) {
            LayerDomain domain = domain(settings, batch);
            if (domain.undefined().isPresent()) {
                return List.of(domain.undefined().orElseThrow());
            }
            claims.addAll(at(settings, batch, domain));
        }
        return claims;
    }

    private static List<Claim> at(LayerSettings settings, int batch, LayerDomain domain) {
        List<Claim> claims = new ArrayList<>();
        claims.addAll(LayerContract.claims(settings, batch, domain.y()));
        claims.addAll(StepClaims.claims(settings, batch));
        claims.addAll(ExtremeClaims.claims(settings, batch));
        claims.addAll(ShiftClaims.claims(settings, batch));
        claims.addAll(QuotientClaims.claims(settings, batch));
        claims.addAll(BackwardClaims.claims(settings, batch));
        claims.addAll(BatchClaims.claims(settings, batch));
        claims.addAll(DerivativeClaims.claims(settings, batch));
        claims.addAll(PredictionClaims.claims(settings, batch));
        claims.addAll(NextStepClaims.claims(settings, batch));
        claims.addAll(LayerOracles.claims(settings, batch));
        return claims;
    }

    /**
     * Returns the claims about a recorded case, which brings its own batch, inputs and parameters.
     *
     * @throws IllegalArgumentException if the case does not fit the layer
     */
    public static List<Claim> recorded(LayerSettings settings, Recorded recording) {
        return RecordedLayer.claims(settings, recording);
    }

    private static LayerDomain domain(LayerSettings settings, int batch) {
        try (LayerProbe probe = new LayerProbe(settings, batch)) {
            if (!settings.comparesInput() && probe.model().parameterCount() == 0) {
                throw new IllegalArgumentException(
                        settings.subject() + " has no parameters, and its input was to be left out"
                                + "\n  expected something to compare\n  fix: leave out parametersOnly()");
            }
            return LayerDomain.of(probe);
        }
    }
}
