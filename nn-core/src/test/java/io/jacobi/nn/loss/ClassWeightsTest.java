package io.jacobi.nn.loss;

import static io.jacobi.nn.loss.TestLosses.evaluate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.loss.TestLosses.Evaluated;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** SoftmaxCrossEntropy and NegativeLogLikelihood with weights for the classes. */
class ClassWeightsTest {

    private static final SoftmaxCrossEntropy LOSS = new SoftmaxCrossEntropy();

    /** Probabilities 1/4 and 3/4, then 1/2 and 1/2. */
    private static final INDArray LOGITS = TestArrays.of(DataType.DOUBLE, new double[] {0, Math.log(3), 0, 0}, 2, 2);

    @Test
    void indicesAreDividedByTheWeightsOfTheirClasses() {
        Evaluated result = evaluate(LOSS.withClassWeights(1, 3), LOGITS, TestArrays.vector(DataType.DOUBLE, 0, 1));

        assertThat(result.loss()).isCloseTo((Math.log(4) + 3 * Math.log(2)) / 4, within(1e-14));
        assertThat(result.gradient())
                .containsExactly(new double[] {-0.75 / 4, 0.75 / 4, 3 * 0.5 / 4, -3 * 0.5 / 4}, within(1e-14));
    }

    @Test
    void rowsOfProbabilitiesAreDividedByTheBatch() {
        INDArray rows = TestArrays.of(DataType.DOUBLE, new double[] {1, 0, 0, 1}, 2, 2);

        Evaluated result = evaluate(LOSS.withClassWeights(1, 3), LOGITS, rows);

        assertThat(result.loss()).isCloseTo((Math.log(4) + 3 * Math.log(2)) / 2, within(1e-14));
    }

    @Test
    void equalWeightsChangeNothingForIndices() {
        INDArray target = TestArrays.vector(DataType.DOUBLE, 0, 1);
        Evaluated plain = evaluate(new SoftmaxCrossEntropy(0.1), LOGITS, target);
        Evaluated weighted = evaluate(new SoftmaxCrossEntropy(0.1).withClassWeights(5, 5), LOGITS, target);

        assertThat(weighted.loss()).isCloseTo(plain.loss(), within(1e-15));
        assertThat(weighted.gradient()).containsExactly(plain.gradient(), within(1e-15));
    }

    @Test
    void theDivisorOfABatchIsTheSumOfItsClassWeights() {
        Loss weighted = LOSS.withClassWeights(1, 3);
        INDArray indices = TestArrays.vector(DataType.FLOAT, 0, 1, 1);
        INDArray rows = TestArrays.of(DataType.FLOAT, new double[] {1, 0, 0, 1, 0, 1}, 3, 2);
        INDArray examples = TestArrays.vector(DataType.FLOAT, 2, 0, 1);

        assertThat(weighted.divisor(indices, new Scratch())).isEqualTo(7);
        assertThat(weighted.divisor(indices, examples, new Scratch())).isEqualTo(2 + 3);
        assertThat(weighted.divisor(rows, new Scratch())).isEqualTo(3);
        assertThat(weighted.divisor(rows, examples, new Scratch())).isEqualTo(3);
        assertThat(LOSS.divisor(indices, new Scratch())).isEqualTo(3);
    }

    @Test
    void aBatchOfClassesOfWeightZeroGivesZeroAndNotNan() {
        INDArray target = TestArrays.vector(DataType.DOUBLE, 1, 1);

        for (RowLoss loss :
                new RowLoss[] {LOSS.withClassWeights(1, 0), new NegativeLogLikelihood().withClassWeights(1, 0)}) {
            Evaluated result = evaluate(loss, LOGITS, target);

            assertThat(result.loss()).isZero();
            assertThat(result.gradient()).containsExactly(new double[4], within(0.0));
            assertThat(loss.divisor(target, new Scratch())).isZero();
        }
    }

    @Test
    void anotherNumberOfWeightsThanOfClassesIsRejected() {
        assertThatCode(() -> LOSS.withClassWeights(1, 2, 3).check(Shape.of(3), Shape.of()))
                .doesNotThrowAnyException();
        for (Loss loss :
                List.of(LOSS.withClassWeights(1, 2, 3), new NegativeLogLikelihood().withClassWeights(1, 2, 3))) {
            assertThatThrownBy(() -> loss.check(Shape.of(4), Shape.of()))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("has another number of class weights than the model has outputs")
                    .hasMessageContaining("expects  4 class weights, one for each output")
                    .hasMessageContaining("received 3 class weights, [1.0, 2.0, 3.0]")
                    .hasMessageContaining("fix: ");
        }
    }

    @Test
    void impossibleWeightsAreRejected() {
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> LOSS.withClassWeights(1, weight))
                    .withMessageContaining("The weight of class 1 is " + weight)
                    .withMessageContaining("expected a finite number that is not negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new NegativeLogLikelihood().withClassWeights(1, weight));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.withClassWeights(0, 0))
                .withMessageContaining("expected at least one positive weight");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SoftmaxCrossEntropy(0.1).withClassWeights(0, 1))
                .withMessageContaining("expected positive weights")
                .withMessageContaining("fix: ");
    }

    @Test
    void aSingleClassIsRejected() {
        for (Loss loss : List.of(LOSS, new NegativeLogLikelihood(), new KullbackLeibler())) {
            assertThatThrownBy(() -> loss.check(Shape.of(1), Shape.of(1)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining("at least 2 classes")
                    .hasMessageContaining("fix: use BinaryCrossEntropy for one output that says yes or no");
        }
    }

    @Test
    void softmaxCrossEntropyRefusesProbabilitiesAndLogProbabilities() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.PROBABILITIES))
                .withMessageContaining("takes the softmax itself")
                .withMessageContaining("received probabilities")
                .withMessageContaining("fix: remove the layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LOSS.check(OutputKind.LOG_PROBABILITIES))
                .withMessageContaining("the work would be done twice")
                .withMessageContaining("or keep it and use NegativeLogLikelihood");
        assertThatCode(() -> LOSS.check(OutputKind.ANY)).doesNotThrowAnyException();
    }

    @Test
    void appearInTheText() {
        assertThat(LOSS).hasToString("SoftmaxCrossEntropy");
        assertThat(new SoftmaxCrossEntropy(0.1).withClassWeights(1, 2))
                .hasToString("SoftmaxCrossEntropy(label smoothing 0.1, class weights [1.0, 2.0])");
        assertThat(new NegativeLogLikelihood().withClassWeights(1, 2))
                .hasToString("NegativeLogLikelihood(class weights [1.0, 2.0])");
    }
}
