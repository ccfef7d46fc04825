package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A workspace runs one call at a time, and closing it leaves its memory to the call that is inside. */
class WorkspaceUseTest {

    /** y = x, and runs an action while a pass is inside. */
    private record Hook(List<Runnable> actions) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            p.y().assign(p.x());
            actions.forEach(Runnable::run);
        }

        @Override
        public void backward(Pass p) {
            p.dx().assign(p.dy());
        }
    }

    private final List<Runnable> inPass = new ArrayList<>();
    private final Sequential model = Sequential.input(Shape.of(4))
            .add(new Dense(3))
            .add(new Hook(inPass))
            .build(DataType.FLOAT, 1);
    private final Workspace whole = Workspace.withInputGradient(model, 3);

    @AfterEach
    void free() {
        whole.close();
        model.close();
    }

    static List<Consumer<Workspace>> calls() {
        return List.of(
                Workspace::predict,
                w -> w.forward(0, 0),
                Workspace::backward,
                Workspace::clearGradients,
                Workspace::firstNonFiniteLayer,
                w -> w.fill(0),
                w -> w.over(w.model()));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesACallInsideAnother(Consumer<Workspace> call) {
        Workspace narrow = whole.narrow(2);
        inPass.add(() -> call.accept(whole));

        assertThatIllegalStateException()
                .isThrownBy(narrow::predict)
                .withMessageContaining("this thread is in predict already, which has called back");
        inPass.clear();
        narrow.predict();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void refusesACallOfAnotherThread(Consumer<Workspace> call) {
        List<Throwable> thrown = new ArrayList<>();
        inPass.add(() -> inAnotherThread(call, thrown));

        whole.forward(0, 0);

        assertThat(thrown)
                .singleElement()
                .satisfies(
                        error -> assertThat(error)
                                .isInstanceOf(IllegalStateException.class)
                                .hasMessageStartingWith("the workspace cannot run ")
                                .hasMessageEndingWith(
                                        ": thread \"" + Thread.currentThread().getName() + "\" is in forward"
                                                + "\n  expected one call at a time"
                                                + "\n  fix: call it after forward has ended, or make another one for this call"));
    }

    private void inAnotherThread(Consumer<Workspace> call, List<Throwable> thrown) {
        Thread other = new Thread(() -> call.accept(whole));
        other.setUncaughtExceptionHandler((thread, error) -> thrown.add(error));
        other.start();
        try {
            other.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void isFreedAfterThePassThatItIsClosedIn(Consumer<Workspace> call) {
        INDArray output = whole.output();
        INDArray weights = model.weights();
        inPass.add(() -> {
            whole.close();
            model.close();
            assertThat(output.data().wasClosed()).as("while the pass is inside").isFalse();
            assertThat(weights.wasClosed()).as("while the pass is inside").isFalse();
        });

        whole.predict();

        assertThat(output.data().wasClosed()).isTrue();
        assertThat(weights.wasClosed()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> call.accept(whole)).withMessageContaining("is closed");
    }
}
