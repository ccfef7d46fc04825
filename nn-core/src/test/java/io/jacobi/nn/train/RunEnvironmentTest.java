package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.files.Inspection;
import io.jacobi.nn.files.RunState;
import io.jacobi.nn.files.RunState.Setting;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.optim.Adam;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;

/** What computed a checkpoint is stored in it, and a run that is resumed elsewhere says so. */
class RunEnvironmentTest {

    @TempDir
    private Path directory;

    private static History train(Fit fit) {
        try (Trainer trainer = Trainer.of(Toy.model(DataType.FLOAT), new SoftmaxCrossEntropy(), new Adam(0.1))
                .threads(1)) {
            return trainer.fit(Toy.points(10), fit.batchSize(5));
        }
    }

    private Path stored() {
        train(epochs(1).checkpoint(Checkpoint.in(directory)));
        return directory.resolve("step-00000002.safetensors");
    }

    @Test
    void aCheckpointNamesTheKernelAndTheVersions() throws IOException {
        Path path = stored();

        assertThat(CheckpointFile.load(path).run().environment())
                .isEqualTo(RunEnvironment.current())
                .contains(new Setting("ND4J", "1.0.0-M2.1"), new Setting("OpenBLAS", "0.3.31-1.5.13"))
                .extracting(Setting::name)
                .containsExactly("BLAS kernel", "OpenBLAS", "ND4J", "Jacobi", "Java", "platform");
        assertThat(Inspection.of(path).toString()).contains("computed with BLAS kernel: ", "computed with Java: ");
    }

    @Test
    void aRunThatGoesOnInTheSameEnvironmentWarnsOfNothing() {
        assertThat(train(epochs(2).resume(stored())).warnings()).isEmpty();
    }

    @Test
    void aRunThatGoesOnInAnotherEnvironmentNamesTheDifference() throws IOException {
        CheckpointFile file = CheckpointFile.load(stored());
        RunState elsewhere = file.run()
                .withEnvironment(List.of(new Setting("BLAS kernel", "KATMAI"), new Setting("of a later version", "x")));
        Path other = directory.resolve("other.safetensors");
        CheckpointFile.of(file.model(), elsewhere, file.tensors()).save(other);

        assertThat(train(epochs(2).resume(other)).warnings())
                .singleElement()
                .asString()
                .contains(
                        other + " was computed in another environment, so the last digits may differ",
                        "\n  BLAS kernel: KATMAI before, "
                                + RunEnvironment.current().get(0).value() + " now")
                .doesNotContain("later version");
    }

    @Test
    void aFileOfAnEarlierVersionHasNoEnvironmentAndWarnsOfNothing() throws IOException {
        CheckpointFile file = CheckpointFile.load(stored());
        Path earlier = directory.resolve("earlier.safetensors");
        CheckpointFile.of(file.model(), file.run().withEnvironment(List.of()), file.tensors())
                .save(earlier);

        assertThat(CheckpointFile.load(earlier).run().environment()).isEmpty();
        assertThat(train(epochs(2).resume(earlier)).warnings()).isEmpty();
    }
}
