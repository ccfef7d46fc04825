package io.jacobi.nn.io;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.files.Description;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordJson;
import io.jacobi.nn.files.table.TableEncoding;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Converts models to the {@linkplain Description descriptions} in files, and descriptions to blueprints. */
final class ModelDescriptions {

    private ModelDescriptions() {}

    /**
     * Returns the description of a model, with its labels, its training record and its table.
     *
     * @throws ModelFormatException if a layer cannot be stored
     */
    static Description of(ModelFile file, String version, String sha256, LayerTypes types) throws ModelFormatException {
        Blueprint blueprint = file.model().blueprint();
        Optional<TableEncoding> table = file.table();
        return new Description(
                version,
                Arrays.stream(blueprint.inputShape().dims()).boxed().toList(),
                SafetensorsArrays.type(file.model().dataType()),
                file.model().seed(),
                layers(blueprint, new RecordJson(types.recordTypes())),
                file.labels(),
                file.training(),
                table.isPresent() ? Optional.of(table.get().toJson()) : Optional.empty(),
                Optional.of(sha256));
    }

    private static List<Description.StoredLayer> layers(Blueprint blueprint, RecordJson records)
            throws ModelFormatException {
        List<Layer> layers = blueprint.layers();
        List<Description.StoredLayer> stored = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            try {
                stored.add(new Description.StoredLayer(blueprint.name(i), records.toJson(layers.get(i))));
            } catch (ModelFormatException e) {
                throw e.in("layer " + (i + 1) + " of " + layers.size() + ", " + blueprint.label(i));
            }
        }
        return stored;
    }

    /** Constructs the layers and checks that they fit each other. No memory is allocated for weights. */
    static Blueprint blueprint(Description description, LayerTypes types) throws ModelFormatException {
        RecordJson records = new RecordJson(types.recordTypes());
        long[] input = description.input().stream().mapToLong(Long::longValue).toArray();
        try {
            Sequential.Builder builder = Sequential.input(Shape.of(input));
            for (Description.StoredLayer stored : description.layers()) {
                Layer layer = records.fromJson(stored.layer(), Layer.class);
                stored.name().ifPresentOrElse(name -> builder.add(name, layer), () -> builder.add(layer));
            }
            return builder.blueprint();
        } catch (RuntimeException unfit) {
            // a layer's declare may throw any exception if the arguments of its record are damaged
            throw new ModelFormatException(
                    "its layers do not fit each other: " + unfit.getMessage(),
                    "layers as they were stored",
                    ModelFormatException.WRITE_AGAIN,
                    unfit);
        }
    }
}
