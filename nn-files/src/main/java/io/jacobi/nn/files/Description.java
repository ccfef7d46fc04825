package io.jacobi.nn.files;

import java.util.List;
import java.util.Optional;

/**
 * The description in a model file: everything but the tensors. The layers are records of JSON that are not constructed yet, and may be
 * of unknown types.
 *
 * @param version the version of Jacobi that wrote the file
 * @param input the shape of one example, without the batch
 * @param type the type of the weights: F32 or F64
 * @param seed the seed of the model
 * @param layers in order
 * @param labels the names of the classes; empty if the file has none
 * @param training how the model was trained, if the file says so
 * @param sha256 the hash of the tensors' bytes; a file of another program has none
 */
public record Description(
        String version,
        List<Long> input,
        TensorType type,
        long seed,
        List<StoredLayer> layers,
        List<String> labels,
        Optional<TrainingRecord> training,
        Optional<String> sha256) {

    public Description {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        labels = List.copyOf(labels);
    }

    /**
     * A layer as it is stored.
     *
     * @param name the name that the layer was added under, if it was given one
     * @param layer its type and its arguments
     */
    public record StoredLayer(Optional<String> name, JsonValue layer) {}

    /** The JSON that {@link #parse} reads. */
    public String toJson() {
        return DescriptionJson.write(this);
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @throws ModelFormatException if the text is something else
     */
    public static Description parse(String text) throws ModelFormatException {
        return DescriptionJson.parse(text);
    }
}
