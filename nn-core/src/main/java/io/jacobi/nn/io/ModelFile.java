package io.jacobi.nn.io;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.AtomicFile;
import io.jacobi.nn.files.Description;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.ModelMetadata;
import io.jacobi.nn.files.Safetensors;
import io.jacobi.nn.files.TrainingRecord;
import io.jacobi.nn.files.table.ClassTarget;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model with its labels, its training record and the table that it reads, as one file in the safetensors format.
 *
 * <pre>{@code
 * ModelFile.of(model).withLabels(List.of("cat", "dog")).save(Path.of("pets.safetensors"));
 *
 * ModelFile file = ModelFile.load(Path.of("pets.safetensors"));
 * Predictor predictor = Predictor.of(file.model());
 * file.model().close();       // the predictor keeps the weights
 * }</pre>
 *
 * The names and the layout of the tensors are the same as in the state_dict of a {@code torch.nn.Sequential} with the
 * same layers, so {@link #loadWeights} loads such a file unchanged. The metadata contain the layers and everything
 * else; see docs/model-files.md.
 *
 * <p>Files may be untrusted. Loading a file calls the constructors of {@linkplain LayerTypes registered} layers and no
 * other code, takes memory in proportion to the file, and checks every number before using it. A model whose
 * {@linkplain LoadOptions predictions} would take much more memory is refused.
 */
public final class ModelFile {

    private final Sequential model;
    private final List<String> labels;
    private final Optional<TrainingRecord> training;
    private final Optional<TableEncoding> table;

    ModelFile(Sequential model, List<String> labels, Optional<TrainingRecord> training, Optional<TableEncoding> table) {
        this.model = model;
        this.labels = List.copyOf(labels);
        this.training = training;
        this.table = table;
    }

    /** Returns a file for this model; {@link #save} writes the weights that the model has when it is called. */
    public static ModelFile of(Sequential model) {
        return new ModelFile(model, List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * Returns a copy with the names of the classes. {@link #save} checks that the last dimension of the output has as
     * many elements; a single output that says yes or no may have two labels, no and yes.
     */
    public ModelFile withLabels(List<String> names) {
        return new ModelFile(model, names, training, table);
    }

    /** Returns a copy with a record of how the model was trained. */
    public ModelFile withTraining(TrainingRecord record) {
        return new ModelFile(model, labels, Optional.of(record), table);
    }

    /**
     * Returns a copy with the encoding of the rows that the model reads. If the table's target is a class, its classes
     * become the labels. {@link #save} checks that the encoding fits the model.
     */
    public ModelFile withTable(TableEncoding encoding) {
        List<String> names = encoding.target() instanceof ClassTarget classes ? classes.classes() : labels;
        return new ModelFile(model, names, training, Optional.of(encoding));
    }

    /** The model. A loaded model is not shared with other code, and the caller closes it. */
    public Sequential model() {
        return model;
    }

    /** The names of the classes; empty if the file has none. */
    public List<String> labels() {
        return labels;
    }

    /** How the model was trained, if the file has this record. */
    public Optional<TrainingRecord> training() {
        return training;
    }

    /** How rows of a table become the model's examples, and its outputs answers, if the model is one of a table. */
    public Optional<TableEncoding> table() {
        return table;
    }

    /**
     * Checks that {@link #save} can store the model. Call it before training, so that a problem is found early.
     *
     * @throws ModelFormatException if a layer is not registered or has components that a file cannot hold, if the
     *     number of labels is not the number of classes, or if the table does not fit the model
     */
    public void requireStorable() throws ModelFormatException {
        describe("", LayerTypes.installed());
    }

    /**
     * Writes the file completely, or leaves an existing file unchanged: see {@link AtomicFile}.
     *
     * @throws ModelFormatException if the model cannot be stored
     * @throws IOException if the file cannot be written
     */
    public void save(Path path) throws IOException {
        save(path, LayerTypes.installed());
    }

    /** Writes the file as {@link #save(Path)} does, with layers of these types. */
    public void save(Path path, LayerTypes types) throws IOException {
        save(path, types, Optional.empty(), Map.of());
    }

    /** Writes the file with the record and the arrays of a run, if there are any. */
    void save(Path path, LayerTypes types, Optional<String> run, Map<String, INDArray> ofRun) throws IOException {
        AtomicFile file = AtomicFile.at(path);
        try (Sequential kept = model.share()) {
            Map<String, INDArray> tensors = ModelTensors.of(kept);
            tensors.putAll(ofRun);
            String description = describe(SafetensorsArrays.sha256(tensors.values()), types);
            Map<String, String> metadata = ModelMetadata.of(description, run);
            file.write(out -> SafetensorsArrays.write(out, metadata, tensors));
        }
    }

    /** Returns the description as JSON, and checks that the layers can be read from it. */
    private String describe(String sha256, LayerTypes types) throws ModelFormatException {
        requireLabels(labels, model.outputShape());
        if (table.isPresent()) {
            ModelTables.requireFit(table.get(), labels, model.blueprint());
        }
        String description =
                ModelDescriptions.of(this, version(), sha256, types).toJson();
        ModelMetadata.of(description, Optional.empty());
        Blueprint again = readAgain(description, types);
        if (!again.layers().equals(model.layers())) {
            throw new ModelFormatException(
                    "the layers would be read as " + again.layers(),
                    model.layers().toString(),
                    "make each layer a record whose constructor keeps its arguments");
        }
        return description;
    }

    private static Blueprint readAgain(String description, LayerTypes types) throws ModelFormatException {
        try {
            return ModelDescriptions.blueprint(Description.parse(description), types);
        } catch (ModelFormatException e) {
            throw e.in("the model cannot be stored, because a reader would refuse its description")
                    .withFix("make each layer a record whose constructor accepts the components of every instance");
        }
    }

    private static String version() {
        return Optional.ofNullable(ModelFile.class.getPackage().getImplementationVersion())
                .orElse("not from a jar");
    }

    /**
     * Reads a model that {@link #save} wrote.
     *
     * @throws ModelFormatException if the file is damaged, has no description of layers, has a layer that is not
     *     registered, or describes a model that needs more than 256 MiB to predict one example: see {@link LoadOptions}
     * @throws IOException if it cannot be read
     */
    public static ModelFile load(Path path) throws IOException {
        return load(path, LoadOptions.defaults());
    }

    /** Reads a model as {@link #load(Path)} does, with layers of these types. */
    public static ModelFile load(Path path, LayerTypes types) throws IOException {
        return load(path, LoadOptions.defaults().withTypes(types));
    }

    /** Reads a model as {@link #load(Path)} does, with the layers and the memory that the options allow. */
    public static ModelFile load(Path path, LoadOptions options) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            return read(file, options, Map.of());
        }
    }

    /** Reads the model of a file, and the tensors with these names into these arrays. */
    static ModelFile read(Safetensors file, LoadOptions options, Map<String, INDArray> more) throws IOException {
        Description description = ModelMetadata.description(file);
        DataType type = SafetensorsArrays.type(description.type());
        Blueprint blueprint;
        Optional<TableEncoding> table;
        try {
            blueprint = ModelDescriptions.blueprint(description, options.types());
            requireLabels(description.labels(), blueprint.outputShape());
            table = ModelTables.read(description, blueprint);
        } catch (ModelFormatException e) {
            throw e.in(file.path());
        }
        ModelTensors.requireFit(blueprint, file);
        ModelMetadata.requireType(description.type(), file);
        options.requireRoomFor(blueprint, type, file);
        Sequential model = blueprint.zeros(type, description.seed());
        Map<String, INDArray> arrays = ModelTensors.of(model);
        arrays.putAll(more);
        try {
            ModelTensors.fill(arrays, Optional.of(description), file);
        } catch (IOException | RuntimeException unreadable) {
            model.close();
            throw unreadable;
        }
        return new ModelFile(model, description.labels(), description.training(), table);
    }

    /**
     * Checks that no weight and no state is NaN or infinite. {@link #load} accepts such a model, which predicts NaN; to
     * refuse it, write {@code ModelFile.load(path).requireFinite()}.
     *
     * @return this file
     * @throws ModelFormatException if one is; the message names the first tensor that has one
     */
    public ModelFile requireFinite() throws ModelFormatException {
        for (Map.Entry<String, INDArray> tensor : ModelTensors.of(model).entrySet()) {
            Span values = Span.of(tensor.getValue());
            int index = Vectors.firstNonFinite(new Scratch(), values);
            if (index >= 0) {
                throw new ModelFormatException(
                        "element " + index + " of " + tensor.getKey() + " is " + values.get(index),
                        "finite weights and states",
                        "take the model from an earlier checkpoint, or train it again with a lower learning rate");
            }
        }
        return this;
    }

    private static void requireLabels(List<String> labels, Shape output) throws ModelFormatException {
        long classes = output.rank() == 0 ? 1 : output.dim(-1);
        boolean noAndYes = classes == 1 && labels.size() == 2;
        if (!labels.isEmpty() && labels.size() != classes && !noAndYes) {
            throw new ModelFormatException(
                    "there are " + labels.size() + " labels for an output of shape " + output,
                    classes + ", one for each class, " + (classes == 1 ? "2 for no and yes, " : "") + "or none",
                    "give one label for each class");
        }
    }

    /**
     * Sets all weights and states of a model from a file with the same layers, which may be a state_dict of PyTorch.
     * F64 is rounded if the model is FLOAT. PyTorch's {@code num_batches_tracked} is ignored.
     *
     * <p>The file is read into new memory, as large as the weights and states, and copied when all of it has been read
     * and checked. If this method throws, nothing of the model has changed.
     *
     * @throws ModelFormatException if the file is damaged or does not fit; the message names the layer
     * @throws IOException if the file cannot be read
     */
    public static void loadWeights(Sequential model, Path path) throws IOException {
        try (Safetensors file = Safetensors.open(path)) {
            loadWeights(model, file);
        }
    }

    static void loadWeights(Sequential model, Safetensors file) throws IOException {
        ModelTensors.requireFit(model.blueprint(), file);
        Optional<Description> description =
                ModelMetadata.isDescribed(file) ? Optional.of(ModelMetadata.description(file)) : Optional.empty();
        try (Sequential kept = model.share();
                Sequential read = model.blueprint().zeros(model.dataType(), model.seed())) {
            ModelTensors.fill(ModelTensors.of(read), description, file);
            Vectors.copy(read.weights(), kept.weights());
            Vectors.copy(read.state(), kept.state());
        }
    }

    @Override
    public String toString() {
        return "ModelFile of " + model;
    }
}
