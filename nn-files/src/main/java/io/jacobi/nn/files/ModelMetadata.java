package io.jacobi.nn.files;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Jacobi's entries in the metadata of a file: the description, in a checkpoint also the {@linkplain RunRecord run}, and a hash of
 * each. The hash of the tensors is in the description, so each bit that a model or its training depends on is covered by one of them.
 */
public final class ModelMetadata {

    /** The longest description or run that a file may have, in characters. */
    public static final int MAX_TEXT = Json.MAX_STRING;

    private static final String DESCRIPTION = "jacobi";
    private static final String RUN = "jacobi.run";
    private static final String HASH = ".sha256";

    /** What the names of a checkpoint's other tensors begin with; the names of a model's tensors begin with a number. */
    public static final String OF_RUN = "run.";

    private ModelMetadata() {}

    /**
     * The entries for a file.
     *
     * @param description as {@link Description#toJson} gives it
     * @param run as {@link RunRecord#toJson} gives it, in a checkpoint
     * @throws ModelFormatException if one is longer than a reader takes
     */
    public static Map<String, String> of(String description, Optional<String> run) throws ModelFormatException {
        Map<String, String> entries = new LinkedHashMap<>();
        put(entries, DESCRIPTION, description, "fewer or shorter labels");
        if (run.isPresent()) {
            put(entries, RUN, run.get(), "fewer or shorter notes");
        }
        return entries;
    }

    private static void put(Map<String, String> entries, String key, String text, String fix)
            throws ModelFormatException {
        if (text.length() > MAX_TEXT) {
            throw new ModelFormatException(
                    "\"" + key + "\" would have " + text.length() + " characters", "at most " + MAX_TEXT, fix);
        }
        entries.put(key, text);
        entries.put(key + HASH, Sha256.of(text));
    }

    /** Whether the file says what its layers are. */
    public static boolean isDescribed(Safetensors file) {
        return file.metadata().containsKey(DESCRIPTION);
    }

    /** Whether the file is a checkpoint: it says where a run stood. */
    public static boolean isCheckpoint(Safetensors file) {
        return file.metadata().containsKey(RUN);
    }

    /**
     * The description of a file, whose hash was compared.
     *
     * @throws ModelFormatException if there is none, or it has changed
     */
    public static Description description(Safetensors file) throws ModelFormatException {
        if (!isDescribed(file)) {
            throw new ModelFormatException(
                    file.path() + " says nothing of its layers: there is no \"" + DESCRIPTION + "\" in its metadata",
                    "a file that Jacobi wrote",
                    "build the model, and load the weights alone: ModelFile.loadWeights(model, path)");
        }
        if (!isIntact(file, DESCRIPTION)) {
            throw changed(file, DESCRIPTION, "the layers and the rest of the description");
        }
        return unverified(file);
    }

    /**
     * Where the run of a checkpoint stood.
     *
     * @throws ModelFormatException if the file is no checkpoint, or the record has changed
     */
    public static RunRecord run(Safetensors file) throws ModelFormatException {
        if (!isCheckpoint(file)) {
            throw new ModelFormatException(
                    file.path() + " is no checkpoint: there is no \"" + RUN + "\" in its metadata",
                    "a file that a Checkpoint callback wrote",
                    "load the model alone: ModelFile.load(path)");
        }
        // nobody but us writes these, so there is a hash
        if (!isIntact(file, RUN) || !file.metadata().containsKey(RUN + HASH)) {
            throw changed(file, RUN, "where the run stood");
        }
        return unverifiedRun(file);
    }

    private static ModelFormatException changed(Safetensors file, String key, String what) {
        return changed(file, what, file.metadata().getOrDefault(key + HASH, ""), Sha256.of(text(file, key)));
    }

    /** Whether description and run have the hashes that stand beside them. */
    static boolean areTextsIntact(Safetensors file) {
        return isIntact(file, DESCRIPTION) && isIntact(file, RUN);
    }

    /** True if there is no hash. */
    private static boolean isIntact(Safetensors file, String key) {
        String computed = Sha256.of(text(file, key));
        return computed.equals(file.metadata().getOrDefault(key + HASH, computed));
    }

    private static String text(Safetensors file, String key) {
        return file.metadata().getOrDefault(key, "");
    }

    /** The description, whatever its hash, of a file that {@linkplain #isDescribed has one}. */
    static Description unverified(Safetensors file) throws ModelFormatException {
        try {
            return DescriptionJson.parse(text(file, DESCRIPTION));
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
    }

    /** The run, whatever its hash, of a file that {@linkplain #isCheckpoint has one}. */
    static RunRecord unverifiedRun(Safetensors file) throws ModelFormatException {
        try {
            return RunRecord.parse(text(file, RUN));
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
    }

    /**
     * Checks that the tensors' bytes are the bytes that were written, if the description has their hash.
     *
     * @throws ModelFormatException if they are not
     */
    public static void requireIntact(Description description, Safetensors file) throws IOException {
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

    /**
     * Checks that every tensor of the model has the type that the description says.
     *
     * @throws ModelFormatException if one has not
     */
    public static void requireType(TensorType type, Safetensors file) throws ModelFormatException {
        for (TensorInfo tensor : file.tensors()) {
            if (tensor.type() != type && !isOfRun(tensor, file)) {
                throw new ModelFormatException(
                        file.path() + ": \"" + JsonValue.shorten(tensor.name()) + "\" is " + tensor.type(),
                        type + ", as its description says " + DescriptionJson.NAMES.get(type),
                        ModelFormatException.WRITE_AGAIN);
            }
        }
    }

    /** Whether a tensor belongs to the run of a checkpoint, and not to its model. */
    public static boolean isOfRun(TensorInfo tensor, Safetensors file) {
        return tensor.name().startsWith(OF_RUN) && isCheckpoint(file);
    }
}
