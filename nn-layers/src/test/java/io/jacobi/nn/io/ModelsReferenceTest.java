package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Reference;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** PyTorch's state_dicts, as they are, give PyTorch's predictions: reference/models.py made them. */
class ModelsReferenceTest {

    private static final Path FILES = Path.of("src", "test", "resources", "reference");

    private static Sequential mlp(DataType type) {
        return Sequential.input(Shape.of(8))
                .add(new Affine(6))
                .add(new Relu())
                .add(new Affine(5))
                .add(new Tanh())
                .add(new Affine(3))
                .build(type, 1);
    }

    private static Sequential cnn(DataType type) {
        return Sequential.input(Shape.of(1, 8, 8))
                .add(new Conv2d(4, 3).withPadding(1).withoutBias())
                .add(new BatchNorm())
                .add(new Relu())
                .add(new MaxPool2d(2))
                .add(new Conv2d(6, 3))
                .add(new Relu())
                .add(new Flatten())
                .add(new Dropout(0.3))
                .add(new Affine(10))
                .build(type, 1);
    }

    @Test
    void predictsWhatPyTorchPredicts() throws IOException {
        Reference torch = Reference.load("models");

        compare(torch, "mlp_double", mlp(DataType.DOUBLE), 1e-12);
        compare(torch, "mlp_float", mlp(DataType.FLOAT), 1e-6);
        compare(torch, "cnn_double", cnn(DataType.DOUBLE), 1e-12);
        compare(torch, "cnn_float", cnn(DataType.FLOAT), 1e-6);
        torch.assertAllUsed();
    }

    private static void compare(Reference torch, String name, Sequential model, double tolerance) throws IOException {
        ModelFile.loadWeights(model, file(name));

        double[] x = torch.data(name, "x");
        try (Workspace w = Workspace.forInference(
                model, (int) (x.length / model.inputShape().size()))) {
            Vectors.set(w.input(), x);
            w.predict();
            assertThat(Vectors.toDoubles(w.output()))
                    .as(name)
                    .containsExactly(torch.data(name, "y"), Offset.offset(tolerance));
        }
    }

    private static Path file(String name) {
        return FILES.resolve(name + ".safetensors");
    }

    @Test
    void floatsAreExactInAModelOfDoubles() throws IOException {
        Sequential floats = mlp(DataType.FLOAT);
        Sequential doubles = mlp(DataType.DOUBLE);

        ModelFile.loadWeights(floats, file("mlp_float"));
        ModelFile.loadWeights(doubles, file("mlp_float"));

        assertThat(Vectors.toDoubles(doubles.weights())).isEqualTo(Vectors.toDoubles(floats.weights()));
    }

    @Test
    void doublesAreRoundedInAModelOfFloats() throws IOException {
        Sequential floats = mlp(DataType.FLOAT);
        Sequential doubles = mlp(DataType.DOUBLE);

        ModelFile.loadWeights(floats, file("mlp_double"));
        ModelFile.loadWeights(doubles, file("mlp_double"));

        double[] exact = Vectors.toDoubles(doubles.weights());
        double[] rounded = Vectors.toDoubles(floats.weights());
        for (int i = 0; i < exact.length; i++) {
            assertThat(rounded[i]).isEqualTo((float) exact[i]);
        }
    }

    @Test
    void namesTheLayerThatAFileDoesNotFitAndChangesNothing() {
        Sequential other = Sequential.input(Shape.of(8))
                .add(new Affine(6))
                .add(new Relu())
                .add("hidden", new Affine(4))
                .add(new Tanh())
                .add(new Affine(3))
                .build(DataType.FLOAT, 1);
        double[] before = Vectors.toDoubles(other.weights());

        assertThatThrownBy(() -> ModelFile.loadWeights(other, file("mlp_float")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Layer 3 of 5, Affine(4) \"hidden\": cannot load weights"
                        + "\n  expects  weight [4, 6]"
                        + "\n  received weight [5, 6] from " + file("mlp_float")
                        + "\n  fix: build the model that was saved, or load the matching file");
        assertThat(Vectors.toDoubles(other.weights())).isEqualTo(before);
    }

    @Test
    void refusesATensorThatNoLayerHas() {
        assertThatThrownBy(() -> ModelFile.loadWeights(
                        Sequential.input(Shape.of(8)).add(new Affine(6)).build(DataType.FLOAT, 1), file("mlp_float")))
                .hasMessageContainingAll("\"2.weight\"", "no layer");
    }

    @Test
    void aFileWithoutLayersIsNotAModel() {
        assertThatThrownBy(() -> ModelFile.load(file("mlp_float")))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("does not describe its layers", "ModelFile.loadWeights");
    }
}
