package io.jacobi.nn.check;

/**
 * A claim about a layer or loss that was put to the test.
 *
 * @param claim what should hold, such as {@code gradients accumulate}
 * @param batch at which batch size
 * @param failure what was seen instead; empty if it holds
 */
public record Finding(String claim, int batch, String failure) {

    /** Whether it holds. */
    public boolean holds() {
        return failure.isEmpty();
    }
}
