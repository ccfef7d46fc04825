package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.files.Description;
import io.jacobi.nn.files.ModelFormatException;
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

    private static Everything withInitializer(Initializer initializer) {
        return new Everything(
                1, 1, 1, 1, 1.0, true, "", Mode.FIRST, new Part(1, ""), List.of(), List.of(), initializer);
    }

    /** A layer that no provider registers. */
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
                        "model.safetensors", "layers[0]", "the type \"Dense\" is not registered", "VarianceScaling");
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

        assertThatThrownBy(() -> fileOf(withInitializer(lambda)).requireStorable())
                .hasMessageContainingAll("initializer: ", "is not registered", "make it a record");
    }

    @Test
    void aLayerThatWouldComeBackAsAnotherIsRefused() {
        assertThatThrownBy(() -> fileOf(new Forgetful(1)).requireStorable())
                .hasMessageContainingAll("would be read as", "Forgetful[number=3]", "Forgetful[number=2]");
    }

    @Test
    void anInitializerIsNoLayer() throws IOException {
        Description description = described(
                new Dense(2),
                "{\"type\":\"Dense\",\"arguments\":{\"units\":2}}",
                "{\"type\":\"Constant\",\"arguments\":{\"value\":1}}");

        assertThatThrownBy(() -> ModelDescriptions.blueprint(description, LayerTypes.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("has the type \"Constant\"", "expected a kind of Layer");
    }

    @Test
    void theMessageOfAConstructorThatRefusesItsArgumentsIsShown() throws IOException {
        Description description =
                described(withInitializer(Initializers.normal(0, 0.25)), "\"deviation\":0.25", "\"deviation\":-1");

        assertThatThrownBy(() -> ModelDescriptions.blueprint(description, LayerTypes.of()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("Normal refuses its arguments", "positive, finite deviation");
    }

    /** The description of a model with this layer, in which one piece of JSON is replaced. */
    private static Description described(Layer layer, String piece, String replacement) throws IOException {
        String json = ModelDescriptions.of(fileOf(layer), "", "", LayerTypes.installed())
                .toJson();
        assertThat(json).containsOnlyOnce(piece);
        return Description.parse(json.replace(piece, replacement));
    }

    @Test
    void oneNameForTwoTypesIsRefused() {
        LayerTypeProvider one = () -> Map.of("Same", Dense.class);
        LayerTypeProvider two = () -> Map.of("Same", Rectifier.class);

        assertThatThrownBy(() -> LayerTypes.of(one, two))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("\"Same\"", "Dense", "Rectifier", "a different name");
        assertThat(LayerTypes.of(one, one)).isNotNull();
    }

    @Test
    void aTypeThatIsNoRecordIsRefused() {
        LayerTypeProvider provider = () -> Map.of("Identity", Identity.class);

        assertThatThrownBy(() -> LayerTypes.of(provider)).hasMessageContainingAll("is not a record", "Identity");
    }
}
