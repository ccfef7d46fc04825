package io.jacobi.nn.io;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.files.Description;
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
import java.util.Optional;
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

    private static final String MATCH = "build the model that was saved, or load the matching file";

    private ModelTensors() {}

    /** Returns views of all parameters, then of all states, by path. They are valid while the model is open. */
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
        Names names = Names.of(blueprint, file);
        for (Parameter p : all(blueprint)) {
            needed.add(p.path());
            requireFit(blueprint, p, file, names);
        }
        for (TensorInfo tensor : file.tensors()) {
            if (!needed.contains(tensor.name()) && !isCount(tensor, needed) && !ModelMetadata.isOfRun(tensor, file)) {
                throw new ModelFormatException(
                        file.path() + " has a tensor \"" + FileText.show(tensor.name()) + "\" " + tensor.shape()
                                + " that no layer of the model has",
                        "only " + FileText.list(needed.stream().sorted().toList()),
                        MATCH);
            }
        }
    }

    private static void requireFit(Blueprint blueprint, Parameter p, Safetensors file, Names names)
            throws ModelFormatException {
        String name = p.path().substring(p.path().indexOf('.') + 1);
        String expected = name + " " + p.shape();
        TensorInfo tensor =
                file.find(p.path()).orElseThrow(() -> unfit(blueprint, p, expected, names.without(p), names.fix()));
        if (!tensor.type().isWeight()) {
            throw unfit(
                    blueprint,
                    p,
                    expected + " of F32 or F64",
                    name + " of " + tensor.type() + " from " + file.path(),
                    "convert the weights in PyTorch before they are stored: model.float()");
        }
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        if (!Arrays.equals(shape, p.shape().dims())) {
            throw unfit(blueprint, p, expected, name + " " + tensor.shape() + " from " + file.path(), MATCH);
        }
    }

    private static ModelFormatException unfit(
            Blueprint blueprint, Parameter p, String expected, String received, String fix) {
        int index = Integer.parseInt(p.path().substring(0, p.path().indexOf('.')));
        return new ModelFormatException(
                "Layer " + (index + 1) + " of " + blueprint.layers().size() + ", " + blueprint.label(index)
                        + ": cannot load weights",
                expected,
                received,
                fix);
    }

    /**
     * The names of the tensors in a file, for messages about a name that is not there.
     *
     * @param prefix what stands before each of the model's names in the file; empty if they differ in another way
     */
    private record Names(Safetensors file, String prefix) {

        static Names of(Blueprint blueprint, Safetensors file) {
            List<String> needed = all(blueprint).stream().map(Parameter::path).toList();
            String first = needed.isEmpty() ? "" : needed.get(0);
            return file.tensors().stream()
                    .map(TensorInfo::name)
                    .filter(name -> name.endsWith("." + first))
                    .map(name -> name.substring(0, name.length() - first.length()))
                    .filter(prefix -> needed.stream()
                            .allMatch(name -> file.find(prefix + name).isPresent()))
                    .findFirst()
                    .map(prefix -> new Names(file, prefix))
                    .orElseGet(() -> new Names(file, ""));
        }

        String without(Parameter p) {
            List<String> names = file.tensors().stream().map(TensorInfo::name).toList();
            return "no " + p.path() + " from " + file.path() + ", which has " + FileText.list(names);
        }

        String fix() {
            if (!prefix.isEmpty()) {
                String shown = FileText.show(prefix);
                return "remove \"" + shown + "\" from the names before they are stored: {k.removeprefix('" + shown
                        + "'): v for k, v in model.state_dict().items()}";
            }
            boolean named = file.tensors().stream().noneMatch(t -> t.name().matches("\\d+\\..*"));
            return named
                    ? "give the tensors the names in a torch.nn.Sequential, <index of the layer>.<name>, before they are"
                            + " stored"
                    : MATCH;
        }
    }

    private static boolean isCount(TensorInfo tensor, Set<String> needed) {
        String name = tensor.name();
        return name.endsWith(COUNT)
                && tensor.type() == TensorType.I64
                && tensor.shape().isEmpty()
                && needed.contains(name.substring(0, name.length() - COUNT.length()) + COUNTED);
    }

    /**
     * Reads arrays, by the names of their tensors in a file that {@linkplain #requireFit fits}.
     *
     * @throws ModelFormatException if the bytes that were read do not have the hash in the description
     */
    static void fill(Map<String, INDArray> arrays, Optional<Description> description, Safetensors file)
            throws IOException {
        ModelMetadata.readIntact(description, file, (tensor, in) -> {
            INDArray array = arrays.get(tensor.name());
            if (array != null) {
                SafetensorsArrays.read(tensor, in, array);
            }
        });
    }
}
