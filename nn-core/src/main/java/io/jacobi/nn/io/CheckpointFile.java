package io.jacobi.nn.io;

import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.ModelMetadata;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TensorInfo;
import io.jacobi.nn.math.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model in the middle of its training, as one file: a {@link ModelFile} with the state of the run.
 * {@link ModelFile#load} loads only the model. {@code io.jacobi.nn.train.Checkpoint} writes these files, and
 * {@code Fit.resume} continues from them.
 */
public final class CheckpointFile {

    private static final int MAX_RANK = 2;

    private final ModelFile model;
    private final RunState run;
    private final Map<String, INDArray> tensors;

    private CheckpointFile(ModelFile model, RunState run, Map<String, INDArray> tensors) {
        this.model = model;
        this.run = run;
        this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /**
     * Returns a file to be saved.
     *
     * @param tensors the arrays of the run, by name: FLOAT or DOUBLE, dense, in 'c' order, not empty, of rank 1 or 2
     */
    public static CheckpointFile of(ModelFile model, RunState run, Map<String, INDArray> tensors) {
        return new CheckpointFile(model, run, tensors);
    }

    /** The model when the checkpoint was made. */
    public ModelFile model() {
        return model;
    }

    /** The state of the run. */
    public RunState run() {
        return run;
    }

    /** The arrays of the run, by name. */
    public Map<String, INDArray> tensors() {
        return tensors;
    }

    /**
     * Writes the file completely, or leaves an existing file unchanged: see {@link io.jacobi.nn.files.AtomicFile}.
     *
     * @throws ModelFormatException if the model cannot be stored
     * @throws IOException if the file cannot be written
     */
    public void save(Path path) throws IOException {
        Map<String, INDArray> named = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> named.put(ModelMetadata.RUN_PREFIX + name, tensor));
        model.save(path, LayerTypes.installed(), Optional.of(run.toJson()), named);
    }

    /**
     * Reads a file that {@link #save} wrote.
     *
     * @throws ModelFormatException if the file is damaged or is not a checkpoint
     * @throws IOException if it cannot be read
     */
    public static CheckpointFile load(Path path) throws IOException {
        return load(path, LoadOptions.defaults());
    }

    /** Reads a checkpoint as {@link #load(Path)} does, with the layers and the memory that the options allow. */
    public static CheckpointFile load(Path path, LoadOptions options) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            RunState run = ModelMetadata.run(file);
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            Map<String, INDArray> tensors = new LinkedHashMap<>();
            for (TensorInfo tensor : file.tensors()) {
                if (ModelMetadata.isOfRun(tensor, file)) {
                    INDArray array = array(file, tensor);
                    arrays.put(tensor.name(), array);
                    tensors.put(tensor.name().substring(ModelMetadata.RUN_PREFIX.length()), array);
                }
            }
            return new CheckpointFile(ModelFile.read(file, options, arrays), run, tensors);
        }
    }

    /** An array for the elements of a tensor. */
    private static INDArray array(Safetensors file, TensorInfo tensor) throws ModelFormatException {
        if (!tensor.type().isWeight() || tensor.bytes() == 0 || tensor.shape().size() > MAX_RANK) {
            throw new ModelFormatException(
                    file.path() + ": \"" + FileText.show(tensor.name()) + "\" is " + tensor.type() + " "
                            + tensor.shape(),
                    "F32 or F64, not empty, of rank at most " + MAX_RANK,
                    ModelFormatException.WRITE_AGAIN);
        }
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return Memory.array(SafetensorsArrays.type(tensor.type()), shape);
    }

    @Override
    public String toString() {
        return "CheckpointFile of " + model.model() + " at step " + run.steps();
    }
}
