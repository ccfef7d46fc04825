package io.jacobi.nn.calculus.expression;

/**
 * One line of a derivation: the derivative of {@code subject} with respect to {@code by}, as the rule gives it and then
 * simplified.
 *
 * @param rule the name of the rule
 */
public record Step(String rule, Expression subject, Variable by, Expression applied, Expression simplified) {

    /** Whether the other step differentiates the same expression at other indices. */
    public boolean isRenamed(Step other) {
        return by.equals(other.by)
                && Matches.of(subject, other.subject).findAny().isPresent();
    }
}
