package io.jacobi.nn.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class RealTest {

    private static final Scalar NAN = Scalar.of(Double.NaN);
    private static final Scalar ONE = Scalar.of(1);

    @Test
    void aNanIsTheLargestAndTheSmallest() {
        assertThat(Real.max(NAN, ONE)).isSameAs(NAN);
        assertThat(Real.max(ONE, NAN)).isSameAs(NAN);
        assertThat(Real.min(NAN, ONE)).isSameAs(NAN);
        assertThat(Real.min(ONE, NAN)).isSameAs(NAN);
    }

    @Test
    void aSumGoesFromTheFirstToTheLast() {
        // 1e16 + 1 is 1e16, so that the order shows
        assertThat(Real.sum(List.of(Scalar.of(1e16), ONE, Scalar.of(-1e16))).value())
                .isZero();
        assertThat(Real.sum(List.of(ONE))).isSameAs(ONE);
    }

    @Test
    void anEmptySumIsRefused() {
        assertThatThrownBy(() -> Real.sum(List.<Dual>of())).isInstanceOf(NoSuchElementException.class);
    }
}
