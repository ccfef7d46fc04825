package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.data.Dataset;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Examples of weight 0 and of an ignored class are as if they were not in the data set. */
class LeftOutExamplesTest {

    private static final int SIZE = 40;
    private static final Loss LOSS = new SoftmaxCrossEntropy();
    private static final Loss IGNORING = new SoftmaxCrossEntropy().ignoreIndex(-100);
    private static final Loss LOSS_OF_CLASS_ONE = new SoftmaxCrossEntropy().withClassWeights(0, 1);

    /** Every third example has features of NaN, the label -100 and the weight 0. */
    private static final ArrayDataset WITH;

    private static final ArrayDataset WITHOUT;

    private static final float[] WEIGHTS = new float[SIZE];

    static {
        float[][] features = Toy.features(SIZE);
        int[] labels = Toy.labels(SIZE);
        int[] rest = IntStream.range(0, SIZE).filter(i -> i % 3 != 0).toArray();
        float[][] restOfFeatures =
                Arrays.stream(rest).mapToObj(i -> features[i].clone()).toArray(float[][]::new);
        int[] restOfLabels = Arrays.stream(rest).map(i -> labels[i]).toArray();
        WITHOUT = ArrayDataset.of(restOfFeatures, restOfLabels);
        Arrays.fill(WEIGHTS, 1);
        for (int i = 0; i < SIZE; i += 3) {
            Arrays.fill(features[i], Float.NaN);
            labels[i] = -100;
            WEIGHTS[i] = 0;
        }
        WITH = ArrayDataset.of(features, labels);
    }

    private record Run(List<Double> weights, List<List<Object>> epochs) {

        static Run of(Sequential model, History history) {
            List<List<Object>> epochs = new ArrayList<>();
            history.epochs().forEach(e -> epochs.add(List.of(e.training(), e.validation(), e.examples())));
            return new Run(
                    Arrays.stream(Vectors.toDoubles(model.weights())).boxed().toList(), epochs);
        }
    }

