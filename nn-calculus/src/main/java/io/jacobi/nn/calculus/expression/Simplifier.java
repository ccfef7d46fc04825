package io.jacobi.nn.calculus.expression;

import java.util.Optional;

/**
 * Simplifies an expression: merges nested contractions, sums deltas and ones away, collects powers of the same base and
 * like terms, computes constants, and takes inverses out of inverses and determinants. Products of sums are not
 * expanded, except by a delta.
 *
 * <p>The simplified expression has the value of the given one, and is NaN where the given one is NaN, with three
 * exceptions: 0 u and u - u are 0 also where u has no value, powers of one base are joined also where it is 0, as in
 * u u⁻¹ = 1, and the inverse of an inverse is the matrix also where that is singular.
 */
public final class Simplifier implements Rewriting {

    private static final Simplifier RULES = new Simplifier();

    private Simplifier() {}

    /** The simplified expression, with the same free indices. */
    public static Expression simplify(Expression expression) {
        if (expression instanceof Compound compound && compound.isSimple()) {
            return expression;
        }
        Expression simple = expression.accept(RULES);
        if (simple instanceof Compound compound) {
            compound.setSimple();
        }
        return simple;
    }

    @Override
    public Expression delta(Delta delta) {
        return delta.first().equals(delta.second()) ? new Ones(delta.first(), delta.length()) : delta;
    }

    @Override
    public Expression contraction(Contraction contraction) {
        return Product.simplify(new Contraction(
                contraction.scale(),
                contraction.factors().stream().map(Simplifier::simplify).toList(),
                contraction.indices()));
    }

    @Override
    public Expression sum(Sum sum) {
        return LikeTerms.collect(sum.terms().stream().map(Simplifier::simplify).toList());
    }

    @Override
    public Expression mapped(Mapped mapped) {
        Expression argument = simplify(mapped.argument());
        if (mapped.function() instanceof Power power) {
            return Powers.raise(argument, power.exponent());
        }
        if (argument instanceof Constant constant) {
            return new Constant(mapped.function().apply(constant.value()));
        }
        if (mapped.function().equals(ElementFunction.LOG)
                && argument instanceof Mapped inner
                && inner.function().equals(ElementFunction.ABS)
                && inner.argument() instanceof Determinant of) {
            return new LogDeterminant(of.argument(), of.row(), of.column());
        }
        return ofNumber(mapped.function(), argument).orElseGet(() -> new Mapped(mapped.function(), argument));
    }

    /** f(c 1) = f(c) 1, for a number c along every index, such as exp(x − x). */
    private static Optional<Expression> ofNumber(Function function, Expression argument) {
        Contraction number = LikeTerms.wrap(argument);
        double value = function.apply(number.scale());
        boolean everywhere =
                number.summed().isEmpty() && number.factors().stream().allMatch(Ones.class::isInstance);
        return everywhere && Double.isFinite(value)
                ? Optional.of(simplify(new Contraction(value, number.factors(), number.indices())))
                : Optional.empty();
    }

    @Override
    public Expression determinant(Determinant determinant) {
        return Matrices.determinant(
                new Determinant(simplify(determinant.argument()), determinant.row(), determinant.column()));
    }

    @Override
    public Expression logDeterminant(LogDeterminant determinant) {
        return Matrices.logDeterminant(
                new LogDeterminant(simplify(determinant.argument()), determinant.row(), determinant.column()));
    }

    @Override
    public Expression inverse(Inverse inverse) {
        return Matrices.inverse(new Inverse(
                simplify(inverse.argument()), inverse.from(), inverse.to(), inverse.row(), inverse.column()));
    }
}
