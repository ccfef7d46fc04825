package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.io.CheckpointFile;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A resumed run is the same to the bit with layers that draw at random or keep statistics; ResumeTest of nn-core has the rest. */
class ResumedTrainingTest {

    /** Weighted examples: eight batches of 6, and one of 2. */
    private static final ArrayDataset DATA = data();

    private static final int BATCHES = 9;

    @TempDir
    private Path directory;

    private static ArrayDataset data() {
        SplittableRandom random = new SplittableRandom(1);
        int size = 50;
        float[][] points = new float[size][16];
        int[] classes = new int[size];
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            classes[i] = i % 3;
            weights[i] = 1 + i % 2;
            for (int j = 0; j < 16; j++) {
                points[i][j] = (float) random.nextGaussian() + classes[i];
            }
        }
        return ArrayDataset.of(points, classes).reshape(Shape.of(1, 4, 4)).withWeights(weights);
    }

    static List<Arguments> networks() {
        return List.of(
                Arguments.of("dropout", List.of(new Flatten(), new Affine(8), new Dropout(0.5), new Affine(3))),
                Arguments.of(
                        "batch norm",
                        List.of(new Conv2d(4, 3), new BatchNorm(), new Relu(), new Flatten(), new Affine(3))),
                Arguments.of(
                        "both, in a layer of layers",
                        List.of(
                                new Flatten(),
                                new Affine(8),
                                new Residual(List.of(new Affine(8), new BatchNorm(), new Dropout(0.3))),
                                new Affine(3))));
    }

    private static Sequential model(List<Layer> layers) {
        Sequential.Builder builder = Sequential.input(Shape.of(1, 4, 4));
        layers.forEach(builder::add);
        return builder.build(DataType.FLOAT, 5);
    }

    private static Trainer trainer(Sequential model) {
        Schedule schedule = Schedule.warmUp(7, Schedule.cosine(0.3, 4 * BATCHES));
        return Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(schedule).withMomentum(0.9))
                .threads(3);
    }

    private static Fit fit(Callback... callbacks) {
        return epochs(4)
                .batchSize(6)
                .validation(DATA)
                .callbacks(new ReduceOnPlateau().withPatience(0))
                .callbacks(callbacks);
    }

    private static Callback deathAt(long step) {
        return new Callback() {
            @Override
            public void afterStep(Progress progress) {
                if (progress.step() == step) {
                    throw new IllegalStateException("killed");
                }
            }
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void theSameWeightsAndStatistics(String name, List<Layer> layers) throws IOException {
        Sequential whole = model(layers);
        Sequential first = model(layers);
        Sequential second = model(layers);
        Checkpoint checkpoint = Checkpoint.in(directory).everySteps(4);
        try (Trainer a = trainer(whole);
                Trainer b = trainer(first);
                Trainer c = trainer(second)) {
            a.fit(DATA, fit());
            assertThatThrownBy(() -> b.fit(DATA, fit(deathAt(2 * BATCHES + 7)).checkpoint(checkpoint)))
                    .hasMessage("killed");
            assertThat(CheckpointFile.load(directory.resolve("step-00000024.safetensors"))
                            .run()
                            .batch())
                    .as("in the middle of an epoch")
                    .isEqualTo(6);
            c.fit(DATA, fit().resume(directory));
        }

        assertThat(Vectors.toDoubles(second.weights())).isEqualTo(Vectors.toDoubles(whole.weights()));
        if (!whole.states().isEmpty()) {
            assertThat(Vectors.toDoubles(second.state())).isEqualTo(Vectors.toDoubles(whole.state()));
        }
    }
}
