package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLosses;
import io.jacobi.nn.scalar.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class LossCheckTest {

    private static final double[][] PREDICTIONS = {{1, -2, 0.5}, {0.3, 0.1, 3}};
    private static final double[][] TARGETS = {{0, 1, 0.5}, {2, -0.4, 1}};

    private static LossCheck check(Loss loss) {
        return GradientCheck.of(loss).prediction(PREDICTIONS).targetRows(TARGETS);
    }

    @Test
    void passesARightLoss() {
        GradientReport report = check(new Squares(1, 1, 0)).verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.coordinates()).isEqualTo(6);
    }

    @Test
    void catchesAGradientThatForgetsTheBatch() {
        GradientReport report = check(new Squares(1, 0, 0)).report();

        assertThat(report.tensors())
                .singleElement()
                .satisfies(t -> assertThat(t.passes()).isFalse());
    }

    @Test
    void catchesALossThatForgetsTheBatchInValueAndGradient() {
        GradientReport report = check(new Squares(0, 0, 0)).report();

        assertThat(report.tensors())
                .as("a sum has the gradient of a sum: differences alone do not show it")
                .allMatch(TensorResult::passes);
        assertThat(report.findings())
                .filteredOn(f -> !f.holds())
                .extracting(Finding::claim)
                .containsExactly("the loss is a mean over the batch", "a batch of many tiles is a mean too");
    }

    @Test
    void catchesALossThatChangesThePrediction() {
        GradientReport report = check(new Squares(1, 1, 0.5)).report();

        assertThat(report.findings())
                .filteredOn(f -> !f.holds())
                .extracting(Finding::claim)
                .contains("prediction and target are left alone");
    }

    @Test
    void verifyThrowsTheTable() {
        assertThatThrownBy(() -> check(new Squares(0, 0, 0)).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("WRONG the loss is a mean over the batch")
                .hasMessageContaining("ok    prediction");
    }

    private static List<Finding> weighted(LossCheck check) {
        return check.report().findings().stream()
                .filter(finding -> finding.claim().endsWith("with weights"))
                .toList();
    }

    @Test
    void weightsOfExamplesCanBeChosen() {
        LossCheck check = check(new MeanSquaredError()).weights(0, 3);

        assertThat(weighted(check))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.tensors().get(0).where()).startsWith("[1, "));
        assertThatThrownBy(() -> check.weights(1, 2, 3).report())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There are 2 predictions and 3 weights");
    }

    @Test
    void aLossWithoutWeightsIsNotCheckedWithThem() {
        assertThat(weighted(check(new Squares(1, 1, 0)).weights(0, 3))).isEmpty();
    }

    @Test
    void oneOracleCanBeUsedAlone() {
        LossCheck check = check(new MeanSquaredError()).scalars(ScalarLosses.of(new MeanSquaredError()));

        assertThat(check.only(Oracle.DUALS).verify().findings())
                .extracting(Finding::claim)
                .containsExactly("dual numbers", "dual numbers with weights");
        assertThatThrownBy(() -> check.only(Oracle.RECORDED).report())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recorded(...) adds RECORDED");
    }

    static <T extends Real<T>> T meanSquare(Tensor<T> y, Tensor<Double> t, List<Double> weights) {
        int outputs = y.size() / y.dim(0);
        List<T> terms = IntStream.range(0, y.size())
                .mapToObj(i -> y.at(i).minus(t.at(i)).square().times(weights.get(i / outputs)))
                .toList();
        return Real.sum(terms)
                .over(outputs * weights.stream().mapToDouble(w -> w).sum());
    }

    @Test
    void aTwinCanBeAMethodOfOnesOwn() {
        GradientReport report =
                check(new MeanSquaredError()).scalars(LossCheckTest::meanSquare).verify();

        assertThat(report.worst(Oracle.SCALARS)).isLessThan(1e-15);
    }

    @Test
    void limitsThatAreNotPositiveAreRefused() {
        assertThatThrownBy(() -> check(new MeanSquaredError()).tolerance(0)).hasMessageContaining("The tolerance is 0");
        assertThatThrownBy(() -> check(new MeanSquaredError()).finiteUpTo(Double.NaN))
                .hasMessageContaining("The largest prediction is NaN");
    }

    /**
     * Half the squared distance, divided by batch to these powers, of which 1 and 1 are right. Afterwards the
     * prediction is moved by {@code nudge}.
     */
    private record Squares(int valuePower, int gradientPower, double nudge) implements Loss {

        @Override
        public void check(Shape prediction, Shape target) {}

        @Override
        public double valueAndGradient(INDArray prediction, INDArray target, INDArray gradient, Scratch scratch) {
            Span y = scratch.span(prediction);
            Span t = scratch.span(target);
            Span dy = scratch.span(gradient);
            double batch = prediction.size(0);
            double sum = 0;
            for (int i = 0; i < y.length(); i++) {
                double distance = y.get(i) - t.get(i);
                sum += distance * distance / 2;
                dy.set(i, distance / Math.pow(batch, gradientPower));
            }
            if (nudge != 0) {
                y.set(0, y.get(0) + nudge);
            }
            return sum / Math.pow(batch, valuePower);
        }
    }
}
