package io.jacobi.nn.check.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Finding;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every planted bug, and the claim that is there to catch it. */
class PlantedBugsTest {

    private static final String DIFFERENCES = "central differences";
    private static final String ALONE = "backward leaves x, y, dy and the weights alone";

    private static final String FORWARD_ALONE = "forward leaves x and the weights alone";
    private static final String NOTHING_NATIVE = "a step allocates nothing native";
    private static final String NO_QUOTIENT = "the gradient is not a difference quotient";

    private static Map<Layer, String> bugs() {
        Map<Layer, String> bugs = new LinkedHashMap<>();
        bugs.put(WrongAffine.TRANSPOSES_THE_WEIGHT_GRADIENT, DIFFERENCES);
        bugs.put(WrongAffine.FORGETS_THE_BIAS_GRADIENT, DIFFERENCES);
        bugs.put(WrongAffine.FLIPS_THE_SIGN_OF_THE_INPUT_GRADIENT, DIFFERENCES);
        bugs.put(WrongAffine.DOES_NOTHING_BACKWARD, DIFFERENCES);
        bugs.put(WrongAffine.OVERWRITES_THE_WEIGHT_GRADIENT, "gradients accumulate");
        bugs.put(WrongAffine.CHANGES_DY, ALONE);
        bugs.put(WrongAffine.CHANGES_X, ALONE);
        bugs.put(WrongAffine.CHANGES_Y, ALONE);
        bugs.put(WrongAffine.CHANGES_THE_WEIGHTS_BACKWARD, ALONE);
        bugs.put(WrongAffine.ADDS_TO_DX, "backward writes all of dx");
        bugs.put(WrongAffine.LEAVES_THE_LAST_OUTPUT_UNWRITTEN, "forward writes all of y");
        bugs.put(WrongAffine.LEAVES_THE_LAST_INPUT_GRADIENT_UNWRITTEN, "backward writes all of dx");
        bugs.put(WrongAffine.IS_WRONG_IN_FLOAT_ONLY, "float agrees with double");
        bugs.put(WrongAffine.HAS_A_NAN_IN_THE_WEIGHT_GRADIENT, "gradients are finite");
        bugs.put(new WrongLayers.Mean(true), DIFFERENCES);
        bugs.put(new WrongLayers.Softmax(2), DIFFERENCES);
        bugs.put(new WrongLayers.Softmax(1 + 1e-8), "five-point stencil");
        bugs.put(new WrongLayers.Softmax(1 + 1e-3), SweepClaim.NAME);
        bugs.put(new WrongLayers.Remembering(), "the same seed gives the same result");
        bugs.put(new WrongLayers.Caching(), "nothing is kept between calls");
        bugs.put(PlantedBug.ADDS_A_CONSTANT_TO_DX, "a cotangent of 0 gives 0");
        bugs.put(PlantedBug.TAKES_THE_SIZE_OF_DY, "backward is linear in dy");
        bugs.put(PlantedBug.DIVIDES_BY_THE_BATCH, "a batch is its examples, one by one");
        bugs.put(PlantedBug.LEAKS_BETWEEN_EXAMPLES, "a batch is its examples, one by one");
        bugs.put(PlantedBug.FORGETS_THE_LAST_EXAMPLE, "a batch is its examples, one by one");
        bugs.put(PlantedBug.DRAWS_ITS_MASK_AGAIN_IN_BACKWARD, DIFFERENCES);
        bugs.put(PlantedBug.ACCUMULATES_IN_A_SAVED_BUFFER, "backward twice gives the same result, to the bit");
        bugs.put(PlantedBug.LEAVES_ROUNDING_IN_ANOTHER_EXAMPLE, "examples do not affect each other");
        bugs.put(PlantedBug.DIFFERENTIATES_TRAINING_WHATEVER_WAS_RUN, "a prediction is differentiated too");
        bugs.put(StepBug.CHANGES_X_FORWARD, FORWARD_ALONE);
        bugs.put(StepBug.NORMALIZES_ITS_WEIGHTS_FORWARD, FORWARD_ALONE);
        bugs.put(StepBug.CLEARS_ITS_GRADIENT_WHEN_PREDICTING, "predicting changes nothing but y");
        bugs.put(StepBug.WRITES_A_DX_THAT_NOBODY_NEEDS, "backward does without dx where it is not needed");
        bugs.put(StepBug.MAKES_AN_ARRAY, NOTHING_NATIVE);
        bugs.put(StepBug.MAKES_A_VIEW, NOTHING_NATIVE);
        bugs.put(StepBug.MAKES_A_POINTER_AND_FREES_IT, NOTHING_NATIVE);
        bugs.put(new WrongLayers.Softmax(1, true), "inputs of ±1000 give finite numbers");
        bugs.put(new WrongRows.Standardize(true), "float agrees with double near 1000");
        bugs.put(new WrongRows.Identity(true), "differences agree near ±1000");
        bugs.put(new WrongRows.Largest(true), "equal inputs share their slope");
        bugs.put(new Quotient(new Dense(5), 1e-5, Quotient.Kind.CENTRAL), NO_QUOTIENT);
        bugs.put(new Quotient(new WrongLayers.Softmax(1), 1e-4, Quotient.Kind.CENTRAL), NO_QUOTIENT);
        return bugs;
    }

    /** Those of layers whose rows may be shifted. */
    private static Map<Layer, String> shiftBugs() {
        Map<Layer, String> bugs = new LinkedHashMap<>();
        bugs.put(new WrongRows.Center(true), "rows of dx sum to 0");
        bugs.put(new WrongRows.Standardize(true), "a number added to a row changes nothing");
        return bugs;
    }

    private static Map<LayerCheck, String> checks() {
        Map<LayerCheck, String> checks = new LinkedHashMap<>();
        bugs().forEach((bug, claim) -> checks.put(GradientCheck.of(bug), claim));
        shiftBugs().forEach((bug, claim) -> checks.put(GradientCheck.of(bug).shiftInvariant(), claim));
        return checks;
    }

    @Test
    void allAreCaughtByTheClaimThatIsThereForThem() {
        Map<LayerCheck, String> bugs = checks();
        StringBuilder missed = new StringBuilder();
        int caught = 0;
        for (Map.Entry<LayerCheck, String> bug : bugs.entrySet()) {
            GradientReport report = bug.getKey().report();
            boolean named = report.findings().stream()
                    .anyMatch(finding -> !finding.holds() && finding.claim().equals(bug.getValue()));
            caught += named ? 1 : 0;
            if (!named) {
                missed.append(bug.getKey())
                        .append(" by \"")
                        .append(bug.getValue())
                        .append("\"\n")
                        .append(report);
            }
        }
        System.out.println("planted bugs caught: " + caught + "/" + bugs.size());
        assertThat(missed.toString()).as("bugs that their claim missed").isEmpty();
    }

    @Test
    void theRightLayersPassEveryClaim() {
        Stream<GradientReport> right = Stream.concat(
                        Stream.of(
                                        new Dense(5),
                                        new WrongLayers.Mean(false),
                                        new WrongRows.Identity(false),
                                        new WrongRows.Largest(false))
                                .map(GradientCheck::of),
                        Stream.of(
                                        new WrongLayers.Softmax(1),
                                        new WrongRows.Standardize(false),
                                        new WrongRows.Center(false))
                                .map(layer -> GradientCheck.of(layer).shiftInvariant()))
                .map(LayerCheck::verify);

        assertThat(right.flatMap(report -> report.findings().stream()).map(Finding::claim))
                .containsAll(checks().values());
    }
}
