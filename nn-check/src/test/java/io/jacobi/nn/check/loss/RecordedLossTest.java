package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.scalar.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The oracle of recorded values for a loss: value and gradient are compared, and a case that does not fit is refused.
 */
class RecordedLossTest {

    /** By hand: errors 1, 2 and 3, 0; the mean of 1, 4, 9 and 0 is 3.5, and the gradient is 2 e / 4. */
    private static final Recorded SQUARES = new Recorded(
            "hand",
            Map.of(
                    "prediction", matrix(2, 2, 1, 2, 5, 7),
                    "target", matrix(2, 2, 0, 0, 2, 7),
                    "value", number(3.5),
                    "gradient", matrix(2, 2, 0.5, 1, 1.5, 0)));

    private static Tensor<Double> matrix(int rows, int columns, double... values) {
        return Tensor.of(new int[] {rows, columns}, i -> values[i]);
    }

    private static Tensor<Double> number(double value) {
        return Tensor.of(new int[0], i -> value);
    }

    private static LossCheck check(Recorded recorded) {
        return GradientCheck.of(new MeanSquaredError()).recorded(recorded);
    }

    private static LossCheck checkWith(String name, Tensor<Double> array) {
        Map<String, Tensor<Double>> changed = new LinkedHashMap<>(SQUARES.arrays());
        changed.put(name, array);
        return check(new Recorded("hand", changed));
    }

    @Test
    void isComparedByVerifyInBothPrecisionsOnTheRecordedBatch() {
        GradientReport report = check(SQUARES).verify();

        assertThat(report.findings())
                .extracting(Finding::claim)
                .contains(
                        "central differences", "recorded values of hand in double", "recorded values of hand in float");
        assertThat(report.coordinates()).as("without and with weights").isEqualTo(2 * 4);
        assertThat(report.worst(Oracle.RECORDED)).isZero();
        assertThat(check(SQUARES)).hasToString("MeanSquaredError on [2] and [2]");
    }

    @Test
    void valueAndGradientAreCompared() {
        assertThat(wrong(checkWith("value", number(3.5001)))).containsExactly("value", "value");
        assertThat(wrong(checkWith("gradient", matrix(2, 2, 0.5, 1, 1.5, 1e-3))))
                .containsExactly("prediction", "prediction");
    }

    @Test
    void weightsOfExamplesAreUsed() {
        // the second example counts three times: (2.5 + 3 · 4.5) / 4
        Map<String, Tensor<Double>> weighted = new LinkedHashMap<>(SQUARES.arrays());
        weighted.put("weights", Tensor.of(new int[] {2}, i -> i == 0 ? 1.0 : 3.0));
        weighted.put("value", number(4));
        weighted.put("gradient", matrix(2, 2, 0.25, 0.5, 2.25, 0));

        assertThat(check(new Recorded("weighted", weighted)).verify().worst(Oracle.RECORDED))
                .isZero();
    }

    @Test
    void aCaseThatDoesNotFitIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> checkWith("gradient", matrix(1, 4, 1, 2, 3, 4)).claims())
                .withMessageContaining("gradient has the shape [1, 4]\n  expected [2, 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkWith("weights", matrix(2, 1, 1, 2)).claims())
                .withMessageContaining("weights has the shape [2, 1]\n  expected [2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> checkWith("y", number(1)).claims())
                .withMessageContaining("its y would not be compared");
        Map<String, Tensor<Double>> less = new LinkedHashMap<>(SQUARES.arrays());
        less.remove("value");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(new Recorded("hand", less)).claims())
                .withMessageContaining("it has no value");
    }

    private static List<String> wrong(LossCheck check) {
        return check.report().tensors().stream()
                .filter(t -> t.oracle() == Oracle.RECORDED && !t.passes())
                .map(TensorResult::tensor)
                .toList();
    }
}
