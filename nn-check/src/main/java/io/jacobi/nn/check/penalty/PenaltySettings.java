package io.jacobi.nn.check.penalty;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarPenalty;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a check of a penalty.
 *
 * @param subject the penalty
 * @param parameters the parameters that it is checked at
 * @param all whether it is meant to penalize every parameter, not only those that decay
 * @param central the stencil of central differences
 * @param twin the formula written a second time, with scalars
 */
public record PenaltySettings(
        Penalty subject, List<Parameter> parameters, boolean all, Stencil central, Optional<ScalarPenalty> twin) {

    public PenaltySettings {
        parameters = List.copyOf(parameters);
    }
}
