package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.claim.Evidence;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.penalty.PenaltyContract;
import io.jacobi.nn.check.penalty.PenaltyOracles;
import io.jacobi.nn.check.penalty.PenaltyProbe;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarPenalty;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks the gradient of a penalty on weights, in double, and the contract of {@link Penalty} besides: that it adds to the gradients,
 * leaves the weights alone, and means those parameters only that {@linkplain Parameter#decays decay}.
 *
 * <pre>{@code
 * GradientCheck.of(Penalty.l2(0.1)).verify();
 * GradientCheck.of(Penalty.l1(0.1), Penalty.l2(0.1)).verify();     // together: the elastic net
 * }</pre>
 *
 * Central differences are always there, for every weight. With the formula {@linkplain #scalars written once more}, value and gradient
 * are compared with {@link io.jacobi.nn.scalar.Scalar} and {@link io.jacobi.nn.scalar.Dual} to 1e-12 too.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class PenaltyCheck implements Checkable {

    private final Penalty subject;
    private List<Parameter> parameters = typical();
    private double tolerance = GradientCheck.DEFAULT_TOLERANCE;
    private Optional<ScalarPenalty> twin = Optional.empty();
    private boolean all;
    private Set<Oracle> only = Set.of();

    PenaltyCheck(Penalty subject) {
        this.subject = subject;
    }

    /** A matrix and its bias, a kernel, a scale of normalization that has rank 2, and one number. */
    private static List<Parameter> typical() {
        return List.of(
                parameter("0.weight", 0, true, 3, 4),
                parameter("0.bias", 12, false, 3),
                parameter("1.weight", 15, true, 2, 1, 2, 2),
                parameter("2.scale", 23, false, 2, 2),
                parameter("3.temperature", 27, false));
    }

    static Parameter parameter(String path, long offset, boolean decays, long... dims) {
        return new Parameter(path, Shape.of(dims), offset, Initializers.zeros(), decays);
    }

    private PenaltyCheck with(Consumer<PenaltyCheck> change) {
        PenaltyCheck copy = new PenaltyCheck(subject);
        copy.parameters = parameters;
        copy.tolerance = tolerance;
        copy.twin = twin;
        copy.all = all;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /** The parameters to check at, such as a model's; some small ones, of which two decay, unless set. */
    public PenaltyCheck parameters(List<Parameter> some) {
        List<Parameter> copy = List.copyOf(some);
        return with(c -> c.parameters = copy);
    }

    /** The largest relative error of a central difference that passes; 1e-7 unless set. */
    public PenaltyCheck tolerance(double value) {
        return with(c -> c.tolerance = GradientCheck.requirePositive("tolerance", value));
    }

    /** The formula written once more, number by number: adds two oracles, reverse and forward mode. */
    public PenaltyCheck scalars(ScalarPenalty formula) {
        return with(c -> c.twin = Optional.of(formula));
    }

    /** The penalty means biases and normalization too. */
    public PenaltyCheck ofAll() {
        return with(c -> c.all = true);
    }

    /** Asks these oracles alone, and tests nothing of the contract. */
    public PenaltyCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
    }

    /** The penalty, or the sum of those that are checked together. */
    @Override
    public Penalty subject() {
        return subject;
    }

    /**
     * Every claim that this check tests, to be tested one by one.
     *
     * @throws IllegalArgumentException if {@link #only} an oracle was to be asked that has nothing to say here
     */
    @Override
    public List<Claim> claims() {
        PenaltyProbe probe = PenaltyProbe.of(subject, parameters);
        List<Claim> claims = new ArrayList<>();
        claims.add(Claim.of(
                "central differences",
                1,
                Oracle.DIFFERENCES,
                () -> Evidence.of(PenaltyOracles.differences(probe, tolerance))));
        twin.ifPresent(formula -> {
            claims.add(Claim.of(
                    "scalar engine", 1, Oracle.SCALARS, () -> Evidence.of(PenaltyOracles.scalars(probe, formula))));
            claims.add(
                    Claim.of("dual numbers", 1, Oracle.DUALS, () -> Evidence.of(PenaltyOracles.duals(probe, formula))));
        });
        claims.addAll(PenaltyContract.claims(probe, all));
        return Claim.askedOf(only, claims, subject);
    }

    @Override
    public String toString() {
        return subject + " on " + parameters.stream().map(Parameter::shape).toList();
    }
}
