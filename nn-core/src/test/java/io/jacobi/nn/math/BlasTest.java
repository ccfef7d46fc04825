package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Two thread pools that spin against each other made training 25 times slower: docs/nd4j-notes.md. */
class BlasTest {

    @Test
    void computesOnTheCallingThreadOnceAnArrayExists() {
        Memory.vector(DataType.FLOAT, 1);

        assertThat(Blas.threads()).isEqualTo(1);
    }

    @Test
    void staysThereWhenNd4jLoadsItsOwnBlas() {
        Blas.load();
        Nd4j.factory().blas();

        assertThat(Blas.threads()).isEqualTo(1);
    }
}
