package io.jacobi.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import org.junit.jupiter.api.Test;

class OffsetsTest {

    /** A layer of 2^62 weights. Two of them have 2^63, which a long cannot hold. */
    private record Huge() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.parameter("weight", Shape.of(1L << 62), Initializers.zeros());
            return input;
        }

        @Override
        public void forward(Pass p) {}

        @Override
        public void backward(Pass p) {}
    }

    private static Sequential.Builder layers(int number) {
        Sequential.Builder layers = Sequential.input(Shape.of(1));
        for (int i = 0; i < number; i++) {
            layers.add(new Huge());
        }
        return layers;
    }

    @Test
    void aSumOfWeightsThatFitsALongIsPlanned() {
        assertThat(layers(1).blueprint().parameters().get(0).end()).isEqualTo(1L << 62);
    }

    @Test
    void aSumOfWeightsThatOverflowsALongIsRefusedAtBuild() {
        assertThatThrownBy(layers(2)::blueprint)
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("the model would have 2^63 weights or more")
                .hasMessageContaining("4611686018427387904 in the layers before, and 4611686018427387904 more");
    }
}
