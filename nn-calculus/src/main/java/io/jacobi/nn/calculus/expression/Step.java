package io.jacobi.nn.calculus.expression;

/**
 * One line of a derivation: the derivative of {@code subject} by {@code by}, as the rule gives it and simplified.
 *
 * @param rule the rule's name
 */
public record Step(String rule, Expression subject, Variable by, Expression applied, Expression simplified) {

    /** Whether the other one derives the same thing at other indices. */
    public boolean isRenamed(Step other) {
        return by.equals(other.by)
                && Matches.of(subject, other.subject).findAny().isPresent();
    }
}
