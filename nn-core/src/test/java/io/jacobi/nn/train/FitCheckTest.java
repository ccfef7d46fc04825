package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Branch.Link;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.train.Checkpoint.Mode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What would end a run after an epoch is refused before the first step, and nothing has changed then. */
class FitCheckTest {

    @TempDir
    private Path directory;

    private static void refuses(Sequential model, Schedule rate, int examples, Fit fit, String... message) {
        double[] before = Vectors.toDoubles(model.weights());
        try (Trainer trainer =
                Trainer.of(model, new SoftmaxCrossEntropy(), new Sgd(rate)).threads(1)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(Toy.points(examples), fit))
                    .withMessageContainingAll(message);
            assertThat(trainer.steps()).isZero();
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    private static void refuses(Fit fit, String... message) {
        refuses(Toy.model(DataType.FLOAT), Schedule.constant(0.1), 10, fit, message);
    }

    @Test
    void aBestMetricThatTheFitDoesNotHave() {
        refuses(
                epochs(2)
                        .metrics(new Accuracy())
                        .checkpoint(Checkpoint.in(directory).best("f1", Mode.MAX)),
                "Checkpoint.best looks at \"f1\"",
                "expected \"loss\" or one of [accuracy]",
                "fix: fit.metrics(...)");
        refuses(epochs(2).callbacks(BestWeights.by("f1", Mode.MAX)), "BestWeights looks at \"f1\"", "fix: ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void twoCheckpointsInOneDirectory() {
        refuses(
                epochs(2).checkpoint(Checkpoint.in(directory)).checkpoint(Checkpoint.in(directory)),
                "Two checkpoints of the fit are in " + directory,
                "fix: ");
        Path again = directory.resolve("inner").resolve("..");
        refuses(
                epochs(2).checkpoint(Checkpoint.in(directory)).checkpoint(Checkpoint.in(again)),
                "Two checkpoints of the fit are in " + again,
                "fix: ");
    }

    @Test
    void aScheduleThatTurnsNegativeInALaterEpoch() {
        // 0.1 − 0.03 · 4 at the first step of the third epoch
        refuses(
                Toy.model(DataType.FLOAT),
                step -> 0.1 - 0.03 * step,
                10,
                epochs(3).batchSize(5),
                "at step 4",
                "expected a finite number, at least 0",
                "fix: ");
    }

    @Test
    void whatACallbackRefuses() {
        refuses(
                epochs(2).callbacks(new Callback() {
                    @Override
                    public void beforeRun(Fit fit) {
                        throw new IllegalArgumentException("needs more than " + fit.epochs() + " epochs");
                    }
                }),
                "needs more than 2 epochs");
    }

    /** Divides by a variance over the batch, or so it says, and is refused also where another layer holds it. */
    private record NeedsTwo() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public int smallestBatch(Shape input) {
            return 2;
        }

        @Override
        public void forward(Pass p) {
            Vectors.copy(p.scratch(), p.x(), p.y());
        }

        @Override
        public void backward(Pass p) {
            Vectors.copy(p.scratch(), p.dy(), p.dx());
        }

        @Override
        public String toString() {
            return "NeedsTwo";
        }
    }

    private record Nest(Layer layer) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return d.branch("inner", layer, input, Link.X, Link.Y, Link.DY, Link.DX);
        }

        @Override
        public void forward(Pass p) {
            p.branch("inner").forward();
        }

        @Override
        public void backward(Pass p) {
            p.branch("inner").backward();
        }
    }

    private static Sequential needsTwo() {
        return Sequential.input(Shape.of(2))
                .add(new Dense(2))
                .add(new Nest(new NeedsTwo()))
                .build(DataType.FLOAT, 1);
    }

    @ParameterizedTest(name = "{0} examples in batches of {1}")
    @CsvSource({"101, 10, 9", "11, 10, 9", "9, 4, 3", "3, 2, 3", "5, 1, 5"})
    void aLastBatchThatIsTooSmallForALayer(int examples, int batchSize, int better) {
        refuses(
                needsTwo(),
                Schedule.constant(0.1),
                examples,
                epochs(1).batchSize(batchSize),
                "The " + examples + " examples in batches of " + batchSize
                        + " leave a last batch of 1, and NeedsTwo at 1.",
                "expected at least 2 examples in each batch",
                "fix: batchSize(" + better + ")");
        try (Trainer trainer = Trainer.of(needsTwo(), new SoftmaxCrossEntropy(), new Sgd(0.1))) {
            assertThatCode(() -> trainer.fit(Toy.points(examples), epochs(1).batchSize(better)))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void oneExampleIsTooFewForAnyBatchSize() {
        refuses(needsTwo(), Schedule.constant(0.1), 1, epochs(1), "a last batch of 1", "fix: add examples");
    }
}
