package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.NegativeLogLikelihood;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights of examples and classes, from the data set to the step. */
class WeightedTrainingTest {

    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy();
    private static final float[][] FOUR = Toy.features(4);

    /** Examples 0, 1, 1, 3, which weights 1, 2, 0, 1 are equivalent to. */
    private static final ArrayDataset REPEATED =
            ArrayDataset.of(new float[][] {FOUR[0], FOUR[1], FOUR[1], FOUR[3]}, new int[] {0, 1, 1, 1});

    private static final ArrayDataset WEIGHTED = Toy.points(4).withWeights(1, 2, 0, 1);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Step(double loss, double[] weights) {}

    private static Step step(Loss loss, ArrayDataset data, int threads) {
        Sequential model = Toy.model(DataType.DOUBLE);
        int[] rows = new int[data.size()];
        Arrays.setAll(rows, i -> i);
        try (Trainer trainer = Trainer.of(model, loss, new Sgd(0.5)).threads(threads)) {
            double value = trainer.step(new Batch(data, rows, 0, rows.length));
            return new Step(value, Vectors.toDoubles(model.weights()));
        }
    }

    private static void assertSame(Step actual, Step expected) {
        assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-14));
        assertThat(actual.weights()).containsExactly(expected.weights(), within(1e-14));
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 2, 3, 4})
    void aWeightOfTwoIsTheExampleTwiceAndZeroIsNever(int threads) {
        // on four threads the part of example 2 has weight 0 as a whole
        assertSame(step(LOSS, WEIGHTED, threads), step(LOSS, REPEATED, 1));
    }

    @ParameterizedTest(name = "on {0} threads")
    @ValueSource(ints = {1, 2, 3, 5})
    void classWeightsDoNotDependOnHowTheBatchIsSplit(int threads) {
        Loss weighted = LOSS.withClassWeights(0.3, 4);
        Loss oneClass = LOSS.withClassWeights(0, 1);

        assertSame(step(weighted, Toy.points(5), threads), step(weighted, Toy.points(5), 1));
        assertSame(step(oneClass, Toy.points(5), threads), step(oneClass, Toy.points(5), 1));
    }

    @Test
    void theTrainingLossOfAnEpochIsWeighted() {
        // a rate this small does not change the weights, so all batches see the same model
        Sequential model = Toy.model(DataType.DOUBLE);
        ArrayDataset data = Toy.points(5).withWeights(5, 1, 0.5f, 3, 0.25f);
        double expected = Evaluator.evaluate(model, LOSS, data, List.of()).loss();
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(1e-300)).threads(2)) {
            EpochResult epoch = trainer.fit(data, epochs(1).batchSize(2)).last();

            assertThat(epoch.training().loss()).isCloseTo(expected, within(1e-14));
            assertThat(epoch.examples()).isEqualTo(5);
        }
    }

    @Test
    void evaluationWeightsTheLossAndNotTheMetricsWhichLeaveOutWeightZero() {
        Sequential model = Toy.model(DataType.DOUBLE);
        List<Metric> accuracy = List.of(new Accuracy());
        Evaluation weighted = Evaluator.evaluate(model, LOSS, WEIGHTED, accuracy);

        assertThat(weighted.loss())
                .isCloseTo(Evaluator.evaluate(model, LOSS, REPEATED, List.of()).loss(), within(1e-14));
        assertThat(weighted.metric("accuracy"))
                .isEqualTo(Evaluator.evaluate(
                                model,
                                LOSS,
                                ArrayDataset.of(new float[][] {FOUR[0], FOUR[1], FOUR[3]}, new int[] {0, 1, 1}),
                                accuracy)
                        .metric("accuracy"));
    }

    @Test
    void evaluationAcceptsABatchOfWeightZero() {
        // batches of 256 examples: the second has weight 0
        float[] weights = new float[300];
        Arrays.fill(weights, 0, 256, 1);
        Sequential model = Toy.model(DataType.DOUBLE);

        double loss = Evaluator.evaluate(model, LOSS, Toy.points(300).withWeights(weights), List.of())
                .loss();

        assertThat(loss)
                .isCloseTo(
                        Evaluator.evaluate(model, LOSS, Toy.points(300).take(256), List.of())
                                .loss(),
                        within(1e-14));
    }

    @Test
    void aDataSetOfClassesOfWeightZeroCannotBeEvaluated() {
        ArrayDataset zeros = ArrayDataset.of(Toy.features(3), new int[3]);

        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Evaluator.evaluate(Toy.model(DataType.FLOAT), LOSS.withClassWeights(0, 1), zeros, List.of()))
                .withMessageContaining("All examples of the data set have weight 0");
    }

    @Test
    void aLossThatTakesNoWeightsIsRefusedBeforeTheFirstStep() {
        Loss own = new Loss() {
            @Override
            public void check(Shape prediction, Shape target) {}

            @Override
            public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
                throw new AssertionError("a step was made");
            }

            @Override
            public String toString() {
                return "Own";
            }
        };
        try (Trainer trainer = Trainer.of(Toy.model(DataType.FLOAT), own, new Sgd(0.5))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(WEIGHTED, epochs(1)))
                    .withMessageContaining("The examples have weights, and Own takes none")
                    .withMessageContaining("fix: let the loss implement RowLoss");
        }
    }

    @Test
    void learnsTheClassOfTheLargerWeight() {
        // the same point with both labels: the weights decide which one is learned
        float[][] same = {{1, 1}, {1, 1}};
        ArrayDataset data = ArrayDataset.of(same, new int[] {0, 1}).withWeights(1, 9);
        Sequential model = Toy.model(DataType.DOUBLE);
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.5))) {
            double loss = trainer.fit(data, epochs(200).batchSize(2))
                    .last()
                    .training()
                    .loss();

            assertThat(loss)
                    .as("the entropy of one in ten")
                    .isCloseTo(-0.1 * Math.log(0.1) - 0.9 * Math.log(0.9), within(1e-6));
        }
    }

    @Test
    void negativeLogLikelihoodIsSplitLikeTheOthers() {
        Loss weighted = new NegativeLogLikelihood().withClassWeights(0, 2);

        assertSame(step(weighted, WEIGHTED, 4), step(weighted, REPEATED, 1));
    }
}
