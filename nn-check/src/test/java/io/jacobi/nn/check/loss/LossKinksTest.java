package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.scalar.ScalarLosses;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Losses near the points where their slope or curvature jumps. */
class LossKinksTest {

    /** Predictions of 20 outputs, {@code near} of which are at this distance from 0; all targets are 0. */
    private static LossCheck check(Loss loss, int near, double distance) {
        double[] predictions = IntStream.range(0, 20)
                .mapToDouble(i -> i < near ? distance : i % 2 == 0 ? 1.5 : -2)
                .toArray();
        return GradientCheck.of(loss)
                .prediction(Shape.of(20), predictions)
                .target(Shape.of(20), new double[20])
                .scalars(ScalarLosses.of(loss));
    }

    @Test
    void aPredictionBesideItsTargetIsSkippedAndCounted() {
        GradientReport report = check(new MeanAbsoluteError(), 1, 1e-7).verify();

        assertThat(report.skipped()).as("without and with weights").isEqualTo(2);
        assertThat(report.coordinates()).isEqualTo(2 * 19);
        assertThat(report.worst(Oracle.SCALARS))
                .as("the twin compares it nevertheless")
                .isLessThan(1e-15);
    }

    @Test
    void tooManyOfThemFailTheCheck() {
        GradientReport report = check(new MeanAbsoluteError(), 2, 1e-7).report();

        assertThat(report.worst()).as("what was compared is right").isLessThan(1e-7);
        assertThat(report.passed()).as("2 of 20 are more than 5 %").isFalse();
    }

    @Test
    void onItsKinkTheAbsoluteErrorHasTheDocumentedSlope() {
        assertThat(check(new MeanAbsoluteError(), 20, 0).verify().skipped())
                .as("a central difference is 0 there too")
                .isZero();
    }

    @Test
    void whereTheCurvatureOfHuberJumpsTheTwinIsExactAndDifferencesFindASmallerStep() {
        LossCheck check = check(new Huber(1.5), 0, 0);

        assertThat(check.only(Oracle.SCALARS, Oracle.DUALS).verify().worst()).isLessThan(1e-14);
        assertThat(check.only(Oracle.DIFFERENCES).verify().skipped())
                .as("there is a derivative, so it is not a kink")
                .isZero();
    }
}
