package io.jacobi.nn.layers.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.claim.Finding;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every planted bug is found by its claim, and the layer without the bug passes. */
class PlantedBugsTest {

    static List<PlantedBug> bugs() {
        return Stream.of(
                        ImageBugs.all(),
                        SequenceBugs.all(),
                        NormalizationBugs.all(),
                        DropoutBugs.all(),
                        OtherBugs.all())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void allAreFoundByTheirClaims() {
        StringBuilder missed = new StringBuilder();
        int caught = 0;
        for (PlantedBug bug : bugs()) {
            GradientReport report = bug.check().report();
            boolean named = report.findings().stream()
                    .anyMatch(finding -> !finding.holds() && finding.claim().equals(bug.claim()));
            caught += named ? 1 : 0;
            missed.append(named ? "" : "by \"" + bug.claim() + "\"\n" + report);
        }
        System.out.println("planted bugs caught: " + caught + "/" + bugs().size());
        assertThat(missed.toString()).as("bugs that their claim missed").isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bugs")
    void theRightLayerPassesThere(PlantedBug bug) {
        assertThat(bug.checkOfTheRightLayer().verify().findings())
                .extracting(Finding::claim)
                .contains(bug.claim());
    }
}
