package io.jacobi.nn.files;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Jacobi's entries in the metadata of a file: the description, in a checkpoint also the {@linkplain RunState run}, and
 * a hash of each. The description contains the hash of the tensors and the encoding of the table, so the hashes cover
 * each bit on which an answer of the model or its training depends.
 */
public final class ModelMetadata {

    /** The longest description or run, in characters. */
    static final int MAX_TEXT = Json.MAX_STRING;

    private static final String DESCRIPTION = "jacobi";
    private static final String RUN = "jacobi.run";
    private static final String HASH = ".sha256";

    /** The prefix of a checkpoint's other tensors. The names of a model's tensors begin with a number. */
    public static final String RUN_PREFIX = "run.";

    private ModelMetadata() {}

    /**
     * Returns the entries for a file.
     *
     * @param description the result of {@link Description#toJson}
     * @param run the result of {@link RunState#toJson}, for a checkpoint
     * @throws ModelFormatException if one of them is too long for a reader
     */
    public static Map<String, String> of(String description, Optional<String> run) throws ModelFormatException {
        Map<String, String> entries = new LinkedHashMap<>();
        put(entries, DESCRIPTION, description, "use fewer or shorter labels and categories");
        if (run.isPresent()) {
            put(entries, RUN, run.get(), "use fewer or shorter notes");
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

    /** Whether the file has a description of a model. */
    public static boolean isDescribed(Safetensors file) {
        return file.metadata().containsKey(DESCRIPTION);
    }

    /** Whether the file is a checkpoint: whether it has the record of a run. */
    public static boolean isCheckpoint(Safetensors file) {
        return file.metadata().containsKey(RUN);
    }

    /**
     * Reads the description of a file and checks its hash.
     *
     * @throws ModelFormatException if there is no description, or if it has changed
     */
    public static Description description(Safetensors file) throws ModelFormatException {
        if (!isDescribed(file)) {
            throw new ModelFormatException(
                    file.path() + " does not describe its layers: there is no \"" + DESCRIPTION + "\" in its metadata",
                    "a file that Jacobi wrote",
                    "build the model, and load only the weights: ModelFile.loadWeights(model, path)");
        }
        if (!isIntact(file, DESCRIPTION)) {
            throw changed(file, DESCRIPTION, "the description");
        }
        Description description = unverified(file);
        if (!isTableHashed(description, file)) {
            throw changed(file, DESCRIPTION, "the description");
        }
        return description;
    }

    /**
     * Reads the record of the run in a checkpoint and checks its hash.
     *
     * @throws ModelFormatException if the file is not a checkpoint, or if the record has changed
     */
    public static RunState run(Safetensors file) throws ModelFormatException {
        if (!isCheckpoint(file)) {
            throw new ModelFormatException(
                    file.path() + " is not a checkpoint: there is no \"" + RUN + "\" in its metadata",
                    "a file that Checkpoint wrote",
                    "load only the model: ModelFile.load(path)");
        }
        // only Jacobi writes these records, so there is always a hash
        if (!isIntact(file, RUN) || !file.metadata().containsKey(RUN + HASH)) {
            throw changed(file, RUN, "the record of the run");
        }
        return unverifiedRun(file);
    }

    private static ModelFormatException changed(Safetensors file, String key, String what) {
        return changed(file, what, file.metadata().getOrDefault(key + HASH, ""), Sha256.of(text(file, key)));
    }

    /** Whether the description and the run have the hashes that are stored beside them. */
    static boolean areTextsIntact(Description description, Safetensors file) {
        return isIntact(file, DESCRIPTION) && isTableHashed(description, file) && isIntact(file, RUN);
    }

    /** Descriptions without a hash are of programs that knew no tables, so one with a table has lost its hash. */
    private static boolean isTableHashed(Description description, Safetensors file) {
        return description.table().isEmpty() || file.metadata().containsKey(DESCRIPTION + HASH);
    }

    /** Whether the entry has the hash that is stored beside it; true if there is no hash. */
    private static boolean isIntact(Safetensors file, String key) {
        String computed = Sha256.of(text(file, key));
        return computed.equals(file.metadata().getOrDefault(key + HASH, computed));
    }

    private static String text(Safetensors file, String key) {
        return file.metadata().getOrDefault(key, "");
    }

    /** Reads the description of a file that {@linkplain #isDescribed has one}, and does not check its hash. */
    static Description unverified(Safetensors file) throws ModelFormatException {
        try {
            return DescriptionJson.parse(text(file, DESCRIPTION));
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
    }

    /** Reads the run of a file that {@linkplain #isCheckpoint has one}, and does not check its hash. */
    static RunState unverifiedRun(Safetensors file) throws ModelFormatException {
        try {
            return RunState.parse(text(file, RUN));
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
    }

    /**
     * Checks the hash of the tensors' bytes, if the description has one.
     *
     * @throws ModelFormatException if the bytes have changed
     */
    public static void requireIntact(Description description, Safetensors file) throws IOException {
        if (description.sha256().isPresent()) {
            readIntact(Optional.of(description), file, (tensor, in) -> {});
        }
    }

    /**
     * Reads all tensors as {@link Safetensors#readAll} does, and compares the bytes that were read with the hash in the
     * description, if there is one.
     *
     * @param description the description of the file, if it has one
     * @throws ModelFormatException if the bytes have changed; then {@code reader} has read all of them
     */
    public static void readIntact(Optional<Description> description, Safetensors file, Safetensors.AllReader reader)
            throws IOException {
        Optional<String> stored = description.flatMap(Description::sha256);
        if (stored.isEmpty()) {
            file.readAll(reader);
            return;
        }
        String computed = file.readAllAndHash(reader);
        if (!stored.get().equals(computed)) {
            throw changed(file, "the weights", stored.get(), computed);
        }
    }

    private static ModelFormatException changed(Safetensors file, String what, String stored, String computed) {
        return new ModelFormatException(
                file.path() + ": " + what + " changed after the file was written",
                "the SHA-256 " + FileText.show(stored),
                computed,
                "copy or download the file again: at least one bit is wrong");
    }

    /**
     * Checks that every tensor of the model has the type in the description.
     *
     * @throws ModelFormatException if a tensor has another type
     */
    public static void requireType(TensorType type, Safetensors file) throws ModelFormatException {
        for (TensorInfo tensor : file.tensors()) {
            if (tensor.type() != type && !isOfRun(tensor, file)) {
                throw new ModelFormatException(
                        file.path() + ": \"" + FileText.show(tensor.name()) + "\" is " + tensor.type(),
                        type + ", because its description says " + DescriptionJson.NAMES.get(type),
                        ModelFormatException.WRITE_AGAIN);
            }
        }
    }

    /** Whether a tensor belongs to the run of a checkpoint and not to its model. */
    public static boolean isOfRun(TensorInfo tensor, Safetensors file) {
        return tensor.name().startsWith(RUN_PREFIX) && isCheckpoint(file);
    }
}
