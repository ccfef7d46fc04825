package io.jacobi.nn.check.loss;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.loss.BinaryCrossEntropy;
import io.jacobi.nn.loss.Huber;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.MeanAbsoluteError;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.scalar.ScalarLosses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every bug that was planted in a loss, and the claim that is there to catch it. */
class PlantedLossBugsTest {

    private static final double[][] LOGITS = {{1, -2, 0.5, 0.3}, {0.1, 3, -1.5, 0.7}, {2.2, -0.4, 0, 1.1}};
    private static final double[][] SHARES = {{1, 1, 0.5, 0}, {0.1, 0.9, 0, 0.3}, {1, 0.6, 0, 0.1}};

    private record Planted(LossCheck check, String claim) {}

    private static final Map<PlantedLossBug, String> IN_CROSS_ENTROPY = Map.ofEntries(
            Map.entry(PlantedLossBug.FORGETS_TO_DIVIDE_BY_THE_BATCH, "central differences"),
            Map.entry(PlantedLossBug.IS_A_SUM_IN_VALUE_AND_GRADIENT, "the loss is a mean over the batch"),
            Map.entry(PlantedLossBug.SMOOTHS_OVER_THE_OTHER_CLASSES, "scalar engine"),
            Map.entry(PlantedLossBug.FLIPS_THE_SIGN_FOR_THE_RIGHT_CLASS, "dual numbers"),
            Map.entry(PlantedLossBug.IGNORES_WEIGHTS_IN_THE_GRADIENT, "central differences with weights"),
            Map.entry(PlantedLossBug.DIVIDES_BY_THE_SUM_OF_SQUARED_WEIGHTS, "scalar engine with weights"),
            Map.entry(PlantedLossBug.OVERFLOWS, "large predictions give finite numbers"),
            Map.entry(
                    PlantedLossBug.NEVER_TAKES_THE_LOGARITHM_OF_LESS_THAN_1E_12, "scalar engine at large predictions"),
            Map.entry(PlantedLossBug.IS_WRONG_IN_FLOAT_ONLY, "float agrees with double"),
            Map.entry(PlantedLossBug.LEAVES_A_LITTLE_IN_EVERY_LOGIT, "rows of the gradient sum to 0"),
            Map.entry(PlantedLossBug.PULLS_LOGITS_TO_0, "a shift of a row changes nothing"),
            Map.entry(PlantedLossBug.LEAVES_THE_LAST_TILE_UNWRITTEN, "a batch of many tiles is a mean too"),
            Map.entry(PlantedLossBug.CHANGES_THE_TARGET, "prediction and target are left alone"),
            Map.entry(PlantedLossBug.HIDES_NAN, "NaN is not hidden"));

    private static LossCheck crossEntropy(Loss loss) {
        return GradientCheck.of(loss)
                .prediction(LOGITS)
                .target(2, 0, 3)
                .scalars(ScalarLosses.of(SpoiledCrossEntropy.RIGHT))
                .finiteUpTo(1e3)
                .shiftInvariant();
    }

    private static LossCheck errors(Loss loss, Loss right) {
        return GradientCheck.of(loss)
                .prediction(LOGITS)
                .targetRows(SHARES)
                .scalars(ScalarLosses.of(right))
                .finiteUpTo(1e3);
    }

    private static List<Planted> bugs() {
        List<Planted> bugs = new ArrayList<>();
        for (PlantedLossBug bug : PlantedLossBug.values()) {
            bugs.add(new Planted(crossEntropy(bug), IN_CROSS_ENTROPY.getOrDefault(bug, "a claim of its own")));
        }
        bugs.add(new Planted(errors(WrongErrors.HUBER_TURNS_ELSEWHERE, new Huber(0.3)), "central differences"));
        bugs.add(new Planted(
                // one error is 0: differences skip it as a kink, the twin does not
                errors(WrongErrors.ABSOLUTE_ERROR_RISES_AT_ITS_KINK, new MeanAbsoluteError()), "scalar engine"));
        bugs.add(new Planted(errors(WrongErrors.SQUARED_ERROR_HAS_A_HALF, new MeanSquaredError()), "scalar engine"));
        bugs.add(new Planted(
                errors(WrongErrors.BINARY_CROSS_ENTROPY_TAKES_LOGARITHMS_OF_0, new BinaryCrossEntropy()),
                "large predictions give finite numbers"));
        return bugs;
    }

    @Test
    void allAreCaughtByTheClaimThatIsThereForThem() {
        List<Planted> bugs = bugs();
        StringBuilder missed = new StringBuilder();
        int caught = 0;
        for (Planted bug : bugs) {
            GradientReport report = bug.check().report();
            boolean named = report.findings().stream()
                    .anyMatch(finding -> !finding.holds() && finding.claim().equals(bug.claim()));
            caught += named ? 1 : 0;
            if (!named) {
                missed.append(bug).append('\n').append(report);
            }
        }
        System.out.println("planted bugs in losses caught: " + caught + "/" + bugs.size());
        assertThat(missed.toString()).as("bugs that their claim missed").isEmpty();
    }

    @Test
    void theRightLossPassesEveryClaim() {
        assertThat(crossEntropy(SpoiledCrossEntropy.RIGHT).verify().findings())
                .extracting(Finding::claim)
                .containsAll(bugs().stream().map(Planted::claim).toList());
    }
}
