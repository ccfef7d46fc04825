package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A closed workspace gives out none of its freed memory. */
class WorkspaceCloseTest {

    private final Sequential model =
            Sequential.input(Shape.of(4)).add(new Dense(3)).build(DataType.DOUBLE, 1);

    static Stream<Consumer<Workspace>> uses() {
        return Stream.of(
                Workspace::input,
                Workspace::output,
                Workspace::outputGradient,
                Workspace::inputGradient,
                Workspace::gradients,
                Workspace::clearGradients,
                Workspace::predict,
                Workspace::backward,
                Workspace::firstNonFiniteLayer,
                w -> w.forward(0, 0),
                w -> w.fill(0),
                w -> w.pass(0),
                w -> w.narrow(1));
    }

    @ParameterizedTest
    @MethodSource("uses")
    void throwsAfterClose(Consumer<Workspace> use) {
        Workspace whole = Workspace.withInputGradient(model, 3);
        Workspace narrow = whole.narrow(2);
        use.accept(whole);
        whole.close();

        assertThatIllegalStateException().isThrownBy(() -> use.accept(whole)).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> use.accept(narrow)).withMessageContaining("closed");
    }

    @Test
    void closingTwiceHasNoEffect() {
        Workspace w = Workspace.forTraining(model, 3);
        w.close();

        assertThatCode(w::close).doesNotThrowAnyException();
    }
}
