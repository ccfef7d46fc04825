package io.jacobi.nn.check.loss;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.check.recorded.RecordedComparison;
import io.jacobi.nn.loss.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** Compares a loss with the values of another framework: its value and its gradient. */
final class RecordedLoss {

    private static final String WEIGHTS = "weights";

    private RecordedLoss() {}

    /** Returns the claims in double and in float. */
    static List<Claim> claims(Loss loss, Recorded recorded) {
        Shape prediction = recorded.shape("prediction");
        Map<String, Shape> required = new LinkedHashMap<>();
        required.put("prediction", prediction);
        required.put("target", Shape.of(recorded.perExample("target").withBatch(prediction.dim(0))));
        required.put("value", Shape.of());
        required.put("gradient", prediction);
        loss.check(recorded.perExample("prediction"), recorded.perExample("target"));
        recorded.requireFit(loss, required, Map.of(WEIGHTS, Shape.of(prediction.dim(0))));
        return RecordedComparison.claims(recorded, (int) prediction.dim(0), comparison -> compare(loss, comparison));
    }

    private static List<TensorResult> compare(Loss loss, RecordedComparison comparison) {
        LossProbe.Result actual =
                probe(loss, comparison.recorded(), comparison.type()).run();
        return List.of(
                comparison.of("value", "value", new double[] {actual.value()}),
                comparison.of("prediction", "gradient", actual.gradient()));
    }

    private static LossProbe probe(Loss loss, Recorded recorded, DataType type) {
        return new LossProbe(
                loss,
                recorded.array("prediction", type),
                recorded.array("target", type),
                recorded.has(WEIGHTS) ? Optional.of(recorded.array(WEIGHTS, type)) : Optional.empty());
    }
}
