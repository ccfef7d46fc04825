package io.jacobi.nn.check.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.init.Initializers;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A claim that does not hold says what was observed, in one sentence. */
class FailureMessagesTest {

    static Stream<Arguments> failures() {
        LayerCheck overflows = GradientCheck.of(new WrongLayers.Softmax(1, true));
        return Stream.of(
                Arguments.of(
                        GradientCheck.of(StepBug.MAKES_A_VIEW),
                        "a step allocates nothing native",
                        "each step of forward, backward and a prediction in DOUBLE makes \\d+ native arrays, views or pointers; "
                                + "each step of forward, backward and a prediction in FLOAT makes .*"),
                Arguments.of(
                        GradientCheck.of(StepBug.CHANGES_X_FORWARD),
                        "forward leaves x and the weights alone",
                        "x\\[0\\] is \\S+, expected \\S+"),
                Arguments.of(
                        GradientCheck.of(StepBug.WRITES_A_DX_THAT_IS_NOT_NEEDED),
                        "backward does without dx where it is not needed",
                        "as the first layer of a model in training it threw: [^;]* has no dx here\n[^;]*"
                                + "fix: [^;]*call needsInputGradient\\(\\) before dx\\(\\)[^;]*"),
                Arguments.of(
                        overflows,
                        "inputs of ±1000 give finite numbers",
                        "y\\[0\\] is NaN where all x are 1000, in DOUBLE "
                                + "\\(fix if the layer is not made for them: inputs\\(...\\)\\); dx\\[0\\] is NaN .*[^;]"),
                Arguments.of(
                        GradientCheck.of(new WrongRows.Largest(true)),
                        "equal inputs share their slope",
                        "where every x is 0.618, dx sums to \\S+, and the slope along x \\+ t is \\S+"),
                Arguments.of(
                        GradientCheck.of(new WrongRows.Center(true)).shiftInvariant(),
                        "rows of dx sum to 0",
                        "row 0 of dx sums to \\S+, expected 0; where x is ±1000 row 0 of dx sums to \\S+, expected 0"),
                Arguments.of(
                        GradientCheck.of(new WrongRows.Standardize(true)).shiftInvariant(),
                        "a number added to a row changes nothing",
                        ".*in float with 1000.0 added to every other row y\\[\\d+\\] is \\S+, expected [^; ]+(; .*[^; ])?"));
    }

    @ParameterizedTest(name = "{1}: {0}")
    @MethodSource("failures")
    void sayWhatWasObserved(LayerCheck check, String claim, String message) {
        String failure = check.claims().stream()
                .filter(c -> c.name().equals(claim))
                .findFirst()
                .orElseThrow()
                .test()
                .failure();

        assertThat(failure).matches("(?s)" + message);
    }

    @Test
    void areJoinedBySemicolonsAndNothingElse() {
        assertThat(Failures.join("", "a", "", "b", "")).isEqualTo("a; b");
        assertThat(Failures.join("", "")).isEmpty();
    }

    /** What rounds to the same ten digits is written with all of them: 0.1 + 0.2 is 0.30000000000000004. */
    @Test
    void neverSayThatANumberWasExpectedToBeItself() {
        assertThat(Failures.firstDifference("y", 0.3, 0.1 + 0.2, 0))
                .isEqualTo("y[0] is 0.30000000000000004, expected 0.3");
        assertThat(Failures.firstDifference("y", Double.NaN, Double.NaN, 0))
                .isEqualTo("y[0] is NaN, and so is what it is compared with");
        assertThat(Failures.firstDifference("y", Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0))
                .isEmpty();
    }

    /** A NaN or infinity among the expected numbers must not make the others differ, or hide that they do. */
    @Test
    void nameTheElementThatIsNotFinite() {
        double[] expected = {2.37, Double.NaN, 1};

        assertThat(Failures.firstDifference("y", expected, expected, 1e-12))
                .isEqualTo("y[1] is NaN, and so is what it is compared with");
        assertThat(Failures.firstDifference(
                        "y",
                        new double[] {1, Double.POSITIVE_INFINITY},
                        new double[] {2, Double.POSITIVE_INFINITY},
                        1e-12))
                .isEqualTo("y[0] is 2.000000000, expected 1.000000000");
    }

    @Test
    void aLayerForNarrowInputsIsNotTriedBeyondThem() {
        LayerCheck overflows = GradientCheck.of(new WrongLayers.Softmax(1, true));

        assertThat(overflows.report().passed()).isFalse();
        overflows.inputs(Initializers.normal(0, 1)).verify();
    }

    @Test
    void rowsThatCannotBeShiftedAreRejected() {
        LayerCheck check = GradientCheck.of(new Dense(5));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.shiftInvariant(0))
                .withMessageContaining("expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> check.shiftInvariant(2).claims())
                .withMessageContaining("has 2 dimensions, and an example is [5]");
    }
}
