package io.jacobi.nn.files;

import java.util.List;
import java.util.Optional;

/**
 * The description of a model in its file: everything except the tensors. The layers are values of JSON, because the
 * program that reads them may not have their types.
 *
 * @param version the version of Jacobi that wrote the file
 * @param input the shape of one example, without the batch
 * @param type the type of the weights: F32 or F64
 * @param seed the seed of the model
 * @param layers the layers in order
 * @param labels the names of the classes; empty if the file has none
 * @param training how the model was trained, if the file has this record
 * @param table how rows of a table become the model's examples and its outputs answers, if the model is one of a table:
 *     see {@code io.jacobi.nn.files.table.TableEncoding}
 * @param sha256 the hash of the tensors' bytes, if the file has one
 */
public record Description(
        String version,
        List<Long> input,
        TensorType type,
        long seed,
        List<StoredLayer> layers,
        List<String> labels,
        Optional<TrainingRecord> training,
        Optional<JsonValue> table,
        Optional<String> sha256) {

    public Description {
        input = List.copyOf(input);
        layers = List.copyOf(layers);
        labels = List.copyOf(labels);
    }

    /**
     * A layer in a file.
     *
     * @param name the name of the layer in its model, if it has one
     * @param layer its {@linkplain JsonValue#type type} and its {@linkplain JsonValue#arguments arguments}
     */
    public record StoredLayer(Optional<String> name, JsonValue layer) {}

    /** The description as JSON. */
    public String toJson() {
        return DescriptionJson.write(this);
    }

    /**
     * Reads the JSON that {@link #toJson} wrote.
     *
     * @throws ModelFormatException if the text is not such JSON
     */
    public static Description parse(String text) throws ModelFormatException {
        return DescriptionJson.parse(text);
    }
}
