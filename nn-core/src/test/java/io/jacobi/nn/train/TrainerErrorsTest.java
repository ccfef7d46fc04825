package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Bad input ends in a clear error, and nothing that was good is lost. */
class TrainerErrorsTest {

    private static final Loss LOSS = new SoftmaxCrossEntropy();

    private final Sequential model = Toy.model(DataType.FLOAT);
    private final double[] before = Vectors.toDoubles(model.weights());

    private static ArrayDataset withNan(int size, int row) {
        float[][] features = Toy.features(size);
        features[row][1] = Float.NaN;
        return ArrayDataset.of(features, Toy.labels(size));
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void aNanInTheDataStopsTrainingNamesStepAndLayerAndLeavesTheWeights(int threads) {
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(threads)) {
            // the last of 12: with three threads in the last one's part
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.fit(withNan(12, 11), epochs(1).batchSize(12)))
                    .withMessageContaining("The loss is NaN at step 0: training stops")
                    .withMessageContaining("first output that is not finite: layer 1 of 3, Dense(8)")
                    .withMessageContaining("fix: ")
                    .satisfies(e -> assertThat(e.step()).isZero());
            assertThat(trainer.steps()).isZero();
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    @Test
    void theStepsBeforeANanAreKept() {
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(1)) {
            trainer.step(new Batch(Toy.points(8), new int[] {0, 1, 2}, 0, 3));
            double[] afterOne = Vectors.toDoubles(model.weights());

            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.step(new Batch(withNan(8, 2), new int[] {0, 1, 2}, 0, 3)))
                    .satisfies(e -> assertThat(e.step()).isEqualTo(1));
            assertThat(Vectors.toDoubles(model.weights())).isEqualTo(afterOne);

            trainer.step(new Batch(Toy.points(8), new int[] {0, 1, 2}, 0, 3));
            assertThat(trainer.steps()).as("the trainer can go on").isEqualTo(2);
        }
    }

    @Test
    void weightsThatOverflowNameTheLayerThatOverflowed() {
        Vectors.set(model.value("2.bias"), new double[] {Double.POSITIVE_INFINITY, 0});
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(2)) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.fit(Toy.points(8), epochs(1)))
                    .withMessageContaining("layer 3 of 3, Dense(2) \"head\"");
        }
    }

    @Test
    void examplesOfAnotherShapeAreRejectedBeforeTheFirstStep() {
        ArrayDataset wide = ArrayDataset.of(new float[4][3], new int[4]);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(1)) {
            assertThatThrownBy(() -> trainer.fit(wide, epochs(1)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("the examples do not fit the model")
                    .hasMessageContaining("expects  features of shape [2], the model's input")
                    .hasMessageContaining("received [3]")
                    .hasMessageContaining("fix: Sequential.input(...)");
            assertThatThrownBy(() -> trainer.step(new Batch(wide, new int[] {0}, 0, 1)))
                    .isInstanceOf(ShapeException.class);
            assertThatThrownBy(() -> trainer.fit(Toy.points(4).reshape(Shape.of(1, 2)), epochs(1)))
                    .hasMessageContaining("fix: data.reshape(");
            assertThat(trainer.steps()).isZero();
        }
    }

    @Test
    void aMetricThatCannotJudgeIsRejectedBeforeTheFirstStep() {
        Sequential one = Toy.model(DataType.FLOAT);
        Metric refuses = new Metric() {
            @Override
            public String name() {
                return "choosy";
            }

            @Override
            public void check(Shape prediction, Shape target) {
                throw new ShapeException(
                        "choosy judges nothing", "others", prediction + " and " + target, "leave it out");
            }

            @Override
            public Accumulator start() {
                throw new AssertionError("training must not start");
            }
        };
        try (Trainer trainer = Trainer.of(one, LOSS, new Sgd(0.1)).threads(1)) {
            assertThatThrownBy(() -> trainer.fit(Toy.points(8), epochs(1).metrics(refuses)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("choosy judges nothing");
            assertThat(trainer.steps()).isZero();
        }
    }

    @Test
    void twoMetricsOfOneNameAreRejectedBeforeTheFirstStep() {
        try (Trainer trainer =
                Trainer.of(Toy.model(DataType.FLOAT), LOSS, new Sgd(0.1)).threads(1)) {
            assertThatThrownBy(() -> trainer.fit(Toy.points(8), epochs(1).metrics(new Accuracy(), new Accuracy())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Two metrics are named \"accuracy\"", "fix: ");
            assertThat(trainer.steps()).isZero();
        }
    }

    @Test
    void aValidationSetThatDoesNotFitIsRejectedBeforeTheFirstStep() {
        ArrayDataset wide = ArrayDataset.of(new float[4][3], new int[4]);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(1)) {
            assertThatThrownBy(() -> trainer.fit(Toy.points(4), epochs(1).validation(wide)))
                    .isInstanceOf(ShapeException.class);
            assertThat(trainer.steps()).isZero();
        }
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void aLabelOutsideTheClassesIsNamedAndLeavesTheWeights(int threads) {
        int[] labels = Toy.labels(6);
        labels[5] = 2;
        ArrayDataset data = ArrayDataset.of(Toy.features(6), labels);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(threads)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data, epochs(1).batchSize(6)))
                    .withMessageContaining("is class 2")
                    .withMessageContaining("expected a whole number from 0 to 1");
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    @Test
    void whenOnePartFailsTheStepEndsOnlyAfterAllPartsDid() {
        AtomicBoolean finished = new AtomicBoolean();
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(3)) {
            Batch batch = new Batch(new FailsThenIsSlow(finished), new int[] {0, 1, 2}, 0, 3);

            assertThatThrownBy(() -> trainer.step(batch)).hasMessage("the second part fails");
            assertThat(finished)
                    .as("nobody may still write to buffers that the caller can close now")
                    .isTrue();
        }
    }

    /** Three examples: reading the second fails, and reading the third takes a while longer. */
    private record FailsThenIsSlow(AtomicBoolean finished, CountDownLatch failed) implements Dataset {

        FailsThenIsSlow(AtomicBoolean finished) {
            this(finished, new CountDownLatch(1));
        }

        @Override
        public int size() {
            return 3;
        }

        @Override
        public Shape features() {
            return Shape.of(2);
        }

        @Override
        public Shape target() {
            return Shape.of();
        }

        @Override
        public void read(int[] rows, int from, int count, INDArray features, INDArray targets) {
            if (rows[from] == 1) {
                failed.countDown();
                throw new IllegalArgumentException("the second part fails");
            } else if (rows[from] == 2) {
                try {
                    failed.await();
                    TimeUnit.MILLISECONDS.sleep(200);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                finished.set(true);
            }
        }
    }
}
