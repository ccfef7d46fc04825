package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.loss.ElementwiseLoss;
import io.jacobi.nn.loss.Example;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Scratch;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Losses that weight their examples wrongly, or hide a NaN, each caught by the claim that it violates. */
class LossContractTest {

    private static final double[][] PREDICTIONS = {{1, -2, 0.5}, {0.3, 0.1, 3}, {2, -1, -0.5}};
    private static final double[][] TARGETS = {{0, 1, 0.7}, {2, -0.4, 1}, {0.3, 0.2, 0.1}};

    private static LossCheck check(Loss loss) {
        return GradientCheck.of(loss).prediction(PREDICTIONS).targetRows(TARGETS);
    }

    private static void assertBreaks(Loss loss, String claim) {
        GradientReport report = check(loss).report();

        assertThat(report.passed()).isFalse();
        assertThat(report.findings())
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::claim)
                .contains(claim);
    }

    /** The squared error, by the arithmetic of {@link MeanSquaredError}. */
    private interface Squares extends ElementwiseLoss {

        @Override
        default double sum(double[] y, double[] t, int from, int to) {
            return new MeanSquaredError().sum(y, t, from, to);
        }
    }

    private static final class Right implements Squares {}

    private static final class IgnoresWeights implements Squares {

        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            return valueAndGradient(y, t, gradient, scratch);
        }

        @Override
        public double divisor(INDArray t, INDArray weights, Scratch scratch) {
            return divisor(t, scratch);
        }
    }

    private static final class DividesByTheBatch implements Squares {

        @Override
        public double divisor(INDArray t, INDArray weights, Scratch scratch) {
            Squares.super.divisor(t, weights, scratch);
            return divisor(t, scratch);
        }
    }

    private static final class ForgetsTheWeightOfParts implements Squares {

        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            return new MeanSquaredError().valueAndGradient(y, t, weights, gradient, scratch);
        }

        @Override
        public double divisor(INDArray t, INDArray weights, Scratch scratch) {
            return divisor(t, scratch);
        }
    }

    private static final class HidesNan implements Squares {

        @Override
        public double sum(double[] y, double[] t, int from, int to) {
            for (int i = from; i < to; i++) {
                y[i] = Double.isNaN(y[i]) ? 0 : y[i];
            }
            return Squares.super.sum(y, t, from, to);
        }
    }

    private static final class TakesNanTargets implements Squares {

        @Override
        public void checkTarget(Example e) {}

        @Override
        public double sum(double[] y, double[] t, int from, int to) {
            for (int i = from; i < to; i++) {
                t[i] = Double.isNaN(t[i]) ? 0 : t[i];
            }
            return Squares.super.sum(y, t, from, to);
        }
    }

    @Test
    void aRightLossPassesEveryClaim() {
        GradientReport report = check(new Right()).verify();

        assertThat(report.findings())
                .extracting(Finding::claim)
                .containsExactly(
                        "central differences",
                        "central differences with weights",
                        "prediction and target are left alone",
                        "the loss is a mean over the batch",
                        "a batch of many tiles is a mean too",
                        "float agrees with double",
                        "NaN is not hidden",
                        "a weight counts as that number of examples",
                        "weights of 0 give 0",
                        "an example of weight 0 may be anything",
                        "parts make up the whole by their weights",
                        "impossible weights are rejected");
    }

    @Test
    void catchesALossThatIgnoresWeights() {
        assertBreaks(new IgnoresWeights(), "a weight counts as that number of examples");
        assertBreaks(new IgnoresWeights(), "weights of 0 give 0");
        assertBreaks(new IgnoresWeights(), "impossible weights are rejected");
    }

    @Test
    void catchesALossThatDividesByTheNumberOfExamples() {
        assertBreaks(new DividesByTheBatch(), "a weight counts as that number of examples");
    }

    @Test
    void catchesALossWhosePartsDoNotAddUp() {
        assertBreaks(new ForgetsTheWeightOfParts(), "parts make up the whole by their weights");
    }

    @Test
    void catchesALossThatHidesNan() {
        assertBreaks(new HidesNan(), "NaN is not hidden");
        assertBreaks(new TakesNanTargets(), "NaN is not hidden");
    }

    /** 0 times NaN is NaN. */
    private static final class MultipliesByZero implements Squares {

        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            double divisor = divisor(t, weights, scratch);
            int outputs = (int) (y.length() / y.size(0));
            double sum = 0;
            for (int i = 0; i < y.length(); i++) {
                double weight = weights.getDouble(i / outputs);
                double error = y.getDouble(i) - t.getDouble(i);
                sum += weight * error * error;
                gradient.putScalar(i, 2 * weight * error / Math.max(divisor, 1e-300));
            }
            return divisor == 0 ? 0 : sum / divisor;
        }
    }

    /** Judges the targets of examples that do not count. */
    private static final class JudgesAll implements Squares {

        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            for (int i = 0; i < t.length(); i++) {
                if (!(t.getDouble(i) > -50)) {
                    throw new IllegalArgumentException("target " + i);
                }
            }
            return new MeanSquaredError().valueAndGradient(y, t, weights, gradient, scratch);
        }
    }

    @Test
    void catchesALossThatComputesWithExamplesOfWeightZero() {
        assertBreaks(new MultipliesByZero(), "an example of weight 0 may be anything");
        assertBreaks(new JudgesAll(), "an example of weight 0 may be anything");
    }

    @Test
    void shapesThatTheLossCannotCompareAreRejected() {
        LossCheck misshaped =
                GradientCheck.of(new MeanSquaredError()).prediction(PREDICTIONS).target(1, 2, 3);

        assertThatThrownBy(misshaped::report).isInstanceOf(ShapeException.class);
    }

    @Test
    void thereIsATargetForEachPrediction() {
        LossCheck tooFew = check(new MeanSquaredError()).target(Shape.of(3), 1, 2, 3);

        assertThatIllegalArgumentException()
                .isThrownBy(tooFew::report)
                .withMessageContaining("There are 3 predictions and 1 targets\n  expected one for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(new MeanSquaredError()).target(Shape.of(3), 1, 2, 3, 4))
                .withMessageContaining("4 values do not make examples of shape [3]");
    }
}
