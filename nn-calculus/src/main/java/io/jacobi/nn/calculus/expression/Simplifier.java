package io.jacobi.nn.calculus.expression;

/**
 * Simplifies an expression without changing its value: merges nested contractions, sums deltas and ones away, collects
 * powers of the same base and like terms, and computes constants. Products of sums are not expanded, except by a delta.
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
        return new Mapped(mapped.function(), argument);
    }

    @Override
    public Expression determinant(Determinant determinant) {
        return new Determinant(simplify(determinant.argument()), determinant.row(), determinant.column());
    }

    @Override
    public Expression logDeterminant(LogDeterminant determinant) {
        return new LogDeterminant(simplify(determinant.argument()), determinant.row(), determinant.column());
    }

    @Override
    public Expression inverse(Inverse inverse) {
        return new Inverse(simplify(inverse.argument()), inverse.from(), inverse.to(), inverse.row(), inverse.column());
    }
}
