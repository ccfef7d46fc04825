package io.jacobi.nn.check.layer;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.check.recorded.RecordedComparison;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares a layer with the values of another framework: output, gradients, states and prediction. */
final class RecordedLayer {

    private static final String PARAMETERS = "parameters/";
    private static final String GRADIENTS = "gradients/";
    private static final String STATES = "states/";
    private static final String PREDICTED = "predicted";

    private RecordedLayer() {}

    /** Returns the claims in double and in float. */
    static List<Claim> claims(LayerSettings settings, Recorded recorded) {
        requireFit(settings, recorded);
        return RecordedComparison.claims(recorded, batch(recorded), comparison -> compare(settings, comparison));
    }

    private static int batch(Recorded recorded) {
        return recorded.get("x").dim(0);
    }

    private static Sequential.Builder layers(LayerSettings settings, Recorded recorded) {
        return Sequential.input(recorded.perExample("x")).add(settings.subject());
    }

    private static void requireFit(LayerSettings settings, Recorded recorded) {
        Blueprint model = layers(settings, recorded).blueprint();
        Shape output = Shape.of(model.outputShape().withBatch(batch(recorded)));
        Map<String, Shape> required = new LinkedHashMap<>();
        required.put("x", recorded.shape("x"));
        required.put("y", output);
        required.put("dy", output);
        if (settings.comparesInput()) {
            required.put("dx", recorded.shape("x"));
        }
        for (Parameter p : model.parameters()) {
            required.put(PARAMETERS + LayerOracles.name(p), p.shape());
            required.put(GRADIENTS + LayerOracles.name(p), p.shape());
        }
        model.states().forEach(p -> required.put(STATES + LayerOracles.name(p), p.shape()));
        recorded.requireFit(settings.subject(), required, Map.of(PREDICTED, output));
    }

    private static List<TensorResult> compare(LayerSettings settings, RecordedComparison comparison) {
        Recorded recorded = comparison.recorded();
        List<TensorResult> results = new ArrayList<>();
        try (Sequential model = layers(settings, recorded).build(comparison.type(), settings.seed());
                Workspace w = Workspace.withInputGradient(model, batch(recorded))) {
            for (Parameter p : model.parameters()) {
                Vectors.set(model.value(p.path()), recorded.values(PARAMETERS + LayerOracles.name(p)));
            }
            w.fill(Double.NaN);
            w.clearGradients();
            Vectors.set(w.input(), recorded.values("x"));
            w.forward(0, 0);
            results.add(comparison.of("output", "y", Vectors.toDoubles(w.output())));
            Vectors.set(w.outputGradient(), recorded.values("dy"));
            w.backward();
            if (settings.comparesInput()) {
                results.add(comparison.of("input", "dx", Vectors.toDoubles(w.inputGradient())));
            }
            for (Parameter p : model.parameters()) {
                double[] gradient = Vectors.toDoubles(
                        Memory.view(w.gradients(), p.offset(), p.shape().size()));
                results.add(comparison.of(LayerOracles.name(p), GRADIENTS + LayerOracles.name(p), gradient));
            }
            for (Parameter p : model.states()) {
                double[] state = Vectors.toDoubles(model.value(p.path()));
                results.add(comparison.of(LayerOracles.name(p), STATES + LayerOracles.name(p), state));
            }
            if (recorded.has(PREDICTED)) {
                Vectors.set(w.input(), recorded.values("x"));
                w.predict();
                results.add(comparison.of("prediction", PREDICTED, Vectors.toDoubles(w.output())));
            }
        }
        return results;
    }
}
