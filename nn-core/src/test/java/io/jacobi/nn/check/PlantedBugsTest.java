package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.TestLayers.Dense;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every planted bug, and the claim that is there to catch it. */
class PlantedBugsTest {

    private static final String DIFFERENCES = "central differences";
    private static final String ALONE = "backward leaves x, y, dy and the weights alone";

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
        bugs.put(new WrongLayers.Remembering(), "the same seed repeats");
        bugs.put(new WrongLayers.Caching(), "nothing is kept between calls");
        bugs.put(PlantedBug.ADDS_A_CONSTANT_TO_DX, "a cotangent of 0 gives 0");
        bugs.put(PlantedBug.TAKES_THE_SIZE_OF_DY, "backward is linear in dy");
        bugs.put(PlantedBug.DIVIDES_BY_THE_BATCH, "a batch is its examples, one by one");
        bugs.put(PlantedBug.LEAKS_BETWEEN_EXAMPLES, "a batch is its examples, one by one");
        bugs.put(PlantedBug.FORGETS_THE_LAST_EXAMPLE, "a batch is its examples, one by one");
        bugs.put(PlantedBug.DRAWS_ITS_MASK_AGAIN_IN_BACKWARD, DIFFERENCES);
        bugs.put(PlantedBug.ACCUMULATES_IN_A_SAVED_BUFFER, "backward twice gives the same, to the bit");
        bugs.put(PlantedBug.LEAVES_ROUNDING_IN_ANOTHER_EXAMPLE, "examples do not touch each other");
        bugs.put(PlantedBug.DIFFERENTIATES_TRAINING_WHATEVER_WAS_RUN, "a prediction is differentiated too");
        return bugs;
    }

    @Test
    void allAreCaughtByTheClaimThatIsThereForThem() {
        Map<Layer, String> bugs = bugs();
        StringBuilder missed = new StringBuilder();
        int caught = 0;
        for (Map.Entry<Layer, String> bug : bugs.entrySet()) {
            GradientReport report = GradientCheck.of(bug.getKey()).report();
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
    void theRightLayerPassesEveryClaim() {
        assertThat(GradientCheck.of(new Dense(5)).verify().findings())
                .extracting(Finding::claim)
                .containsAll(bugs().values());
    }
}
