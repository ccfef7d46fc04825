package io.jacobi.nn.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowTest {

    /** All small windows: 5 lengths, 4 kernels, 3 strides, 4 paddings, 3 dilations. */
    private interface Claim {
        void check(Window window);
    }

    private static void forAll(Claim claim) {
        for (int code = 0; code < 5 * 4 * 3 * 4 * 3; code++) {
            int dilation = 1 + code % 3;
            int padding = code / 3 % 4;
            int stride = 1 + code / 12 % 3;
            int kernel = 1 + code / 36 % 4;
            int input = 1 + code / 144;
            claim.check(new Window(input, kernel, stride, padding, dilation));
        }
    }

    @Test
    void hasAsManyPositionsAsFitIntoThePaddedLength() {
        forAll(w -> {
            int count = 0;
            for (int begin = 0; begin + w.extent() <= w.input() + 2 * w.padding(); begin += w.stride()) {
                count++;
            }
            assertThat(Math.max(w.positions(), 0)).as("%s", w).isEqualTo(count);
        });
    }

    @Test
    void beginAndEndEncloseThePositionsAtWhichACellIsInside() {
        forAll(w -> {
            for (int k = 0; k < w.kernel() && w.positions() > 0; k++) {
                assertThat(w.begin(k)).isBetween(0, w.end(k));
                assertThat(w.end(k)).isLessThanOrEqualTo(w.positions());
                for (int p = 0; p < w.positions(); p++) {
                    boolean inside = w.at(p, k) >= 0 && w.at(p, k) < w.input();
                    assertThat(p >= w.begin(k) && p < w.end(k))
                            .as("%s cell %d position %d", w, k, p)
                            .isEqualTo(inside);
                }
            }
        });
    }

    @Test
    void theFormulaIsTheOneOfTheField() {
        // 224 pixels, kernel 7, stride 2, padding 3: the first layer of a ResNet gives 112
        assertThat(new Window(224, 7, 2, 3, 1).positions()).isEqualTo(112);
        assertThat(new Window(28, 3, 1, 1, 1).positions()).isEqualTo(28);
        assertThat(new Window(5, 3, 1, 0, 2).positions()).isEqualTo(1);
        assertThat(new Window(4, 3, 1, 0, 2).positions()).isEqualTo(0);
    }
}