    private static Run train(Loss loss, Dataset data, int threads, Fit fit) {
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, loss, new Adam(0.01)).threads(threads)) {
            return Run.of(model, trainer.fit(data, fit));
        }
    }

    private static Fit fit(Dataset validation) {
        return epochs(3).batchSize(4).validation(validation).metrics(new Accuracy());
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void aRunIsTheSameToTheBitAsWithoutThem(int threads) {
        Run expected = train(LOSS, WITHOUT, threads, fit(WITHOUT));
        ArrayDataset weighted = WITH.withWeights(WEIGHTS);

        assertThat(train(LOSS, weighted, threads, fit(weighted))).isEqualTo(expected);
        assertThat(train(IGNORING, WITH, threads, fit(WITH))).isEqualTo(expected);
        assertThat(train(IGNORING, new Plain(WITH), threads, fit(WITHOUT))).isEqualTo(expected);
    }

    @Test
    void anEvaluationIsTheSameToTheBitAsWithoutThem() {
        Sequential model = Toy.model(DataType.DOUBLE);
        List<Metric> metrics = List.of(new Accuracy());
        Evaluation expected = Evaluator.evaluate(model, LOSS, WITHOUT, metrics);

        assertThat(Evaluator.evaluate(model, LOSS, WITH.withWeights(WEIGHTS), metrics))
                .isEqualTo(expected);
        assertThat(Evaluator.evaluate(model, IGNORING, WITH, metrics)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 3})
    void aSingleStepLeavesThemOutToo(int threads) {
        int[] mixed = {0, 1, 2, 3, 4, 5, 6};
        Sequential expected = Toy.model(DataType.DOUBLE);
        try (Trainer trainer = Trainer.of(expected, LOSS, new Sgd(0.5)).threads(threads)) {
            trainer.step(new Batch(WITHOUT, new int[] {0, 1, 2, 3}, 0, 4));
        }
        Sequential model = Toy.model(DataType.DOUBLE);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.5)).threads(threads)) {
            trainer.step(new Batch(WITH.withWeights(WEIGHTS), mixed, 0, 7));
        }

        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(Vectors.toDoubles(expected.weights()));
    }

    /** A fifth of weight 0 and batches of 4: some seeds have a batch of which every example has weight 0. */
    @Test
    void noSeedDiesOfABatchOfWeightZero() {
        float[] weights = new float[200];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = i % 5 == 0 ? 0 : 1;
        }
        ArrayDataset data = Toy.points(200).withWeights(weights);

        for (int seed = 0; seed < 50; seed++) {
            try (Trainer trainer =
                    Trainer.of(Toy.model(DataType.FLOAT), LOSS, new Sgd(0.1)).threads(1)) {
                trainer.fit(data, epochs(2).batchSize(4).shuffleSeed(seed));

                assertThat(trainer.steps()).as("batches of the 160 others").isEqualTo(2 * 40);
            }
        }
    }

    @ParameterizedTest(name = "weights of the examples: {0}, {1} threads")
    @CsvSource({"true, 1", "true, 2", "false, 1", "false, 2"})
    void aBatchInWhichNothingCountsIsCountedAndChangesNothing(boolean ofExamples, int threads) {
        Sequential model = Toy.model(DataType.DOUBLE);
        Loss loss = ofExamples ? LOSS : LOSS_OF_CLASS_ONE;
        ArrayDataset data = ofExamples ? Toy.points(4).withWeights(0, 1, 0, 1) : Toy.points(4);
        Schedule halving = step -> Math.pow(0.5, (double) step);
        try (Trainer trainer = Trainer.of(model, loss, new Sgd(halving).withMomentum(0.9))
                .threads(threads)
                .penalties(Penalty.l2(0.1))) {
            double first = trainer.step(new Batch(data, new int[] {1, 3}, 0, 2));
            double[] before = Vectors.toDoubles(model.weights());
            double nothing = trainer.step(new Batch(data, new int[] {0, 2}, 0, 2));

            assertThat(first).isPositive();
            assertThat(nothing).isZero();
            assertThat(trainer.steps()).as("the schedule goes on").isEqualTo(2);
            assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
        }
    }

    @Test
    void batchesOfAClassOfWeightZeroAddNothingToTheLossOfTheEpoch() {
        // batches of one: half of them have the class of weight 0
        Sequential model = Toy.model(DataType.DOUBLE);
        double expected = Evaluator.evaluate(model, LOSS_OF_CLASS_ONE, Toy.points(8), List.of())
                .loss();
        try (Trainer trainer = Trainer.of(model, LOSS_OF_CLASS_ONE, new Sgd(1e-300))) {
            EpochResult epoch =
                    trainer.fit(Toy.points(8), epochs(1).batchSize(1)).last();

            assertThat(epoch.training().loss()).isCloseTo(expected, within(1e-14));
            assertThat(trainer.steps()).isEqualTo(8);
        }
    }

    @Test
    void aRunWithoutAnExampleThatCountsIsRefusedBeforeTheFirstStep() {
        ArrayDataset ignored = ArrayDataset.of(Toy.features(3), new int[] {-100, -100, -100});
        Sequential model = Toy.model(DataType.FLOAT);
        try (Trainer trainer = Trainer.of(model, IGNORING, new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(ignored, epochs(1)))
                    .withMessageContainingAll("No example of the data set counts", "expected at least one", "fix: ");
            assertThat(trainer.steps()).isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model, IGNORING, ignored, List.of()))
                .withMessageContaining("No example of the data set counts");
    }

    @Test
    void anEpochInWhichOnlyClassesOfWeightZeroOccurHasNoMeanLoss() {
        ArrayDataset zeros = ArrayDataset.of(Toy.features(3), new int[3]);
        try (Trainer trainer = Trainer.of(Toy.model(DataType.FLOAT), LOSS_OF_CLASS_ONE, new Sgd(0.1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(zeros, epochs(2)))
                    .withMessageContainingAll("All examples of the epoch have weight 0", "fix: ");
        }
    }

    @Test
    void aRunWithLeftOutExamplesResumesToTheBit(@TempDir Path directory) {
        ArrayDataset data = WITH.withWeights(WEIGHTS);
        Fit stored = fit(WITHOUT).checkpoint(Checkpoint.in(directory).everySteps(3));
        Run expected = train(LOSS, data, 1, fit(WITHOUT));
        try (Trainer trainer =
                Trainer.of(Toy.model(DataType.FLOAT), LOSS, new Adam(0.01)).threads(1)) {
            Interrupted.run(trainer, data, stored, 10);
        }

        assertThat(train(LOSS, data, 1, stored.resume(directory))).isEqualTo(expected);

        float[] others = WEIGHTS.clone();
        others[1] = 0;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> train(LOSS, WITH.withWeights(others), 1, stored.resume(directory)))
                .withMessageContaining("examples that count: expects 26, received 25");
    }

    /** A data set that reads its targets only together with its features. */
    private record Plain(ArrayDataset data) implements Dataset {

        @Override
        public int size() {
            return data.size();
        }

        @Override
        public Shape features() {
            return data.features();
        }

        @Override
        public Shape target() {
            return data.target();
        }

        @Override
        public void read(int[] rows, int from, int count, INDArray features, INDArray targets) {
            data.read(rows, from, count, features, targets);
        }
    }
}
