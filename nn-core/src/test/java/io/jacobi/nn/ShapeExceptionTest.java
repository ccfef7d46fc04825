package io.jacobi.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShapeExceptionTest {

    private final ShapeException fromLayer =
            ShapeException.input("rank 1 per example, [features]", Shape.of(28, 28), "put a Flatten before it");

    @Test
    void saysWhatHappenedWhatWasExpectedAndReceivedAndHowToFixIt() {
        assertThat(fromLayer).isInstanceOf(IllegalArgumentException.class).hasMessage("""
                the input does not fit
                  expects  rank 1 per example, [features]
                  received [28, 28]
                  fix: put a Flatten before it""");
    }

    @Test
    void inALayerItNamesBothLayersAndKeepsItsCause() {
        assertThat(fromLayer.in("Layer 2 of 3, Affine(10)", () -> "layer 1, Relu"))
                .hasMessage("""
                        Layer 2 of 3, Affine(10): the input does not fit
                          expects  rank 1 per example, [features]
                          received [28, 28] from layer 1, Relu
                          fix: put a Flatten before it""")
                .hasCause(fromLayer);
    }
}
