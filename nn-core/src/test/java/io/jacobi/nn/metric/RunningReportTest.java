package io.jacobi.nn.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.offset;

import io.jacobi.nn.loss.ExampleException;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The numbers are those of scikit-learn 1.2.1 for the same answers. */
class RunningReportTest {

    private static final double[][] PROBABILITIES = {
        {0.7, 0.2, 0.1}, {0.5, 0.3, 0.2}, {0.3, 0.4, 0.3}, {0.2, 0.5, 0.3}, {0.1, 0.3, 0.6}, {0.2, 0.45, 0.35}
    };
    private static final double[][] CLASSES = {{0}, {0}, {0}, {1}, {1}, {2}};

    private static Report report(RunningReport running, double[][] answers, double[][] targets) {
        try (running) {
            for (int i = 0; i < answers.length; i++) {
                running.add(answers[i], targets[i]);
            }
            return running.report();
        }
    }

    private static void has(Report report, String metric, double expected) {
        assertThat(report.metric(metric)).as(metric).isEqualTo(expected, offset(1e-12));
    }

    @Test
    void classesAreJudgedByTheirProbabilities() {
        Report report = report(RunningReport.ofClasses(List.of("a", "b", "c")), PROBABILITIES, CLASSES);

        assertThat(report.examples()).isEqualTo(6);
        assertThat(report.metrics().keySet()).containsExactly("accuracy", "f1", "f1 weighted", "log loss");
        has(report, "accuracy", 0.5);
        has(report, "f1", 0.4);
        has(report, "f1 weighted", 0.5333333333333333);
        has(report, "log loss", 0.8667895063681955);
        assertThat(report.confusion().orElseThrow())
                .isEqualTo(ConfusionMatrix.ofCounts(new long[][] {{2, 1, 0}, {0, 1, 1}, {0, 1, 0}})
                        .withLabels("a", "b", "c"));
    }

    @Test
    void twoClassesHaveAnArea() {
        double[] yes = {0.2, 0.6, 0.55, 0.9, 0.3};
        double[][] answers = IntStream.range(0, 5)
                .mapToObj(i -> new double[] {1 - yes[i], yes[i]})
                .toArray(double[][]::new);
        Report report = report(
                RunningReport.ofClasses(List.of("no", "yes")), answers, new double[][] {{0}, {0}, {1}, {1}, {1}});

        has(report, "roc auc", 0.6666666666666666);
    }

    @Test
    void moreThanFiveClassesHaveATopFive() {
        double[] answer = {0.3, 0.25, 0.2, 0.1, 0.05, 0.04, 0.06};
        Report report = report(
                RunningReport.ofClasses(List.of("0", "1", "2", "3", "4", "5", "6")),
                new double[][] {answer, answer},
                new double[][] {{5}, {6}});

        has(report, "top-5 accuracy", 0.5);
    }

    @Test
    void labelsAreJudgedOneByOne() {
        Report report = report(
                RunningReport.ofLabels(List.of("x", "y")),
                new double[][] {{0.9, 0.2}, {0.4, 0.6}, {0.7, 0.8}, {0.1, 0.3}},
                new double[][] {{1, 0}, {1, 1}, {0, 1}, {0, 1}});

        has(report, "binary accuracy", 0.625);
        has(report, "f1", 0.65);
        has(report, "f1 weighted", 0.68);
        has(report, "log loss", 0.5615087622795112);
        has(report, "roc auc", 0.875);
        assertThat(report.confusion()).isEmpty();
    }

    @Test
    void eachColumnOfNumbersIsJudgedInItsOwnUnit() {
        double[][] given = {{1, 10}, {2, 30}, {4, 20}};
        double[][] wanted = {{1.5, 12}, {1, 33}, {5, 21}};
        Report report = report(RunningReport.ofNumbers(List.of("price", "rooms")), given, wanted);

        has(report, "mae price", 0.8333333333333334);
        has(report, "rmse price", 0.8660254037844386);
        has(report, "r2 price", 0.7631578947368421);
        has(report, "mae rooms", 2);
        has(report, "rmse rooms", 2.160246899469287);
        has(report, "r2 rooms", 0.9369369369369369);
    }

    @Test
    void oneColumnNeedsNoName() {
        Report report =
                report(RunningReport.ofNumbers(List.of("price")), new double[][] {{1}, {2}}, new double[][] {{1}, {4}});

        assertThat(report.metrics().keySet()).containsExactly("mae", "rmse", "r2");
        assertThat(report).hasToString("mae   1.0000\nrmse  1.4142\nr2    0.11111\n");
    }

    /** More than a batch, and not a whole number of batches; a report in between changes nothing. */
    @Test
    void manyAnswersAreJudgedInBatches() {
        try (RunningReport running = RunningReport.ofClasses(List.of("a", "b", "c"))) {
            for (int i = 0; i < 600; i++) {
                running.add(PROBABILITIES[i % 6], CLASSES[i % 6]);
                if (i == 299) {
                    running.report();
                }
            }
            Report report = running.report();

            assertThat(report.examples()).isEqualTo(600);
            has(report, "log loss", 0.8667895063681955);
            assertThat(report.confusion().orElseThrow().count(0, 0)).isEqualTo(200);
        }
    }

    @Test
    void theTextHasALineForEachMetricAndTheMatrix() {
        Report report = report(RunningReport.ofClasses(List.of("a", "b", "c")), PROBABILITIES, CLASSES);

        assertThat(report.toString()).isEqualTo("""
                        accuracy     0.50000
                        f1           0.40000
                        f1 weighted  0.53333
                        log loss     0.86679

                        actual \\ predicted  a  b  c
                        a                   2  1  0
                        b                   0  1  1
                        c                   0  1  0
                        """);
    }

    @Test
    void largeNumbersHaveNoExponent() {
        Report report = report(
                RunningReport.ofNumbers(List.of("price")), new double[][] {{0}, {0}}, new double[][] {{1e6}, {1.5e6}});

        assertThat(report.toString()).startsWith("mae   1250000\n");
    }

    @Test
    void refusesWhatCannotBeJudged() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunningReport.ofClasses(List.of("a")))
                .withMessageContaining("expected at least two classes");
        try (RunningReport running = RunningReport.ofClasses(List.of("a", "b"))) {
            assertThatIllegalStateException().isThrownBy(running::report).withMessageContaining("no answer to judge");
            running.add(new double[] {0.5, 0.5}, new double[] {2});
            Assertions.assertThatExceptionOfType(ExampleException.class).isThrownBy(running::report);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConfusionMatrix.ofCounts(new long[][] {{1, 2}, {3}}))
                .withMessageContaining("a row and a column for each");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report(
                                RunningReport.ofNumbers(List.of("price")), new double[][] {{1}}, new double[][] {{1}})
                        .metric("accuracy"))
                .withMessageContaining("expected one of mae, rmse, r2");
    }
}
