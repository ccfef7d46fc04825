package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Batches;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.optim.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainerTest {

    private static final Loss LOSS = new SoftmaxCrossEntropy();
    private static final Sgd SGD = new Sgd(0.1).withMomentum(0.9);
    private static final ArrayDataset POINTS = Toy.points(50);

    private static double[] weightsAfterFit(DataType type, int threads, Fit fit) {
        Sequential model = Toy.model(type);
        try (Trainer trainer = Trainer.of(model, LOSS, SGD).threads(threads)) {
            trainer.fit(POINTS, fit);
        }
        return Vectors.toDoubles(model.weights());
    }

    @Test
    void learnsToSeparateTwoClouds() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(2)) {
            History history = trainer.fit(POINTS, epochs(10).batchSize(8).metrics(new Accuracy()));

            double first = history.epochs().get(0).training().loss();
            assertThat(history.epochs()).hasSize(10);
            assertThat(history.last().training().loss()).isLessThan(first / 3);
            assertThat(history.last().training().metric("accuracy")).isGreaterThan(0.97);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void theSameSeedAndThreadsGiveTheSameBits(int threads) {
        Fit fit = epochs(3).batchSize(16);

        assertThat(weightsAfterFit(DataType.FLOAT, threads, fit))
                .isEqualTo(weightsAfterFit(DataType.FLOAT, threads, fit));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void anyNumberOfThreadsAgreesToRounding(DataType type) {
        // 50 = 3 · 16 + 2: parts of one example, and more threads than examples, occur
        Fit fit = epochs(3).batchSize(16);
        double[] alone = weightsAfterFit(type, 1, fit);

        for (int threads : new int[] {2, 3, 5, 20}) {
            assertThat(weightsAfterFit(type, threads, fit))
                    .as("%d threads", threads)
                    .containsExactly(alone, within(type == DataType.FLOAT ? 1e-4 : 1e-12));
        }
    }

    @Test
    void anotherShuffleSeedGivesOtherWeights() {
        Fit fit = epochs(1).batchSize(16);

        assertThat(weightsAfterFit(DataType.FLOAT, 1, fit.shuffleSeed(1)))
                .as("the model's seed is 1")
                .isEqualTo(weightsAfterFit(DataType.FLOAT, 1, fit))
                .isNotEqualTo(weightsAfterFit(DataType.FLOAT, 1, fit.shuffleSeed(2)));
    }

    @Test
    void twoFitsGiveTheSameAsOneLongerFit() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, LOSS, SGD).threads(2)) {
            trainer.fit(POINTS, epochs(2).batchSize(16));
            assertThat(trainer.steps())
                    .as("4 batches of 16, 16, 16 and 2, twice")
                    .isEqualTo(8);
            trainer.fit(POINTS, epochs(1).batchSize(16));
        }

        assertThat(Vectors.toDoubles(model.weights()))
                .isEqualTo(weightsAfterFit(DataType.FLOAT, 2, epochs(3).batchSize(16)));
    }

    @Test
    void aLoopOverStepGivesTheSameAsFit() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, LOSS, SGD).threads(2)) {
            Batches batches = Batches.shuffled(POINTS, 16, model.seed());
            for (int epoch = 0; epoch < 3; epoch++) {
                batches.epoch(epoch).forEach(trainer::step);
            }
        }

        assertThat(Vectors.toDoubles(model.weights()))
                .isEqualTo(weightsAfterFit(DataType.FLOAT, 2, epochs(3).batchSize(16)));
    }

    @Test
    void aStepMovesTheWeightsAgainstTheGradientOfTheMeanLoss() {
        Sequential model = Toy.model(DataType.DOUBLE);
        double[] before = Vectors.toDoubles(model.weights());
        Batch batch = Batches.inOrder(POINTS, 10).epoch(0).get(0);
        double[] expected = new double[before.length];
        double loss;
        try (Workspace w = Workspace.forTraining(model, 10)) {
            INDArray target = Memory.vector(DataType.DOUBLE, 10);
            batch.read(0, 10, w.input(), target);
            w.forward(0, 0);
            loss = LOSS.valueAndGradient(w.output(), target, w.outputGradient(), w.scratch());
            w.backward();
            double[] gradient = Vectors.toDoubles(w.gradients());
            for (int i = 0; i < expected.length; i++) {
                expected[i] = before[i] - 0.1 * gradient[i];
            }
        }
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(3)) {
            assertThat(trainer.step(batch)).as("the loss before the step").isCloseTo(loss, within(1e-14));
        }

        assertThat(Vectors.toDoubles(model.weights())).containsExactly(expected, within(1e-14));
    }

    @Test
    void batchesMayGrowAndShrink() {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, LOSS, SGD).threads(2)) {
            for (int size : new int[] {4, 50, 1, 20}) {
                assertThat(trainer.step(Batches.inOrder(POINTS, size).epoch(0).get(0)))
                        .as("a batch of %d", size)
                        .isFinite();
            }
            assertThat(trainer.steps()).isEqualTo(4);
        }
    }

    @Test
    void theEpochsLossIsTheMeanOverExamplesShortBatchIncluded() {
        Sequential model = Toy.model(DataType.DOUBLE);
        // a rate so small that the weights do not change
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(1e-300)).threads(3)) {
            EpochResult epoch = trainer.fit(POINTS, epochs(1).batchSize(16).metrics(new Accuracy()))
                    .last();
            Evaluation whole = Evaluator.evaluate(model, LOSS, POINTS, List.of(new Accuracy()));

            assertThat(epoch.examples()).isEqualTo(50);
            assertThat(epoch.training().loss()).isCloseTo(whole.loss(), within(1e-12));
            assertThat(epoch.training().metrics()).isEqualTo(whole.metrics());
        }
    }

    @Test
    void usesAtLeastOneThreadAndReportsTheNumber() {
        Sequential model = Toy.model(DataType.FLOAT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Trainer.of(model, LOSS, SGD).threads(0))
                .withMessage("The number of threads is 0\n  expected at least 1");
        try (Trainer trainer = Trainer.of(model, LOSS, SGD).threads(3)) {
            assertThat(trainer.threadsFor(64)).isEqualTo(3);
            assertThat(trainer.threadsFor(2))
                    .as("no more than there are examples")
                    .isEqualTo(2);
        }
    }

    @Test
    void splitsOnlyBatchesThatAreWorthIt() {
        Sequential small = Toy.model(DataType.FLOAT);
        Sequential large = Sequential.input(Shape.of(1000)).add(new Dense(1000)).build(DataType.FLOAT, 1);
        int processors = Runtime.getRuntime().availableProcessors();

        try (Trainer trainer = Trainer.of(small, LOSS, SGD)) {
            assertThat(trainer.threadsFor(64)).isEqualTo(1);
        }
        try (Trainer trainer = Trainer.of(large, LOSS, SGD)) {
            assertThat(trainer.threadsFor(64)).isEqualTo(Math.min(8, processors));
        }
    }

    @Test
    void throwsOnceClosedAndClosingTwiceIsHarmless() {
        Trainer trainer = Trainer.of(Toy.model(DataType.FLOAT), LOSS, SGD).threads(2);
        trainer.fit(POINTS, epochs(1));
        trainer.close();
        trainer.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> trainer.fit(POINTS, epochs(1)))
                .withMessageContaining("the trainer is closed");
    }
}
