package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.layer.WrongAffine;
import io.jacobi.nn.check.layer.WrongLayers;
import io.jacobi.nn.check.layer.WrongLayers.Mean;
import io.jacobi.nn.check.layer.WrongLayers.Softmax;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A check is worth what it catches: wrong layers, each with the one complaint that points at its mistake. */
class GradientCheckTest {

    private static final String LEAVES_ALONE = "backward leaves x, y, dy and the weights alone";
    private static final String ACCUMULATE = "gradients accumulate";
    private static final String REPEATS = "the same seed gives the same result";
    private static final String FLOAT = "float agrees with double";

    /** What is wrong is wrong at other inputs too. */
    private static final Set<String> ELSEWHERE = Set.of(
            "float agrees with double near 1000", "differences agree near ±1000", "equal inputs share their slope");

    static Stream<Arguments> mistakesAndComplaints() {
        return Stream.of(
                Arguments.of(WrongAffine.TRANSPOSES_THE_WEIGHT_GRADIENT, Set.of("weight")),
                Arguments.of(WrongAffine.FORGETS_THE_BIAS_GRADIENT, Set.of("bias")),
                Arguments.of(WrongAffine.FLIPS_THE_SIGN_OF_THE_INPUT_GRADIENT, Set.of("input")),
                Arguments.of(WrongAffine.DOES_NOTHING_BACKWARD, Set.of("input", "weight", "bias")),
                Arguments.of(new Mean(true), Set.of("input")),
                Arguments.of(new Softmax(2), Set.of("input")),
                Arguments.of(WrongAffine.OVERWRITES_THE_WEIGHT_GRADIENT, Set.of(ACCUMULATE)),
                Arguments.of(WrongAffine.CHANGES_DY, Set.of(LEAVES_ALONE)),
                Arguments.of(WrongAffine.CHANGES_Y, Set.of(LEAVES_ALONE)),
                Arguments.of(WrongAffine.IS_WRONG_IN_FLOAT_ONLY, Set.of(FLOAT)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakesAndComplaints")
    void complainsOfTheMistakeAndOfNothingElse(Layer wrong, Set<String> complaints) {
        GradientReport report = GradientCheck.of(wrong).report();

        assertThat(report.passed()).isFalse();
        Set<String> here = complaints(report);
        here.removeAll(ELSEWHERE);
        assertThat(here).as(report.toString()).isEqualTo(complaints);
    }

    static Stream<Arguments> mistakesThatSpread() {
        return Stream.of(
                Arguments.of(WrongAffine.LEAVES_THE_LAST_OUTPUT_UNWRITTEN, "forward writes all of y"),
                Arguments.of(WrongAffine.LEAVES_THE_LAST_INPUT_GRADIENT_UNWRITTEN, "backward writes all of dx"),
                Arguments.of(WrongAffine.ADDS_TO_DX, "backward writes all of dx"),
                Arguments.of(WrongAffine.HAS_A_NAN_IN_THE_WEIGHT_GRADIENT, "gradients are finite"),
                Arguments.of(WrongAffine.HAS_A_NAN_IN_THE_WEIGHT_GRADIENT, "weight"),
                Arguments.of(WrongAffine.CHANGES_X, LEAVES_ALONE),
                Arguments.of(WrongAffine.CHANGES_THE_WEIGHTS_BACKWARD, LEAVES_ALONE),
                Arguments.of(new WrongLayers.Remembering(), REPEATS));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mistakesThatSpread")
    void namesTheMistakeAmongItsConsequences(Layer wrong, String complaint) {
        GradientReport report = GradientCheck.of(wrong).report();

        assertThat(complaints(report)).as(report.toString()).contains(complaint);
    }

    @ParameterizedTest
    @EnumSource(WrongAffine.class)
    void everyMistakeIsSeenAtBatchOneAlready(WrongAffine wrong) {
        assertThat(GradientCheck.of(wrong).batches(1).report().passed()).isFalse();
    }

    static Stream<Layer> rightLayers() {
        return Stream.of(new Dense(5), new Dense(1), new Mean(false), new Softmax(1));
    }

    @ParameterizedTest
    @MethodSource("rightLayers")
    void passesARightLayerFarBelowTheTolerance(Layer right) {
        GradientReport report = GradientCheck.of(right).verify();

        assertThat(report.worst()).isLessThan(1e-7);
        assertThat(report.skipped()).isZero();
    }

    @Test
    void comparesEveryCoordinateOfInputAndParametersAtEveryBatchSize() {
        GradientReport report = GradientCheck.of(new Dense(3))
                .input(Shape.of(5))
                .batches(1, 4)
                .only(Oracle.DIFFERENCES)
                .report();

        // input 1·5 and 4·5; weight 15 and bias 3, twice
        assertThat(report.coordinates()).isEqualTo(5 + 20 + 2 * (15 + 3));
        assertThat(report.tensors())
                .extracting(TensorResult::shape)
                .containsExactly(
                        Shape.of(1, 5), Shape.of(3, 5), Shape.of(3), Shape.of(4, 5), Shape.of(3, 5), Shape.of(3));
    }

    @Test
    void theSameSeedGivesTheSameReport() {
        LayerCheck check = GradientCheck.of(new Dense(3)).seed(7);

        assertThat(check.report()).isEqualTo(check.report());
        assertThat(check.report()).isNotEqualTo(check.seed(8).report());
    }

    @Test
    void verifyThrowsTheTable() {
        assertThatThrownBy(() ->
                        GradientCheck.of(WrongAffine.FORGETS_THE_BIAS_GRADIENT).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("FORGETS_THE_BIAS_GRADIENT: gradient check FAILED")
                .hasMessageContaining("WRONG bias")
                .hasMessageContaining("5 of 5 wrong; bug: the error does not fall with h: 1.0e+00 at h")
                .hasMessageContaining("ok    weight")
                .hasMessageContaining("ok    gradients accumulate, batch 3");
    }

    @Test
    void rejectsSettingsThatCheckNothing() {
        LayerCheck check = GradientCheck.of(new Dense(3));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.batches(new Integer[0]))
                .withMessageContaining("at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> check.batches(2, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> check.tolerance(0));
        assertThatIllegalArgumentException().isThrownBy(() -> check.tolerance(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> check.step(-1e-5));
        assertThatIllegalArgumentException().isThrownBy(() -> check.fivePoint(0, 1e-10));
        assertThatIllegalArgumentException().isThrownBy(() -> check.fivePoint(1e-3, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> check.everyCoordinateUpTo(-1));
    }

    private static Set<String> complaints(GradientReport report) {
        Set<String> complaints = new TreeSet<>();
        report.tensors().stream().filter(t -> !t.passes()).forEach(t -> complaints.add(t.tensor()));
        // the sweep goes along all tensors at once: it sees every wrong gradient, and not whose it is
        report.findings().stream()
                .filter(f -> !f.failure().isEmpty() && !f.claim().equals("the error of differences falls as h²"))
                .forEach(f -> complaints.add(f.claim()));
        return complaints;
    }
}
