package io.jacobi.nn.io;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a model file says beside the tensors, as it stands there: layers are not constructed yet, and may be of unknown types.
 *
 * @param version of Jacobi that wrote it
 * @param input the shape of one example
 * @param type of the weights
 * @param seed of the model
 * @param layers one JSON object each
 * @param labels of the classes; none if nobody gave them
 * @param sha256 of the tensors' bytes
 */
record Description(
        String version,
        Shape input,
        DataType type,
        long seed,
        List<StoredLayer> layers,
        List<String> labels,
        Optional<TrainingRecord> training,
        Optional<String> sha256) {

    /** A layer and the name that its user gave it. */
    record StoredLayer(Optional<String> name, JsonValue layer) {}

    /** The layers, constructed and checked against each other; nothing is allocated. */
    Blueprint blueprint(LayerTypes types) throws ModelFormatException {
        RecordJson records = new RecordJson(types);
        Sequential.Builder builder = Sequential.input(input);
        for (StoredLayer stored : layers) {
            Layer layer = records.readTyped(stored.layer(), Layer.class);
            stored.name().ifPresentOrElse(name -> builder.add(name, layer), () -> builder.add(layer));
        }
        try {
            return builder.blueprint();
        } catch (RuntimeException unfit) {
            // a layer's declare may throw anything for arguments that its author never saw
            throw new ModelFormatException(
                    "its layers do not fit each other: " + unfit.getMessage(),
                    "layers as they were stored",
                    ModelFormatException.WRITE_AGAIN,
                    unfit);
        }
    }
}
