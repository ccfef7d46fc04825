package io.jacobi.nn.check;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarPenalties;
import java.util.List;

/**
 * A gradient check for every penalty, alone and together, of the weights that decay and of all. The tests run them, and
 * so does {@code jacobi gradcheck}.
 */
public final class PenaltyChecks {

    private PenaltyChecks() {}

    /** All checks. */
    public static List<PenaltyCheck> all() {
        return List.of(
                on(Penalty.l1(0.3)),
                on(Penalty.l1(0.3).ofAll()).ofAll(),
                onLongMatrix(on(Penalty.l1(0.3))),
                on(Penalty.l2(0.3)),
                on(Penalty.l2(0.3).ofAll()).ofAll(),
                onLongMatrix(on(Penalty.l2(0.3))),
                on(Penalty.l1(0.3), Penalty.l2(0.7)),
                on(Penalty.l1(0.3).ofAll(), Penalty.l2(0.7).ofAll()).ofAll(),
                // every weight has the first penalty, and weights that decay the second too
                on(Penalty.l1(0.3).ofAll(), Penalty.l2(0.7)).ofAll());
    }

    /** Checks a matrix that fills a tile and begins the next, between other parameters. */
    private static PenaltyCheck onLongMatrix(PenaltyCheck check) {
        long width = Scratch.TILE + 1;
        return check.parameters(List.of(
                PenaltyCheck.parameter("0.bias", 0, false, 2),
                PenaltyCheck.parameter("1.weight", 2, true, 1, width),
                PenaltyCheck.parameter("1.bias", 2 + width, false, 3)));
    }

    private static PenaltyCheck on(Penalty first, Penalty... more) {
        return GradientCheck.of(first, more).scalars(ScalarPenalties.of(first, more));
    }
}
