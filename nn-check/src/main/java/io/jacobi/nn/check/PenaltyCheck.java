package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.penalty.PenaltyClaims;
import io.jacobi.nn.check.penalty.PenaltySettings;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.scalar.ScalarPenalty;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Checks the gradient of a penalty on weights, in double, and the contract of {@link Penalty}: that it adds to the
 * gradients, does not change the weights, and penalizes only those parameters that {@linkplain Parameter#decays decay}.
 *
 * <pre>{@code
 * GradientCheck.of(Penalty.l2(0.1)).verify();
 * GradientCheck.of(Penalty.l1(0.1), Penalty.l2(0.1)).verify();     // together: the elastic net
 * }</pre>
 *
 * The gradient by every weight is compared with central differences. If the formula is {@linkplain #scalars written a
 * second time}, value and gradient are also compared with {@link io.jacobi.nn.scalar.Scalar} and {@link
 * io.jacobi.nn.scalar.Dual}, to 1e-12.
 *
 * <p>Instances are immutable; every method that sets something returns a new one.
 */
public final class PenaltyCheck implements Checkable {

    private final Penalty subject;
    private List<Parameter> parameters = typical();
    private Stencil central = Stencil.central();
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
        copy.central = central;
        copy.twin = twin;
        copy.all = all;
        copy.only = only;
        change.accept(copy);
        return copy;
    }

    /** Sets the parameters to check at, such as a model's; the default is five small ones, two of which decay. */
    public PenaltyCheck parameters(List<Parameter> some) {
        List<Parameter> copy = List.copyOf(some);
        return with(c -> c.parameters = copy);
    }

    /**
     * Sets the largest relative error of a central difference that passes; the default is {@value
     * Stencil#CENTRAL_TOLERANCE}.
     */
    public PenaltyCheck tolerance(double value) {
        return with(c -> c.central = central.withTolerance(value));
    }

    /** Sets the formula written a second time, number by number, which adds two oracles: reverse and forward mode. */
    public PenaltyCheck scalars(ScalarPenalty formula) {
        return with(c -> c.twin = Optional.of(formula));
    }

    /** Claims that every parameter is penalized, biases and normalization included. */
    public PenaltyCheck ofAll() {
        return with(c -> c.all = true);
    }

    /** Compares with these oracles alone, and tests nothing of the contract. */
    public PenaltyCheck only(Oracle first, Oracle... others) {
        return with(c -> c.only = EnumSet.of(first, others));
    }

    /** The penalty, or the sum of the penalties that are checked together. */
    @Override
    public Penalty subject() {
        return subject;
    }

    /**
     * Returns every claim that this check tests, to be tested one by one. It evaluates the penalty once, because a
     * penalty that is not a finite number has one claim only, which says so.
     *
     * @throws IllegalArgumentException if {@link #only} names an oracle that this check does not have
     */
    @Override
    public List<Claim> claims() {
        List<Claim> claims = PenaltyClaims.of(new PenaltySettings(subject, parameters, all, central, twin));
        return Claim.askedOf(only, claims, subject);
    }

    @Override
    public String toString() {
        return subject + " on " + parameters.stream().map(Parameter::shape).toList();
    }
}
