package io.jacobi.nn.io;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.ModelMetadata;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TensorInfo;
import io.jacobi.nn.files.TensorType;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters and states of a model as the tensors of a file, with the names in the state_dict of a
 * {@code torch.nn.Sequential}.
 */
final class ModelTensors {

    /** PyTorch's BatchNorm also stores the number of its batches; with a given momentum nothing depends on it. */
    private static final String COUNT = ".num_batches_tracked";

    private static final String COUNTED = ".running_mean";

    private ModelTensors() {}

    /** Returns views of all parameters, then of all states, by path. */
    static Map<String, INDArray> of(Sequential model) {
        Map<String, INDArray> tensors = new LinkedHashMap<>();
        all(model.blueprint()).forEach(p -> tensors.put(p.path(), model.value(p.path())));
        return tensors;
    }

    private static List<Parameter> all(Blueprint blueprint) {
        return Stream.concat(blueprint.parameters().stream(), blueprint.states().stream())
                .toList();
    }

    /** Checks that the file has the tensors of the model, with their shapes and a type of weights, and no others. */
    static void requireFit(Blueprint blueprint, Safetensors file) throws ModelFormatException {
        Set<String> needed = new HashSet<>();
        for (Parameter p : all(blueprint)) {
            needed.add(p.path());
            requireFit(blueprint, p, file);
        }
        for (TensorInfo tensor : file.tensors()) {
            if (!needed.contains(tensor.name()) && !isCount(tensor, needed) && !ModelMetadata.isOfRun(tensor, file)) {
                throw new ModelFormatException(
                        file.path() + " has a tensor \"" + FileText.show(tensor.name()) + "\" "
                                + tensor.shape() + " that no layer of the model has",
                        "only " + needed.stream().sorted().toList(),
                        "build the model that was saved, or load the matching file");
            }
        }
    }

    private static void requireFit(Blueprint blueprint, Parameter p, Safetensors file) throws ModelFormatException {
        String name = p.path().substring(p.path().indexOf('.') + 1);
        String expected = name + " " + p.shape();
        TensorInfo tensor = file.find(p.path())
                .orElseThrow(() -> unfit(blueprint, p, expected, "no " + p.path() + " from " + file.path()));
        if (!tensor.type().isWeight()) {
            throw unfit(
                    blueprint, p, expected + " of F32 or F64", name + " of " + tensor.type() + " from " + file.path());
        }
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        if (!Arrays.equals(shape, p.shape().dims())) {
            throw unfit(blueprint, p, expected, name + " " + tensor.shape() + " from " + file.path());
        }
    }

    private static ModelFormatException unfit(Blueprint blueprint, Parameter p, String expected, String received) {
        int index = Integer.parseInt(p.path().substring(0, p.path().indexOf('.')));
        return new ModelFormatException(
                "Layer " + (index + 1) + " of " + blueprint.layers().size() + ", " + blueprint.label(index)
                        + ": cannot load weights",
                expected,
                received,
                "build the model that was saved, or load the matching file");
    }

    private static boolean isCount(TensorInfo tensor, Set<String> needed) {
        String name = tensor.name();
        return name.endsWith(COUNT)
                && tensor.type() == TensorType.I64
                && tensor.shape().isEmpty()
                && needed.contains(name.substring(0, name.length() - COUNT.length()) + COUNTED);
    }

    /** Reads all parameters and states from a file that {@linkplain #requireFit fits}. */
    static void fill(Sequential model, Safetensors file) throws IOException {
        for (Map.Entry<String, INDArray> tensor : of(model).entrySet()) {
            SafetensorsArrays.read(file, tensor.getKey(), tensor.getValue());
        }
    }
}
