package io.jacobi.nn.io;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.train.Accuracy;
import io.jacobi.nn.train.Checkpoint;
import io.jacobi.nn.train.Fit;
import io.jacobi.nn.train.History;
import io.jacobi.nn.train.Trainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A damaged checkpoint is refused, or a run that is resumed from it ends like the stored run. */
class CheckpointFuzzTest {

    /** The number of files of each of the eleven kinds. */
    private static final int FILES = 60;

    private static final ArrayDataset DATA =
            ArrayDataset.of(new float[][] {{1, 0}, {0, 1}, {1, 1}, {0, 0}, {2, 1}}, new int[] {0, 1, 1, 0, 1});

    @TempDir
    private Path directory;

    private byte[] bytes = {};
    private End expected = new End(List.of(), List.of());

    /** The result of a run. */
    private record End(List<Object> history, List<Double> weights) {}

    private static Fit fit(int epochs) {
        return epochs(epochs).batchSize(2).metrics(new Accuracy());
    }

    private static End train(Fit fit) {
        Sequential model = Sequential.input(Shape.of(2))
                .add(new Affine(3))
                .add(new Tanh())
                .add(new Affine(2))
                .build(DataType.FLOAT, 5);
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Adam(0.1)).threads(1)) {
            History history = trainer.fit(DATA, fit);
            List<Object> epochs = history.epochs().stream()
                    .<Object>map(epoch -> List.of(epoch.epoch(), epoch.training(), epoch.examples()))
                    .toList();
            return new End(
                    epochs,
                    Arrays.stream(Vectors.toDoubles(model.weights())).boxed().toList());
        }
    }

    @BeforeEach
    void storeARun() throws IOException {
        Path checkpoints = directory.resolve("checkpoints");
        train(fit(2).checkpoint(Checkpoint.in(checkpoints).everySteps(1).keep(9)));
        // step 5 is in the second epoch
        bytes = Files.readAllBytes(checkpoints.resolve("step-00000005.safetensors"));
        expected = train(fit(3));
    }

    @ParameterizedTest
    @EnumSource
    void isRefusedOrTheRunEndsTheSame(Mutation mutation) throws IOException {
        SplittableRandom random = new SplittableRandom(mutation.name().hashCode());
        Path file = directory.resolve("mutated.safetensors");
        for (int i = 0; i < FILES; i++) {
            Files.write(file, mutation.apply(bytes, random));
            End end;
            try {
                end = train(fit(3).resume(file));
            } catch (UncheckedIOException refused) {
                assertThat(refused)
                        .as("%s %d", mutation, i)
                        .hasCauseInstanceOf(ModelFormatException.class)
                        .hasMessageContainingAll("mutated.safetensors", "expect", "fix: ");
                continue;
            } catch (IllegalArgumentException anotherRun) {
                assertThat(anotherRun).as("%s %d", mutation, i).hasMessageContaining("expect");
                continue;
            }
            assertThat(mutation.isAlwaysWrong()).as("%s %d", mutation, i).isFalse();
            assertThat(end).as("%s %d", mutation, i).isEqualTo(expected);
        }
    }
}
