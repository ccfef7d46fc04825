package io.jacobi.nn.check.layer;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Domain;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The first forward pass of a check: whether the layer is defined at the inputs.
 *
 * @param y the output
 * @param undefined the only claim to test, if y is not finite
 */
@SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
record LayerDomain(double[] y, Optional<Claim> undefined) {

    private static final String EXPECTED = "numbers at which the layer is defined";

    /**
     * Runs forward. The buffers held 0 before, so that y is NaN only if the layer computes it: an element that is not
     * written is left to its own claim.
     */
    static LayerDomain of(LayerProbe probe) {
        double[] y = probe.output(probe.x());
        OptionalInt first = Domain.firstNotFinite(y);
        return new LayerDomain(
                y, first.isEmpty() ? Optional.empty() : Optional.of(undefined(probe, y, first.getAsInt())));
    }

    private static Claim undefined(LayerProbe probe, double[] y, int first) {
        return byInput(probe)
                .or(() -> byParameter(probe))
                .orElseGet(() -> Domain.undefined(
                        probe.batch(),
                        y(probe, first, y[first]) + ", and so it is at other inputs",
                        EXPECTED,
                        "correct forward, or draw the inputs that it is made for with inputs(...)"));
    }

    private static Optional<Claim> byInput(LayerProbe probe) {
        double[] x = probe.x();
        Shape shape = Shape.of(probe.workspace().input().shape());
        return Domain.culprit(x, probe::output)
                .map(culprit -> Domain.undefined(
                        probe.batch(),
                        y(probe, culprit.result(), culprit.value()) + " where input"
                                + TensorResult.place(shape, culprit.argument()) + " is " + x[culprit.argument()],
                        EXPECTED,
                        "draw inputs between two of them with inputs(Initializers.uniform(low, high)); if the layer"
                                + " should be defined there, correct forward"));
    }

    /** A parameter is its initial value and noise, which may lead out of the domain too. */
    private static Optional<Claim> byParameter(LayerProbe probe) {
        double[] weights = Vectors.toDoubles(probe.model().weights());
        return Domain.culprit(weights, w -> {
                    Vectors.set(probe.model().weights(), w);
                    return probe.output(probe.x());
                })
                .map(culprit -> Domain.undefined(
                        probe.batch(),
                        y(probe, culprit.result(), culprit.value()) + " where " + parameter(probe, culprit.argument())
                                + " is " + weights[culprit.argument()],
                        EXPECTED,
                        "a check moves each parameter by about 0.3, and training moves it anywhere: map it into the"
                                + " domain in forward, or start it farther inside"));
    }

    private static String parameter(LayerProbe probe, int index) {
        Parameter p = Parameter.holding(index, probe.model().parameters()).orElseThrow();
        return LayerOracles.name(p) + TensorResult.place(p.shape(), index - (int) p.offset());
    }

    private static String y(LayerProbe probe, int index, double value) {
        Shape shape = Shape.of(probe.workspace().output().shape());
        return "y" + TensorResult.place(shape, index) + " is " + value;
    }
}
