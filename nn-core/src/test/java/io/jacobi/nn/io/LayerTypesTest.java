package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.files.JsonValue;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordJson;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.io.TestLayerProvider.Everything;
import io.jacobi.nn.io.TestLayerProvider.Forgetful;
import io.jacobi.nn.io.TestLayerProvider.Identity;
import io.jacobi.nn.io.TestLayerProvider.Mode;
import io.jacobi.nn.io.TestLayerProvider.Part;
import io.jacobi.nn.io.TestLayerProvider.WithObject;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** Which layers a file can hold, and how those of a user come to be known. */
class LayerTypesTest {

    @TempDir
    private Path directory;

    private static final Everything EVERYTHING = new Everything(
            -7,
            Long.MIN_VALUE,
            0.1f,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            true,
            "\"ü\\\n",
            Mode.SECOND,
            new Part(3, ""),
            List.of(List.of(1, 2), List.of()),
            List.of(new Dense(2)),
            Initializers.glorotUniform());

    private static ModelFile fileOf(Layer layer) {
        return ModelFile.of(Sequential.input(Shape.of(3)).add(layer).build(DataType.FLOAT, 1));
    }

    /** A layer that no provider knows. */
    private record Stranger() implements Identity {}

    private Path file() {
        return directory.resolve("model.safetensors");
    }

    @Test
    void theLayersOfAnInstalledProviderComeBackWithEveryComponent() throws IOException {
        fileOf(EVERYTHING).save(file());

        assertThat(ModelFile.load(file()).model().layers()).containsExactly(EVERYTHING);
    }

    @Test
    void aLayerThatNobodyRegisteredIsNamedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> fileOf(new Stranger()).save(file()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("layer 1 of 1", "LayerTypesTest$Stranger", "LayerTypeProvider");
        assertThatThrownBy(() -> fileOf(new Stranger()).requireStorable()).hasMessageContaining("cannot be stored");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anUnknownLayerInAFileIsNamed() throws IOException {
        fileOf(new Dense(2)).save(file());

        assertThatThrownBy(() -> ModelFile.load(file(), withoutProviders()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(
                        "model.safetensors", "layers[0]", "there is no \"Dense\" here", "VarianceScaling");
    }

    /** The types in a program that has no provider on its class path. */
    private static LayerTypes withoutProviders() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            return LayerTypes.installed();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void typesOfAUserAreAddedToTheInstalledOnes() throws IOException {
        LayerTypes types = LayerTypes.of(() -> Map.of("Stranger", Stranger.class));

        assertThat(types.nameOf(new Stranger())).isEqualTo("Stranger");
        assertThat(types.nameOf(new Dense(2))).isEqualTo("Dense");
        fileOf(new Dense(2)).save(file());
        assertThat(ModelFile.load(file(), types).model().layers()).containsExactly(new Dense(2));
    }

    @Test
    void aComponentThatAFileCannotHoldIsNamed() {
        assertThatThrownBy(() -> fileOf(new WithObject(3)).requireStorable())
                .hasMessageContainingAll("anything", "java.lang.Object", "List of these");
    }

    @Test
    void anInitializerThatIsALambdaIsNamed() {
        Initializer lambda = (values, shape, random) -> {};
        Everything layer =
                new Everything(1, 1, 1, 1, 1.0, true, "", Mode.FIRST, new Part(1, ""), List.of(), List.of(), lambda);

        assertThatThrownBy(() -> fileOf(layer).requireStorable())
                .hasMessageContainingAll("initializer: ", "has no name in files", "make it a record");
    }

    @Test
    void aLayerThatWouldComeBackAsAnotherIsRefused() {
        assertThatThrownBy(() -> fileOf(new Forgetful(1)).requireStorable())
                .hasMessageContainingAll("would be read as", "Forgetful[number=3]", "Forgetful[number=2]");
    }

    @Test
    void anInitializerIsNoLayer() {
        LayerTypes types = LayerTypes.of();
        JsonValue json = parse("{\"type\":\"Constant\",\"arguments\":{\"value\":1}}");

        assertThatThrownBy(() -> new RecordJson(types.recordTypes()).fromJson(json, Layer.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("a kind of Layer, and not Constant");
    }

    @Test
    void whatAConstructorSaysOfItsArgumentsIsTold() {
        JsonValue json = parse("{\"type\":\"Normal\",\"arguments\":{\"mean\":0,\"deviation\":-1}}");

        assertThatThrownBy(() -> new RecordJson(LayerTypes.of().recordTypes()).fromJson(json, Initializer.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("Normal refuses its arguments", "positive, finite deviation");
    }

    private static JsonValue parse(String text) {
        try {
            return JsonValue.parse("json", text);
        } catch (ModelFormatException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void oneNameForTwoTypesIsRefused() {
        LayerTypeProvider one = () -> Map.of("Same", Dense.class);
        LayerTypeProvider two = () -> Map.of("Same", Rectifier.class);

        assertThatThrownBy(() -> LayerTypes.of(one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"Same\"", "Dense", "Rectifier", "a name of its own");
        assertThat(LayerTypes.of(one, one)).isNotNull();
    }

    @Test
    void aTypeThatIsNoRecordIsRefused() {
        LayerTypeProvider provider = () -> Map.of("Identity", Identity.class);

        assertThatThrownBy(() -> LayerTypes.of(provider)).hasMessageContainingAll("is no record", "Identity");
    }
}
