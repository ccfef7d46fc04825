package io.jacobi.nn.check.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.scalar.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The oracle of recorded values: every array of a case is compared, and a case that does not fit is refused. */
class RecordedLayerTest {

    /** y = W x + b by hand: W [1, 2], two examples. */
    private static final Recorded DENSE = new Recorded(
            "hand",
            Map.of(
                    "x", tensor(List.of(2, 2), 1, 2, 3, 4),
                    "parameters/weight", tensor(List.of(1, 2), 5, -1),
                    "parameters/bias", tensor(List.of(1), 0.5),
                    "y", tensor(List.of(2, 1), 3.5, 11.5),
                    "dy", tensor(List.of(2, 1), 1, -2),
                    "dx", tensor(List.of(2, 2), 5, -1, -10, 2),
                    "gradients/weight", tensor(List.of(1, 2), -5, -6),
                    "gradients/bias", tensor(List.of(1), -1)));

    private static Tensor<Double> tensor(List<Integer> shape, double... values) {
        return Tensor.of(shape.stream().mapToInt(d -> d).toArray(), i -> values[i]);
    }

    private static Recorded with(Recorded recorded, String name, Tensor<Double> array) {
        Map<String, Tensor<Double>> changed = new LinkedHashMap<>(recorded.arrays());
        changed.put(name, array);
        return new Recorded(recorded.name(), changed);
    }

    private static Recorded without(Recorded recorded, String name) {
        Map<String, Tensor<Double>> changed = new LinkedHashMap<>(recorded.arrays());
        changed.remove(name);
        return new Recorded(recorded.name(), changed);
    }

    private static LayerCheck check(Recorded recorded) {
        return GradientCheck.of(new Dense(1)).recorded(recorded);
    }

    @Test
    void isComparedByVerifyInBothPrecisions() {
        GradientReport report = check(DENSE).verify();

        assertThat(report.findings())
                .extracting(Finding::claim)
                .contains("recorded values of hand in double", "recorded values of hand in float");
        assertThat(report.tensors())
                .filteredOn(t -> t.oracle() == Oracle.RECORDED)
                .extracting(TensorResult::tensor)
                .containsExactly("output", "input", "weight", "bias", "output", "input", "weight", "bias");
        assertThat(report.worst(Oracle.RECORDED)).isZero();
    }

    @Test
    void canBeUsedAlone() {
        GradientReport report = check(DENSE).only(Oracle.RECORDED).verify();

        assertThat(report.findings()).extracting(Finding::batch).containsExactly(2, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        GradientCheck.of(new Dense(1)).only(Oracle.RECORDED).claims())
                .withMessageContaining("recorded(...) adds RECORDED");
    }

    @Test
    void everyArrayIsCompared() {
        for (String array : List.of("y", "dx", "gradients/weight", "gradients/bias")) {
            double[] values = DENSE.values(array);
            values[values.length - 1] += 1e-3;
            Recorded wrong = with(DENSE, array, Tensor.of(DENSE.get(array).shape(), i -> values[i]));

            assertThat(check(wrong).only(Oracle.RECORDED).report().findings())
                    .as(array)
                    .hasSize(2)
                    .noneMatch(Finding::holds);
        }
    }

    @Test
    void errorsAreMeasuredAgainstTheLargestElement() {
        // dx goes to 10, so that 1e-9 passes in double and 1e-4 in float
        Recorded coarse = with(DENSE, "dx", tensor(List.of(2, 2), 5, -1 + 9e-5, -10, 2));
        Recorded fine = with(DENSE, "dx", tensor(List.of(2, 2), 5, -1 + 9e-10, -10, 2));

        assertThat(check(coarse).only(Oracle.RECORDED).report().findings())
                .extracting(Finding::holds)
                .containsExactly(false, true);
        assertThat(check(fine).only(Oracle.RECORDED).report().passed()).isTrue();
    }

    @Test
    void ifAllExpectedValuesAreZeroNothingElsePasses() {
        Recorded still = with(DENSE, "dy", tensor(List.of(2, 1), 0, 0));
        Recorded rest = with(
                with(still, "dx", tensor(List.of(2, 2), 0, 0, 0, 0)), "gradients/weight", tensor(List.of(1, 2), 0, 0));

        assertThat(check(with(rest, "gradients/bias", tensor(List.of(1), 0)))
                        .only(Oracle.RECORDED)
                        .verify()
                        .worst())
                .isZero();
        assertThat(check(with(rest, "gradients/bias", tensor(List.of(1), 1e-300)))
                        .only(Oracle.RECORDED)
                        .report()
                        .passed())
                .isFalse();
    }

