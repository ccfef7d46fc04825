package io.jacobi.nn.io;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Jacobi's entries in the metadata of a file: the description, and the hash of the description. The hash of the tensors is in the
 * description, so each bit that a model depends on is covered by one of the two.
 */
final class ModelMetadata {

    private static final String DESCRIPTION = "jacobi";
    private static final String DESCRIPTION_HASH = "jacobi.sha256";

    private ModelMetadata() {}

    static Map<String, String> of(String description) throws ModelFormatException {
        if (description.length() > Json.MAX_STRING) {
            throw new ModelFormatException(
                    "the description would have " + description.length() + " characters",
                    "at most " + Json.MAX_STRING,
                    "fewer or shorter labels");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(DESCRIPTION, description);
        entries.put(DESCRIPTION_HASH, Sha256.of(description));
        return entries;
    }

    /** Whether the file says what its layers are. */
    static boolean isDescribed(Safetensors file) {
        return file.metadata().containsKey(DESCRIPTION);
    }

    static Description description(Safetensors file) throws ModelFormatException {
        String text = file.metadata().get(DESCRIPTION);
        if (text == null) {
            throw new ModelFormatException(
                    file.path() + " says nothing of its layers: there is no \"" + DESCRIPTION + "\" in its metadata",
                    "a file that Jacobi wrote",
                    "build the model, and load the weights alone: ModelFile.loadWeights(model, path)");
        }
        if (!isDescriptionIntact(file)) {
            throw changed(
                    file,
                    "the layers and the rest of the description",
                    file.metadata().getOrDefault(DESCRIPTION_HASH, ""),
                    Sha256.of(text));
        }
        return unverified(file);
    }

    /** Whether the description has the hash that stands beside it; true if none does. */
    static boolean isDescriptionIntact(Safetensors file) {
        String computed = Sha256.of(file.metadata().getOrDefault(DESCRIPTION, ""));
        return computed.equals(file.metadata().getOrDefault(DESCRIPTION_HASH, computed));
    }

    /** The description, whatever its hash, of a file that {@linkplain #isDescribed has one}. */
    static Description unverified(Safetensors file) throws ModelFormatException {
        try {
            return DescriptionJson.parse(file.metadata().getOrDefault(DESCRIPTION, ""));
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
    }

    /** That the tensors' bytes are those that were written, if the description has their hash. */
    static void requireIntact(Description description, Safetensors file) throws IOException {
        Optional<String> stored = description.sha256();
        if (stored.isPresent()) {
            String computed = file.sha256();
            if (!stored.get().equals(computed)) {
                throw changed(file, "the weights", stored.get(), computed);
            }
        }
    }

    private static ModelFormatException changed(Safetensors file, String what, String stored, String computed) {
        return new ModelFormatException(
                file.path() + ": " + what + " are not what was written",
                "the SHA-256 " + JsonValue.shorten(stored),
                computed,
                "fetch the file again: at least one bit of it has changed");
    }

    /** That every tensor has the type that the description says. */
    static void requireType(DataType type, Safetensors file) throws ModelFormatException {
        for (TensorInfo tensor : file.tensors()) {
            if (tensor.type() != TensorType.of(type)) {
                throw new ModelFormatException(
                        file.path() + ": \"" + JsonValue.shorten(tensor.name()) + "\" is " + tensor.type(),
                        TensorType.of(type) + ", as its description says " + type,
                        ModelFormatException.WRITE_AGAIN);
            }
        }
    }
}
