package io.jacobi.nn.check.network;

import static io.jacobi.nn.check.network.NetworkExamples.WEIGHTED;
import static io.jacobi.nn.check.network.NetworkExamples.check;
import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.check.claim.Finding;
import io.jacobi.nn.check.network.WrongTogether.Centred;
import io.jacobi.nn.check.network.WrongTogether.Crowded;
import io.jacobi.nn.check.network.WrongTogether.InPlace;
import io.jacobi.nn.check.network.WrongTogether.Lazy;
import io.jacobi.nn.check.network.WrongTogether.Noise;
import io.jacobi.nn.check.network.WrongTogether.Squash;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes that no check of one layer sees, each caught by the claim that is there for it. */
class NetworkPlantedBugsTest {

    private static final String DIFFERENCES = "central differences";
    private static final String SPLIT = "a batch that is split over threads gives the same result";
    private static final String STEPS = "every step starts from nothing";
    private static final String PENALTIES = "penalties are added once";
    private static final String DESCENT = "a small step lowers the loss as the gradient says";

    private static NetworkCheck noisy() {
        return check(new Dense(5), new Noise(), new Rectifier()).data(WEIGHTED);
    }

    static Stream<Arguments> wrongLoops() {
        return Stream.of(
                Arguments.of(WrongLoop.AVERAGES_UNEVEN_PARTS_AS_IF_THEY_WERE_EVEN, SPLIT),
                Arguments.of(WrongLoop.FORGETS_THE_EXAMPLES_THAT_DO_NOT_DIVIDE, SPLIT),
                Arguments.of(WrongLoop.ADDS_PENALTIES_FOR_EVERY_THREAD, PENALTIES),
                Arguments.of(WrongLoop.LEAVES_PENALTIES_OUT_OF_THE_LOSS, PENALTIES),
                Arguments.of(WrongLoop.SHARES_ONE_GRADIENT_AMONG_PARTS, SPLIT),
                Arguments.of(WrongLoop.KEEPS_THE_GRADIENT_OF_THE_LAST_STEP, STEPS),
                Arguments.of(WrongLoop.DRAWS_EVERY_PART_LIKE_THE_FIRST, SPLIT),
                Arguments.of(WrongLoop.DRAWS_WHAT_NO_SEED_REPEATS, "the same seed gives the same result"),
                Arguments.of(WrongLoop.PREDICTS_IN_PLACE_OF_TRAINING, DIFFERENCES),
                Arguments.of(WrongLoop.FORGETS_THE_WEIGHTS_OF_EXAMPLES, DIFFERENCES),
                Arguments.of(WrongLoop.STEPS_TWICE, STEPS),
                Arguments.of(WrongLoop.CLIMBS, DESCENT));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongLoops")
    void aWrongLoopIsCaught(WrongLoop loop, String claim) {
        assertCaught(noisy().trainedBy(loop), claim);
    }

    @Test
    void aLoopThatSplitsCoupledExamplesIsCaught() {
        NetworkCheck coupled = check(new Dense(5), new Centred());

        coupled.verify();
        coupled.trainedBy(WrongLoop.NO_MISTAKE).verify();
        assertCaught(coupled.trainedBy(WrongLoop.SPLITS_EXAMPLES_THAT_ARE_COUPLED), SPLIT);
    }

    @Test
    void theLoopWithoutAMistakePasses() {
        noisy().trainedBy(WrongLoop.NO_MISTAKE).verify();
    }

    @ParameterizedTest
    @EnumSource(WrongLoop.class)
    void everyLoopHasACase(WrongLoop loop) {
        assertThat(Stream.concat(
                        wrongLoops().map(bug -> bug.get()[0]),
                        Stream.of(WrongLoop.NO_MISTAKE, WrongLoop.SPLITS_EXAMPLES_THAT_ARE_COUPLED)))
                .contains(loop);
    }

    static Stream<Arguments> wrongNetworks() {
        Crowded crowded = new Crowded();
        return Stream.of(
                Arguments.of(crowded, check(crowded, new Squash(), crowded)),
                Arguments.of(new InPlace(), check(new Dense(5), new Squash(), new InPlace())));
    }

    /** Alone it passes; what it makes of a network does not. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongNetworks")
    void aLayerThatIsRightAloneAndWrongInCompanyIsCaught(Layer layer, NetworkCheck network) {
        GradientCheck.of(layer).verify();
        assertCaught(network, DIFFERENCES);
    }

    @Test
    void aLayerThatIsWrongWhereItIsTheFirstIsCaughtAloneAndInCompany() {
        GradientReport alone = GradientCheck.of(new Lazy()).report();

        assertThat(alone.findings())
                .filteredOn(finding -> !finding.holds())
                .extracting(Finding::claim)
                .containsOnly("backward does without dx where it is not needed");
        assertCaught(check(new Lazy(), new Squash()), DIFFERENCES);
    }

    private static void assertCaught(NetworkCheck check, String claim) {
        GradientReport report = check.report();
        for (NetworkStage stage : NetworkStage.all()) {
            assertThat(report.findings())
                    .as(report.toString())
                    .filteredOn(finding -> !finding.holds())
                    .extracting(Finding::claim)
                    .containsAnyOf(claim, stage.claim(claim));
        }
    }
}