    @Test
    void statesAndThePredictionThatUsesThemAreCompared() {
        Recorded recorded = new Recorded(
                "hand",
                Map.of(
                        "x", tensor(List.of(1, 1), 3),
                        "y", tensor(List.of(1, 1), 3),
                        "dy", tensor(List.of(1, 1), 2),
                        "dx", tensor(List.of(1, 1), 2),
                        "states/last", tensor(List.of(1), 3),
                        "predicted", tensor(List.of(1, 1), 6)));
        LayerCheck check = GradientCheck.of(new PlusLast()).only(Oracle.RECORDED);

        assertThat(check.recorded(recorded).verify().tensors())
                .extracting(TensorResult::tensor)
                .containsExactly("output", "input", "last", "prediction", "output", "input", "last", "prediction");
        assertThat(check.recorded(with(recorded, "states/last", tensor(List.of(1), 4)))
                        .report()
                        .passed())
                .isFalse();
        assertThat(check.recorded(with(recorded, "predicted", tensor(List.of(1, 1), 3)))
                        .report()
                        .passed())
                .isFalse();
        check.recorded(without(recorded, "predicted")).verify();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> check.recorded(without(recorded, "states/last")).claims())
                .withMessageContaining("it has no states/last");
    }

    @Test
    void dxIsLeftOutExactlyIfTheCheckIsOfParametersOnly() {
        check(without(DENSE, "dx")).parametersOnly().verify();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(without(DENSE, "dx")).claims())
                .withMessage("Dense(1) cannot be compared with the recorded case \"hand\": it has no dx"
                        + "\n  expected dx [2, 2]\n  fix: record it too");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(DENSE).parametersOnly().claims())
                .withMessageContaining("its dx would not be compared")
                .withMessageContaining("fix: leave it out");
    }

    @Test
    void aCaseThatDoesNotFitIsRefused() {
        for (String needed : List.of("y", "dy", "parameters/weight", "parameters/bias", "gradients/bias")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> check(without(DENSE, needed)).claims())
                    .withMessageContaining("it has no " + needed);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(without(DENSE, "x")).claims())
                .withMessageContaining("has no x");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(with(DENSE, "x", tensor(List.of(), 1))).claims())
                .withMessageContaining("x is one number\n  expected the batch as its first dimension");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(with(DENSE, "parameters/scale", tensor(List.of(1), 1)))
                        .claims())
                .withMessageContaining("its parameters/scale would not be compared");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        check(with(DENSE, "dy", tensor(List.of(1, 2), 1, 2))).claims())
                .withMessageContaining("dy has the shape [1, 2]\n  expected [2, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check(with(DENSE, "y", tensor(List.of(2, 1), 3.5, Double.NaN)))
                        .claims())
                .withMessageContaining("y[1, 0] is NaN\n  expected numbers")
                .withMessageContaining("fix: record it at other inputs");
        assertThatThrownBy(() -> check(with(DENSE, "x", tensor(List.of(2, 1, 2), 1, 2, 3, 4)))
                        .claims())
                .isInstanceOf(ShapeException.class);
    }

    @Test
    void inputsHaveTheShapeOfTheRecordingUnlessSet() {
        LayerCheck check = check(DENSE);

        assertThat(check.input()).isEqualTo(Shape.of(2));
        assertThat(check).hasToString("Dense(1) on [2]");
        assertThat(check.input(Shape.of(7)).input()).isEqualTo(Shape.of(7));
        assertThat(GradientCheck.of(new Dense(1))
                        .input(Shape.of(7))
                        .recorded(DENSE)
                        .verify()
                        .passed())
                .as("the recording brings its own")
                .isTrue();
    }

    @Test
    void severalRecordingsAreAllCompared() {
        LayerCheck check = check(new Recorded("one", DENSE.arrays())).recorded(new Recorded("two", DENSE.arrays()));

        assertThat(check.only(Oracle.RECORDED).claims())
                .extracting(Claim::label)
                .containsExactly(
                        "recorded values of one in double, batch 2",
                        "recorded values of one in float, batch 2",
                        "recorded values of two in double, batch 2",
                        "recorded values of two in float, batch 2");
    }

    /**
     * The identity in training, where it keeps its input; in prediction it adds the input that it kept. For a batch of
     * one number.
     */
    private record PlusLast() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.state("last", input, Initializers.zeros());
            return input;
        }

        @Override
        public void forward(Pass p) {
            Span x = p.scratch().span(p.x());
            Span last = p.scratch().span(p.value("last"));
            p.scratch().span(p.y()).set(0, p.training() ? x.get(0) : x.get(0) + last.get(0));
            if (p.training()) {
                last.set(0, x.get(0));
            }
        }

        @Override
        public void backward(Pass p) {
            p.scratch().span(p.dx()).set(0, p.scratch().span(p.dy()).get(0));
        }
    }
}
