package io.jacobi.nn.scalar;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.optim.L1;
import io.jacobi.nn.optim.L2;
import io.jacobi.nn.optim.Penalty;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the scalar twins of penalties, for {@link io.jacobi.nn.check.PenaltyCheck#scalars}. */
public final class ScalarPenalties {

    private ScalarPenalties() {}

    /**
     * Returns the scalar twin of the sum of these penalties.
     *
     * @throws IllegalArgumentException if one is not one of Jacobi's own
     */
    public static ScalarPenalty of(Penalty first, Penalty... more) {
        return new Sum(Stream.concat(Stream.of(first), Stream.of(more))
                .map(ScalarPenalties::twin)
                .toList());
    }

    private static ScalarPenalty twin(Penalty penalty) {
        if (penalty instanceof L1 l1) {
            return new Absolutes(l1);
        }
        if (penalty instanceof L2 l2) {
            return new Squares(l2);
        }
        throw new IllegalArgumentException(
                "There is no scalar twin of " + penalty + "\n  expected one of Jacobi's own penalties"
                        + "\n  fix: write its formula a second time, as a ScalarPenalty");
    }

    /** λ Σ |w|, where the derivative of |w| at 0 is taken as 0. */
    private record Absolutes(L1 l1) implements ScalarPenalty {
        @Override
        public <T extends Real<T>> T value(Map<Parameter, Tensor<T>> weights) {
            return Real.sum(penalized(weights, l1.all())
                            .map(w -> w.times(Math.signum(w.value())))
                            .toList())
                    .times(l1.lambda());
        }
    }

    /** λ Σ w². */
    private record Squares(L2 l2) implements ScalarPenalty {
        @Override
        public <T extends Real<T>> T value(Map<Parameter, Tensor<T>> weights) {
            return Real.sum(penalized(weights, l2.all()).map(w -> w.times(w)).toList())
                    .times(l2.lambda());
        }
    }

    private record Sum(List<ScalarPenalty> terms) implements ScalarPenalty {
        @Override
        public <T extends Real<T>> T value(Map<Parameter, Tensor<T>> weights) {
            return Real.sum(terms.stream().map(term -> term.value(weights)).toList());
        }
    }

    private static <T extends Real<T>> Stream<T> penalized(Map<Parameter, Tensor<T>> weights, boolean all) {
        return weights.entrySet().stream()
                .filter(entry -> all || entry.getKey().decays())
                .flatMap(entry -> entry.getValue().elements().stream());
    }
}
