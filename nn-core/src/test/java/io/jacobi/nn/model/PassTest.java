package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class PassTest {

    private static Sequential model(long seed) {
        return Sequential.input(Shape.of(4))
                .add(new Dense(3))
                .add(new Rectifier())
                .build(DataType.FLOAT, seed);
    }

    private static long key(long seed, int layer, long step, int firstExample) {
        try (Workspace w = Workspace.forTraining(model(seed), 2)) {
            w.forward(step, firstExample);
            return w.pass(layer).key();
        }
    }

    @Test
    void itsKeyIsAFunctionOfSeedLayerAndStep() {
        long key = key(1, 0, 5, 0);

        assertThat(key(1, 0, 5, 0)).isEqualTo(key);
        assertThat(key(1, 0, 5, 64)).as("another part of the same batch").isEqualTo(key);
        assertThat(key(2, 0, 5, 0)).as("another seed").isNotEqualTo(key);
        assertThat(key(1, 1, 5, 0)).as("another layer").isNotEqualTo(key);
        assertThat(key(1, 0, 6, 0)).as("another step").isNotEqualTo(key);
    }

    @Test
    void itsGeneratorStartsAnew() {
        try (Workspace w = Workspace.forTraining(model(1), 2)) {
            w.forward(3, 0);
            Pass p = w.pass(0);

            assertThat(p.random().nextLong())
                    .as("a step can be replayed")
                    .isEqualTo(p.random().nextLong());
        }
    }

    @Test
    void knowsWhetherItTrainsAndItsPlaceInTheBatch() {
        try (Workspace w = Workspace.forTraining(model(1), 5)) {
            w.forward(3, 64);
            assertThat(w.pass(0).training()).isTrue();
            assertThat(w.pass(0).firstExample()).isEqualTo(64);
            assertThat(w.pass(0).batch()).isEqualTo(5);

            w.predict();
            assertThat(w.pass(0).training()).isFalse();
            assertThat(w.narrow(2).pass(0).batch()).isEqualTo(2);
        }
    }

    @Test
    void givesTheSameArrayObjectEachTime() {
        try (Workspace w = Workspace.forTraining(model(1), 5)) {
            Pass p = w.pass(0);

            assertThat(p.x()).isSameAs(p.x());
            assertThat(p.value("weight")).isSameAs(p.value("weight"));
            assertThat(p.gradient("bias")).isSameAs(p.gradient("bias"));
            assertThat(p.y())
                    .as("the output of a layer is the input of the next")
                    .isSameAs(w.pass(1).x());
            assertThat(p.dy()).isSameAs(w.pass(1).dx());
        }
    }

    @Test
    void anUndeclaredNameIsAClearError() {
        try (Workspace w = Workspace.forTraining(model(1), 5)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> w.pass(0).value("wieght"))
                    .withMessageContaining("Dense(3) has no value(\"wieght\") here")
                    .withMessageContaining("fix: ");
            assertThatIllegalStateException()
                    .isThrownBy(() -> w.pass(0).saved("mask"))
                    .withMessageContaining("saved(\"mask\")");
            assertThatIllegalStateException()
                    .isThrownBy(() -> w.pass(1).gradient("weight"))
                    .withMessageContaining("Rectifier has no gradient(\"weight\")");
        }
    }
}
