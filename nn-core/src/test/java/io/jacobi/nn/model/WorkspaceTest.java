package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class WorkspaceTest {

    private final Sequential model = Sequential.input(Shape.of(4))
            .add(new Rectifier())
            .add(new Dense(3))
            .add(new Rectifier())
            .add(new Dense(2))
            .build(DataType.DOUBLE, 1);

    /** The output and then the gradient of a pass with normal inputs and a normal output gradient. */
    private static double[] run(Workspace w) {
        Vectors.set(w.input(), TestArrays.normals(1, (int) w.input().length()));
        w.forward(0, 0);
        double[] output = Vectors.toDoubles(w.output());
        Vectors.set(w.outputGradient(), TestArrays.normals(2, output.length));
        w.clearGradients();
        w.backward();
        double[] gradients = Vectors.toDoubles(w.gradients());
        double[] all = Arrays.copyOf(output, output.length + gradients.length);
        System.arraycopy(gradients, 0, all, output.length, gradients.length);
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void narrowedItComputesLikeAWorkspaceOfThatSize(int examples) {
        try (Workspace whole = Workspace.forTraining(model, 5);
                Workspace exact = Workspace.forTraining(model, examples)) {
            run(whole);
            Workspace narrow = whole.narrow(examples);

            assertThat(narrow.batch()).isEqualTo(examples);
            assertThat(narrow.output().shape()).containsExactly(examples, 2);
            assertThat(run(narrow)).isEqualTo(run(exact));
        }
    }

    @Test
    void narrowedItSharesMemoryAndIsMadeOnce() {
        try (Workspace whole = Workspace.forTraining(model, 5)) {
            Workspace narrow = whole.narrow(2);
            long bytes = whole.bytes();

            assertThat(whole.narrow(5)).isSameAs(whole);
            assertThat(whole.narrow(2)).isSameAs(narrow);
            assertThat(narrow.bytes()).isEqualTo(bytes);
            assertThat(narrow.gradients()).isSameAs(whole.gradients());
            Vectors.set(narrow.input(), new double[] {1, 2, 3, 4, 5, 6, 7, 8});
            assertThat(Vectors.toDoubles(whole.input())).startsWith(1, 2, 3, 4, 5, 6, 7, 8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 6})
    void cannotBeNarrowedToNoneOrMore(int examples) {
        try (Workspace w = Workspace.forTraining(model, 5)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> w.narrow(examples))
                    .withMessage("A workspace of 5 examples cannot be narrowed to " + examples + "; expected 1 to 5");
        }
    }

    @Test
    void holdsAtLeastOneExample() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Workspace.forInference(model, 0))
                .withMessageContaining("received a batch of 0");
    }

    @Test
    void forInferenceItHasNoGradients() {
        try (Workspace w = Workspace.forInference(model, 2)) {
            assertThatIllegalStateException().isThrownBy(w::gradients).withMessageContaining("Workspace.forTraining");
            assertThatIllegalStateException()
                    .isThrownBy(w::outputGradient)
                    .withMessageContaining("Dense(2) has no dy here");
        }
    }

    @Test
    void backwardForInferenceThrows() {
        try (Workspace w = Workspace.forInference(model, 2)) {
            w.predict();

            assertThatIllegalStateException().isThrownBy(w::backward);
        }
    }

    @Test
    void trainingHasInputGradientsOnlyBehindTheFirstParameter() {
        try (Workspace training = Workspace.forTraining(model, 2);
                Workspace differentiating = Workspace.withInputGradient(model, 2)) {
            assertThat(Stream.of(0, 1, 2, 3).map(i -> training.pass(i).needsInputGradient()))
                    .containsExactly(false, false, true, true);
            assertThat(Stream.of(0, 1, 2, 3).map(i -> differentiating.pass(i).needsInputGradient()))
                    .containsOnly(true);
            assertThat(run(training)).isEqualTo(run(differentiating));
            assertThatIllegalStateException()
                    .isThrownBy(training::inputGradient)
                    .withMessageContaining("Rectifier has no dx here");
            assertThat(differentiating.inputGradient().shape()).containsExactly(2, 4);
        }
    }

    @Test
    void gradientsAccumulateUntilTheyAreCleared() {
        try (Workspace w = Workspace.forTraining(model, 3)) {
            run(w);
            double[] once = Vectors.toDoubles(w.gradients());
            w.backward();

            assertThat(once).as("the gradient is not zero").isNotEqualTo(new double[once.length]);
            assertThat(Vectors.toDoubles(w.gradients()))
                    .containsExactly(Arrays.stream(once).map(g -> 2 * g).toArray(), within(1e-14));

            w.clearGradients();
            assertThat(Vectors.toDoubles(w.gradients())).containsOnly(0);
        }
    }

    @Test
    void bytesCountBuffersAndGradients() {
        try (Workspace predicting = Workspace.forInference(model, 5);
                Workspace training = Workspace.forTraining(model, 5)) {
            // x 4, y 4 + 3 + 3 + 2; dy of layers 1 to 3: 3 + 3 + 2; the weights' gradient 3·4 + 3 + 2·3 + 2
            assertThat(predicting.bytes()).isEqualTo(8 * 5 * (4 + 12));
            assertThat(training.bytes()).isEqualTo(8 * (5 * (4 + 12 + 8) + 23));
        }
    }

    @Test
    void namesTheFirstLayerWhoseOutputIsNotFinite() {
        try (Workspace w = Workspace.forTraining(model, 3)) {
            run(w);
            assertThat(w.firstNonFiniteLayer()).isEmpty();

            Vectors.fill(w.scratch(), w.pass(3).y(), Double.NaN);
            assertThat(w.firstNonFiniteLayer()).hasValue(3);
            Vectors.fill(w.scratch(), w.pass(1).y(), Double.POSITIVE_INFINITY);
            assertThat(w.firstNonFiniteLayer()).hasValue(1);
        }
    }

    @Test
    void fillReachesEveryBufferButTheGradients() {
        try (Workspace w = Workspace.withInputGradient(model, 3)) {
            run(w);
            double[] gradients = Vectors.toDoubles(w.gradients());
            w.fill(7);

            assertThat(Vectors.toDoubles(w.gradients())).isEqualTo(gradients);
            for (int i = 0; i < 4; i++) {
                Pass p = w.pass(i);
                for (INDArray array : List.of(p.x(), p.y(), p.dy(), p.dx())) {
                    assertThat(Vectors.toDoubles(array)).containsOnly(7);
                }
            }
        }
    }
}
