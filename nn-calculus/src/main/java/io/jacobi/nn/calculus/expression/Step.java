package io.jacobi.nn.calculus.expression;

/**
 * One line of a derivation: the derivative of {@code subject} by {@code by}, as the rule gives it and simplified.
 *
 * @param rule the rule's name
 */
public record Step(String rule, Expression subject, Variable by, Expression applied, Expression simplified) {}
