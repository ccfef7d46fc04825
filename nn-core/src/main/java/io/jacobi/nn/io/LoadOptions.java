package io.jacobi.nn.io;

import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What {@link ModelFile#load(java.nio.file.Path, LoadOptions)} accepts.
 *
 * <p>The weights of a model are as large as its file, but its activations are not: a file of 700 bytes can describe a
 * convolution whose padding makes an image of a gigabyte. So a file is refused if the buffers for the prediction of one
 * example would take more than {@link #predictionBytes}.
 *
 * @param types the layers and initializers that the file may construct
 * @param predictionBytes the most memory for the prediction of one example, in bytes, without the weights
 */
public record LoadOptions(LayerTypes types, long predictionBytes) {

    /** 256 MiB, several times the activations of a ResNet or a VGG for an image of 224 x 224. */
    private static final long PREDICTION_BYTES = 256L << 20;

    /** The {@linkplain LayerTypes#installed installed} types, and at most 256 MiB for the prediction of one example. */
    public static LoadOptions defaults() {
        return new LoadOptions(LayerTypes.installed(), PREDICTION_BYTES);
    }

    /** Returns a copy with these layers and initializers. */
    public LoadOptions withTypes(LayerTypes other) {
        return new LoadOptions(other, predictionBytes);
    }

    /** Returns a copy with another limit for the memory of the prediction of one example. */
    public LoadOptions withPredictionBytes(long most) {
        return new LoadOptions(types, most);
    }

    /** Returns a copy that also accepts a file of this model. */
    public LoadOptions withRoomFor(Blueprint blueprint, DataType type) {
        return withPredictionBytes(Math.max(predictionBytes, bytes(blueprint, type)));
    }

    /** The bytes for the prediction of one example, or the largest long if there are more. */
    private static long bytes(Blueprint blueprint, DataType type) {
        long elements = Workspace.elementsToPredictOne(blueprint);
        return elements > Long.MAX_VALUE / type.width() ? Long.MAX_VALUE : elements * type.width();
    }

    void requireRoomFor(Blueprint blueprint, DataType type, Safetensors file) throws ModelFormatException {
        long bytes = bytes(blueprint, type);
        if (bytes > predictionBytes) {
            throw new ModelFormatException(
                    file.path() + ": the prediction of one example would take "
                            + (bytes == Long.MAX_VALUE ? "2^63 bytes or more" : bytes + " bytes"),
                    "at most " + predictionBytes + " bytes",
                    "if you trust the file and have the memory, load it with"
                            + " LoadOptions.defaults().withPredictionBytes(" + bytes + ")");
        }
        if (bytes / type.width() > Integer.MAX_VALUE) {
            throw new ModelFormatException(
                    file.path() + ": the prediction of one example would take " + bytes / type.width() + " elements",
                    "at most 2^31-1, the longest array",
                    "build a model with a smaller input or smaller layers");
        }
    }
}
