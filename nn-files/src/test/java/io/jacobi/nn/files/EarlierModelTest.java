package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that Jacobi stored can be read without its layers and without ND4J. */
class EarlierModelTest {

    @TempDir
    private Path directory;

    private static float[] floats(InputStream in) throws IOException {
        byte[] bytes = in.readAllBytes();
        float[] floats = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    @Test
    void layersHaveTypesAndArguments() throws IOException {
        try (Safetensors file = Safetensors.open(EarlierModel.copyTo(directory))) {
            Description description = ModelMetadata.description(file);
            ModelMetadata.requireIntact(description, file);
            ModelMetadata.requireType(description.type(), file);

            assertThat(description.input()).containsExactly(1L, 6L, 6L);
            assertThat(description.type()).isEqualTo(TensorType.F32);
            assertThat(description.seed()).isEqualTo(-5);
            assertThat(description.labels()).containsExactly("a", "b\n\u0000", "\"ü\"😀");
            assertThat(description.training().orElseThrow().metrics().keySet())
                    .containsExactly("accuracy", "loss", "one", "tiny");
            List<Description.StoredLayer> layers = description.layers();
            assertThat(layers).hasSize(11);
            assertThat(layers.get(0).name()).contains("first");
            assertThat(layers.get(0).layer().type()).isEqualTo("Conv2d");
            assertThat(layers.get(5).layer()).hasToString("Lstm(units=4, allStates=true, forgetBias=1.5)");
            JsonValue residual = layers.get(7).layer();
            assertThat(residual.type()).isEqualTo("Residual");
            JsonValue chain = residual.argument("layers").elements().get(0);
            JsonValue affine = chain.argument("layers").elements().get(0);
            assertThat(affine.type()).isEqualTo("Affine");
            assertThat(affine.argument("units").integer(1, 9)).isEqualTo(4);
            JsonValue initializer = affine.argument("weightInitializer");
            assertThat(initializer.type()).isEqualTo("Uniform");
            assertThat(initializer.argument("low").number()).isEqualTo(-1e-7);
            assertThat(initializer.argument("high").number()).isEqualTo(1.0 / 3);
        }
    }

    /** Weight i of the model is 0.5 + i / 64. */
    @Test
    void tensorsHaveTheirBytes() throws IOException {
        try (Safetensors file = Safetensors.open(EarlierModel.copyTo(directory))) {
            TensorInfo weight = file.find("0.weight").orElseThrow();
            assertThat(weight.shape()).containsExactly(2L, 1L, 3L, 3L);
            file.read(
                    weight.name(),
                    weight.elements(),
                    in -> assertThat(floats(in))
                            .hasSize(18)
                            .startsWith(0.5f, 0.5f + 1 / 64f)
                            .endsWith(0.5f + 17 / 64f));
            file.read("0.bias", 2, in -> assertThat(floats(in)).containsExactly(0.5f + 18 / 64f, 0.5f + 19 / 64f));
        }
    }

    @Test
    void isWrittenAgainWithTheSameText() throws IOException {
        try (Safetensors file = Safetensors.open(EarlierModel.copyTo(directory))) {
            Description description = ModelMetadata.description(file);

            assertThat(file.metadata()).isEqualTo(ModelMetadata.of(description.toJson(), Optional.empty()));
        }
    }
}
