package io.jacobi.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.train.Metric;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values by hand where scikit-learn has none: MetricsReferenceTest of nn-layers compares the others. */
class MetricValuesTest {

    private static final double NAN = Double.NaN;
    private static final Outputs LOGITS = Outputs.BINARY_LOGITS;
    private static final Outputs SHARES = Outputs.BINARY_PROBABILITIES;

    static Stream<Metric> all() {
        return Stream.of(
                new Precision(),
                new Recall(),
                new F1(),
                new TopKAccuracy(1),
                new RocAuc(),
                new AveragePrecision(),
                new LogLoss(),
                new BrierScore(),
                new CalibrationError(),
                new Mae(),
                new Rmse(),
                new R2(),
                new Mape());
    }

    @ParameterizedTest
    @MethodSource("all")
    void noBatchHasNoValue(Metric metric) {
        assertThat(metric.start().value()).isNaN();
    }

    @Test
    void namesTellAveragesApart() {
        assertThat(Stream.of(Averaging.values()).map(a -> new F1(LOGITS, a).name()))
                .containsExactly("f1", "f1 micro", "f1 weighted");
    }

    @Test
    void anAreaNeedsExamplesOfBothAnswers() {
        assertThat(Measured.of(new RocAuc(LOGITS), 1, new double[] {1, 2, 3}, 1, 1, 1))
                .isNaN();
        assertThat(Measured.of(new RocAuc(LOGITS), 1, new double[] {1, 2, 3}, 0, 0, 0))
                .isNaN();
        assertThat(Measured.of(new RocAuc(), 3, new double[] {1, 2, 3, 3, 2, 1}, 0, 1))
                .as("class 2 has no example")
                .isNaN();
    }

    @Test
    void anAreaCountsOrderedPairs() {
        // of four pairs of a yes and a no, two are in order and one is equal
        double[] scores = {3, 1, 1, 2};

        assertThat(Measured.of(new RocAuc(LOGITS), 1, scores, 1, 1, 0, 0)).isEqualTo(2.5 / 4);
        // thresholds 3, 2, 1: precision 1, 1/2, 1/2 and recall 1/2, 1/2, 1
        assertThat(Measured.of(new AveragePrecision(LOGITS), 1, scores, 1, 1, 0, 0))
                .isEqualTo(0.75);
    }

    @Test
    void minusZeroEqualsZero() {
        assertThat(Measured.of(new RocAuc(LOGITS), 1, new double[] {0.0, -0.0}, 1, 0))
                .isEqualTo(0.5);
        assertThat(Measured.of(new AveragePrecision(LOGITS), 1, new double[] {0.0, -0.0}, 1, 0))
                .isEqualTo(0.5);
    }

    @Test
    void aNanIsNoProbabilityAndNoOrder() {
        for (Metric metric : List.of(
                new RocAuc(LOGITS),
                new AveragePrecision(LOGITS),
                new LogLoss(LOGITS),
                new BrierScore(LOGITS),
                new CalibrationError(LOGITS),
                new LogLoss(SHARES))) {
            assertThat(Measured.of(metric, 1, new double[] {1, NAN, 0.5}, 1, 0, 0))
                    .as(metric.toString())
                    .isNaN();
        }
        for (Metric metric : List.of(new RocAuc(), new LogLoss(), new BrierScore(), new CalibrationError())) {
            assertThat(Measured.of(metric, 2, new double[] {1, NAN, 0, 1, 1, 0}, 1, 0, 1))
                    .as(metric.toString())
                    .isNaN();
        }
    }

    @Test
    void aNanPredictsNoClass() {
        // class 1 is found once in two, and predicted once
        double[] outputs = {0, 1, NAN, 1, 1, 0};

        assertThat(Measured.of(new Recall(), 2, outputs, 1, 1, 0)).isEqualTo(0.75);
        assertThat(Measured.of(new Precision(), 2, outputs, 1, 1, 0)).isEqualTo(1);
        assertThat(Measured.of(new TopKAccuracy(1), 2, new double[] {NAN, 0, 1, 0}, 0, 0))
                .isEqualTo(0.5);
    }

    @Test
    void rowsOfProbabilitiesAreTargetsToo() {
        double[] outputs = {0, 1, 1, 0};

        assertThat(Measured.of(new F1(), 2, outputs, 0.2, 0.8, 0.9, 0.1)).isEqualTo(1);
        assertThat(Measured.of(new LogLoss(), 2, outputs, 0, 1, 0, 1))
                .isEqualTo(Measured.of(new LogLoss(), 2, outputs, 1, 1));
    }

    @Test
    void aSurelyWrongAnswerCosts36() {
        double bound = 52 * Math.log(2);

        assertThat(Measured.of(new LogLoss(SHARES), 1, new double[] {0}, 1)).isCloseTo(bound, within(1e-12));
        assertThat(Measured.of(new LogLoss(LOGITS), 1, new double[] {1000}, 0)).isCloseTo(bound, within(1e-12));
        assertThat(Measured.of(new LogLoss(), 2, new double[] {0, 1000}, 0)).isCloseTo(bound, within(1e-12));
        assertThat(Measured.of(new LogLoss(LOGITS), 1, new double[] {-1000}, 0)).isZero();
    }

    @Test
    void aSmallProbabilityDoesNotCancel() {
        // −log(1 − sigmoid(30)) = softplus(30)
        assertThat(Measured.of(new LogLoss(LOGITS), 1, new double[] {30}, 0))
                .isCloseTo(30 + Math.log1p(Math.exp(-30)), within(1e-13));
    }

    @Test
    void confidenceIsComparedWithTheShareThatIsRight() {
        // confidence 0.75 four times: right three times there is no gap, and right four times it is 0.25
        double[] shares = {0.75, 0.25, 0.75, 0.25};

        assertThat(Measured.of(new CalibrationError(SHARES), 1, shares, 1, 0, 0, 0))
                .isZero();
        assertThat(Measured.of(new CalibrationError(SHARES), 1, shares, 1, 0, 1, 0))
                .isEqualTo(0.25);
    }

    @Test
    void aVarianceFarFromZeroDoesNotCancel() {
        double[] outputs = {1e8, 1e8 + 1, 1e8 + 2};

        // Σ (y − t)² = 1, and the mean of t is 1e8 + 4/3: Σ (t − mean)² = 14/3
        assertThat(Measured.of(new R2(), 1, outputs, 1e8, 1e8 + 1, 1e8 + 3)).isCloseTo(1 - 3 / 14.0, within(1e-7));
    }

    @Test
    void oneExampleHasNoVariance() {
        assertThat(Measured.of(new R2(), 1, new double[] {1}, 1)).isNaN();
    }
}
