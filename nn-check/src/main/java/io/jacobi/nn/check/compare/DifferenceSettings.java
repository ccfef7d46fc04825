package io.jacobi.nn.check.compare;

import java.util.function.Supplier;

/**
 * How the gradients of a layer are compared with differences.
 *
 * @param central the stencil of two points, for every layer
 * @param fivePoint the stencil of five points, for smooth layers
 * @param kinks whether the layer has kinks, where no derivative exists
 * @param everyCoordinateUpTo the largest array of which every coordinate is compared
 */
public record DifferenceSettings(Stencil central, Stencil fivePoint, boolean kinks, int everyCoordinateUpTo) {

    public DifferenceSettings {
        if (everyCoordinateUpTo < 0) {
            throw new IllegalArgumentException("Every coordinate was to be compared up to " + everyCoordinateUpTo
                    + " elements\n  expected 0 or more");
        }
    }

    /** Returns the default settings, for a smooth layer. */
    public static DifferenceSettings defaults() {
        return new DifferenceSettings(
                Stencil.central(), Stencil.fivePoint(), false, Differences.EVERY_COORDINATE_UP_TO);
    }

    /** Returns a copy with this stencil of two points. */
    public DifferenceSettings withCentral(Stencil stencil) {
        return new DifferenceSettings(stencil, fivePoint, kinks, everyCoordinateUpTo);
    }

    /** Returns a copy with this stencil of five points. */
    public DifferenceSettings withFivePoint(Stencil stencil) {
        return new DifferenceSettings(central, stencil, kinks, everyCoordinateUpTo);
    }

    /** Returns a copy for a layer with kinks. */
    public DifferenceSettings withKinks() {
        return new DifferenceSettings(central, fivePoint, true, everyCoordinateUpTo);
    }

    /**
     * Returns a copy that compares every coordinate of arrays of at most this number of elements.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DifferenceSettings withEveryCoordinateUpTo(int elements) {
        return new DifferenceSettings(central, fivePoint, kinks, elements);
    }

    /**
     * Returns central differences of a function.
     *
     * @param seed of directions and sample, in large arrays
     * @param terms evaluates the function; its elements add up to it
     */
    public Differences central(long seed, Supplier<double[]> terms) {
        return new Differences(central, kinks, everyCoordinateUpTo, seed, terms);
    }

    /** Returns five-point differences of a function; parameters as for {@link #central(long, Supplier)}. */
    public Differences fivePoint(long seed, Supplier<double[]> terms) {
        return new Differences(fivePoint, kinks, everyCoordinateUpTo, seed, terms);
    }
}
