package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.scalar.ScalarLoss;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The settings of a check of a loss.
 *
 * @param subject the loss
 * @param prediction the predictions, {@code [batch, ...]}
 * @param target the targets, {@code [batch]} or {@code [batch, ...]}
 * @param weights of the examples, where oracles are asked about weights; empty for 0.5, 2, 1.25, 0 and so on
 * @param central the stencil of central differences
 * @param twin the formula written a second time, with scalars
 * @param magnitude how large predictions may be for the loss to be finite; 0 if nothing is claimed of large predictions
 * @param shiftInvariant whether a number added to all predictions of an example changes nothing
 */
public record LossSettings(
        Loss subject,
        INDArray prediction,
        INDArray target,
        Optional<List<Double>> weights,
        Stencil central,
        Optional<ScalarLoss> twin,
        double magnitude,
        boolean shiftInvariant) {}
