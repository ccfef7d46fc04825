package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

class ModelRescueTest {

    @TempDir
    private Path directory;

    private final Sequential model =
            Sequential.input(Shape.of(2)).add(new Affine(3)).build(DataType.FLOAT, 1);

    private Path gone;
    private Path first;
    private Path second;

    @BeforeEach
    void makeDirectories() throws IOException {
        gone = directory.resolve("gone/model.safetensors");
        first = Files.createDirectory(directory.resolve("first"));
        second = Files.createDirectory(directory.resolve("second"));
    }

    private ModelRescue.Stored store(Path... elsewhere) throws IOException {
        return ModelRescue.store(ModelFile.of(model), gone, List.of(elsewhere));
    }

    private void isStored(Path path) throws IOException {
        assertThat(Vectors.toDoubles(ModelFile.load(path).model().weights()))
                .isEqualTo(Vectors.toDoubles(model.weights()));
    }

    @Test
    void aModelIsStoredWhereItWasChosen() throws IOException {
        Files.createDirectory(gone.getParent());
        ModelRescue.Stored stored = store(first, second);

        assertThat(stored.problem()).isEmpty();
        isStored(gone);
        assertThat(first).isEmptyDirectory();
    }

    @Test
    void elsewhereItReplacesNoFile() throws IOException {
        Path taken = first.resolve("model.safetensors");
        Files.writeString(taken, "mine");
        ModelRescue.Stored stored = store(first, second);

        assertThat(stored.path()).isEqualTo(first.resolve("model-2.safetensors"));
        isStored(stored.path());
        assertThat(taken).hasContent("mine");
        assertThat(stored.problem())
                .hasValueSatisfying(problem ->
                        assertThat(problem).contains("cannot write " + gone, "a directory of its path does not exist"));
    }

    @Test
    void theNextDirectoryIsTriedIfOneFailsToo() throws IOException {
        assertThat(store(directory.resolve("none"), second).path()).isEqualTo(second.resolve("model.safetensors"));
        isStored(second.resolve("model.safetensors"));
    }

    @Test
    void ifAllFailEachPlaceIsNamedWithItsReason() {
        assertThatIOException()
                .isThrownBy(() -> store(directory.resolve("a"), directory.resolve("b")))
                .withMessageContainingAll(
                        "cannot write " + gone,
                        "cannot write " + directory.resolve("a/model.safetensors"),
                        "cannot write " + directory.resolve("b/model.safetensors"));
    }
}
