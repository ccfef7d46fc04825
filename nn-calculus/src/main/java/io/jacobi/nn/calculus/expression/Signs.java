package io.jacobi.nn.calculus.expression;

import java.util.Set;

/** What is known of the sign and the domain of an expression, whatever the values of its variables. */
final class Signs {

    private static final Set<Function> NON_NEGATIVE = Set.of(
            ElementFunction.EXP,
            ElementFunction.SIGMOID,
            ElementFunction.SOFTPLUS,
            ElementFunction.RELU,
            ElementFunction.ABS,
            ElementFunction.STEP);

    private Signs() {}

    /** Whether no value is negative; false if that depends on the variables. */
    static boolean isNonNegative(Expression expression) {
        if (expression instanceof Constant constant) {
            return constant.value() >= 0;
        }
        if (expression instanceof Contraction product) {
            return product.scale() >= 0 && product.factors().stream().allMatch(Signs::isNonNegative);
        }
        if (expression instanceof Sum sum) {
            return sum.terms().stream().allMatch(Signs::isNonNegative);
        }
        if (expression instanceof Mapped mapped && mapped.function() instanceof Power power) {
            boolean root = !Powers.isInteger(power.exponent()); // NaN rather than negative
            return root || power.exponent() % 2 == 0 || isNonNegative(mapped.argument());
        }
        return expression instanceof Delta
                || expression instanceof Ones
                || expression instanceof Size
                || (expression instanceof Mapped of && NON_NEGATIVE.contains(of.function()));
    }

    /** Whether the expression has a value for all values of its variables, except where it is infinite. */
    static boolean isDefined(Expression expression) {
        if (expression instanceof Mapped mapped) {
            boolean half = mapped.function().equals(ElementFunction.LOG)
                    || (mapped.function() instanceof Power power && !Powers.isInteger(power.exponent()));
            return isDefined(mapped.argument()) && (!half || isNonNegative(mapped.argument()));
        }
        return Parts.of(expression).stream().allMatch(Signs::isDefined);
    }
}
