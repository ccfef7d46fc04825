package io.jacobi.nn.layers;

/** Checks that all normalizations make. */
final class Normalization {

    private Normalization() {}

    static void requireEpsilon(String layer, double epsilon) {
        if (!(epsilon > 0 && Double.isFinite(epsilon))) {
            throw new IllegalArgumentException(
                    layer + "'s epsilon is " + epsilon + "\n  expected a positive, finite number");
        }
    }
}
