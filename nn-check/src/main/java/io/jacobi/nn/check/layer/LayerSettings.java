package io.jacobi.nn.check.layer;

import io.jacobi.nn.Layer;
import io.jacobi.nn.check.compare.DifferenceSettings;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.scalar.ScalarLayer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The settings of a check of a layer, at whatever batch size.
 *
 * @param subject the layer
 * @param inputs the inputs that it is checked on
 * @param seed of weights, inputs, the projection, directions and samples
 * @param differences how gradients are compared with differences
 * @param shiftedDimensions how many of the last dimensions make a row that can be shifted; 0 if none can
 * @param twin the forward pass written a second time, with scalars
 */
public record LayerSettings(
        Layer subject,
        LayerInputs inputs,
        long seed,
        DifferenceSettings differences,
        int shiftedDimensions,
        Optional<ScalarLayer> twin) {

    LayerSettings with(LayerInputs others) {
        return new LayerSettings(subject, others, seed, differences, shiftedDimensions, twin);
    }

    /** Whether the gradient of the input is compared. */
    boolean comparesInput() {
        return inputs.varied();
    }

    /** Returns central differences of a function of the layer. */
    Differences differences(Supplier<double[]> terms) {
        return differences.central(seed, terms);
    }

    /** Returns five-point differences of a function of the layer. */
    Differences fivePointDifferences(Supplier<double[]> terms) {
        return differences.fivePoint(seed, terms);
    }

    /** The tolerance of central differences. */
    double tolerance() {
        return differences.central().tolerance();
    }

    /** The step of central differences. */
    double step() {
        return differences.central().step();
    }
}
