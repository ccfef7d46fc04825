package io.jacobi.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Split;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A stepper owns its moments: it frees them, and makes one step at a time. */
class StepperCloseTest {

    private final INDArray weights = Memory.vector(DataType.FLOAT, 5);
    private final INDArray gradients = Memory.vector(DataType.FLOAT, 5);
    private final Stepper stepper = new Adam(0.1).start(weights, List.of());

    @Test
    void closingFreesTheMomentsAndLaterCallsSaySo() {
        stepper.step(gradients, 0.1);
        List<INDArray> moments = List.copyOf(stepper.state().values());
        assertThat(moments).hasSize(2);
        stepper.close();
        stepper.close();

        assertThat(moments).allMatch(INDArray::wasClosed);
        assertThat(weights.wasClosed()).as("the weights belong to the model").isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> stepper.step(gradients, 0.1))
                .withMessageStartingWith("the stepper is closed");
        assertThatIllegalStateException().isThrownBy(stepper::state);
        assertThatIllegalStateException().isThrownBy(() -> stepper.restore(Map.of(), 0));
    }

    @Test
    void refusesAStepInsideAStep() {
        Split nested = (length, range) -> stepper.step(gradients, 0.1);

        assertThatIllegalStateException()
                .isThrownBy(() -> stepper.step(gradients, 0.1, nested))
                .withMessageStartingWith("the stepper cannot run step: this thread is in step already");
        stepper.step(gradients, 0.1);
    }

    @Test
    void isFreedAfterTheStepThatItIsClosedIn() {
        INDArray moment = stepper.state().values().iterator().next();
        stepper.step(gradients, 0.1, (length, range) -> {
            stepper.close();
            assertThat(moment.wasClosed()).as("while the step is inside").isFalse();
            range.run(0, 0, length);
        });
        assertThat(moment.wasClosed()).isTrue();
    }
}
