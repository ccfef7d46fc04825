package io.jacobi.nn.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.displayName;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.instanceOf;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import com.example.Scale;
import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.Checkable;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.LossCheck;
import io.jacobi.nn.check.LossChecks;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs providers with JUnit's own engine and checks the tests that it reports. */
class GradientTestsTest {

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }

    private static List<String> names(Events events) {
        return events.map(GradientTestsTest::name).toList();
    }

    private static String name(Event event) {
        return event.getTestDescriptor().getDisplayName();
    }

    private static List<String> labels(Checkable check) {
        return check.claims().stream().map(Claim::label).toList();
    }

    static class RightLayers implements GradientTests {
        static final LayerCheck SCALE = GradientCheck.of(new Scale()).input(Shape.of(2, 3));
        static final LayerCheck AT_FOUR = SCALE.batches(4);

        @Override
        public List<LayerCheck> checks() {
            return List.of(SCALE, AT_FOUR);
        }
    }

    @Test
    void everyClaimOfARightLayerIsATestThatPasses() {
        EngineExecutionResults results = run(RightLayers.class);

        List<String> expected = Stream.of(RightLayers.SCALE, RightLayers.AT_FOUR)
                .flatMap(check -> labels(check).stream())
                .toList();
        assertThat(names(results.testEvents().succeeded())).isEqualTo(expected);
        assertThat(expected)
                .contains(
                        "gradients accumulate, batch 3",
                        "central differences, batch 1",
                        "float agrees with double, batch 4");
        results.testEvents().assertStatistics(s -> s.failed(0).skipped(0).aborted(0));
        assertThat(names(results.containerEvents().dynamicallyRegistered()))
                .containsExactly("Scale[] on [2, 3]", "Scale[] on [2, 3]");
    }

    /** A layer whose input gradient has the wrong sign; everything else is right. */
    private record Flipped(Scale right) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return right.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            right.forward(p);
        }

        @Override
        public void backward(Pass p) {
            right.backward(p);
            Vectors.scale(p.scratch(), -1, p.dx());
        }

        @Override
        public String toString() {
            return "Flipped";
        }
    }

    static class WrongLayer implements GradientTests {
        static final LayerCheck CHECK =
                GradientCheck.of(new Flipped(new Scale())).input(Shape.of(3));

        @Override
        public List<LayerCheck> checks() {
            return List.of(CHECK);
        }
    }

    @Test
    void aWrongLayerFailsTheTestsOfTheClaimsThatDoNotHoldWithTheTableAsTheMessage() {
        Events tests = run(WrongLayer.class).testEvents();

        List<String> broken = WrongLayer.CHECK.claims().stream()
                .filter(claim -> !claim.test().holds())
                .map(Claim::label)
                .toList();
        assertThat(names(tests.failed())).isEqualTo(broken).contains("central differences, batch 3");
        assertThat(names(tests.succeeded())).contains("gradients accumulate, batch 3");
        tests.failed()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                displayName("central differences, batch 3"),
                                finishedWithFailure(
                                        instanceOf(AssertionError.class),
                                        message(text ->
                                                text.startsWith("Flipped on [3]: WRONG central differences, batch 3\n")
                                                        && text.contains("WRONG input")
                                                        && text.contains("ok    scale")))));
    }

    static class Losses implements GradientTests {
        static final LossCheck CHECK = LossChecks.all().get(0);

        @Override
        public List<LossCheck> checks() {
            return List.of(CHECK);
        }
    }

    @Test
    void lossesAreTestedTheSameWay() {
        EngineExecutionResults results = run(Losses.class);

        assertThat(names(results.testEvents().succeeded())).isEqualTo(labels(Losses.CHECK));
        assertThat(names(results.containerEvents().dynamicallyRegistered())).containsExactly(Losses.CHECK.toString());
    }

    /** A check that is neither of a layer nor of a loss, with one claim that holds and one that does not. */
    private record Half(String subject) implements Checkable {

        @Override
        public List<Claim> claims() {
            return List.of(
                    new Claim("holds", 1, Optional.empty(), () -> new Evidence(List.of(), "")),
                    new Claim("does not", 2, Optional.empty(), () -> new Evidence(List.of(), "this was seen")));
        }

        @Override
        public String toString() {
            return subject + " on paper";
        }
    }

    static class CustomFactory {
        @TestFactory
        Stream<DynamicContainer> halves() {
            return GradientTests.of(() -> List.of(new Half("first"), new Half("second")));
        }
    }

    @Test
    void aTestFactoryRunsAProviderThatIsNotATestClass() {
        Events tests = run(CustomFactory.class).testEvents();

        assertThat(names(tests.succeeded())).containsExactly("holds, batch 1", "holds, batch 1");
        tests.failed()
                .assertEventsMatchExactly(
                        event(
                                displayName("does not, batch 2"),
                                failure("first on paper: WRONG does not, batch 2: this was seen")),
                        event(
                                displayName("does not, batch 2"),
                                failure("second on paper: WRONG does not, batch 2: this was seen")));
    }

    static class OneLayerThatCannotBeBuilt implements GradientTests {
        @Override
        public List<Checkable> checks() {
            return List.of(GradientCheck.of(new Scale()), GradientCheck.of(new Refusing()), new Half("third"));
        }
    }

    /** A layer that refuses every input. */
    private record Refusing() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            throw ShapeException.input("an input that does not exist", input, "give up");
        }

        @Override
        public void forward(Pass p) {}

        @Override
        public void backward(Pass p) {}
    }

    @Test
    void aLayerThatCannotBeBuiltFailsAlone() {
        EngineExecutionResults results = run(OneLayerThatCannotBeBuilt.class);

        results.containerEvents()
                .failed()
                .assertEventsMatchExactly(event(
                        container(),
                        displayName("Refusing[] on [5]"),
                        finishedWithFailure(instanceOf(ShapeException.class))));
        results.containerEvents()
                .assertThatEvents()
                .haveExactly(1, event(container(), displayName("third on paper"), finishedSuccessfully()));
    }

    static class NothingToCheck implements GradientTests {
        @Override
        public List<LayerCheck> checks() {
            return List.of();
        }
    }

    @Test
    void aProviderWithoutChecksFails() {
        EngineExecutionResults results = run(NothingToCheck.class);

        results.containerEvents()
                .failed()
                .assertEventsMatchExactly(event(
                        displayName("gradients()"),
                        failure("There is nothing to check: checks() of " + NothingToCheck.class.getName() + " is empty"
                                + "\n  expected at least one check"
                                + "\n  fix: return GradientCheck.of(layer).input(shape)")));
        assertThat(results.testEvents().count()).isZero();
    }

    static class UnreadableRecording implements GradientTests {
        @Override
        public List<LayerCheck> checks() throws IOException {
            throw new NoSuchFileException("recordings.json");
        }
    }

    @Test
    void aRecordingThatCannotBeReadIsNamed() {
        run(UnreadableRecording.class)
                .containerEvents()
                .failed()
                .assertEventsMatchExactly(event(
                        displayName("gradients()"),
                        finishedWithFailure(
                                instanceOf(UncheckedIOException.class),
                                message(text -> text.contains("recordings.json")))));
    }

    private static Condition<Event> failure(String text) {
        return finishedWithFailure(message(text));
    }
}
