package io.jacobi.nn.inference;

/**
 * The answer of a {@link Classifier}.
 *
 * @param label the name of the most probable class
 * @param index the index of this class, from 0
 * @param probability the probability that the model gives to it, from 0 to 1
 */
public record Classification(String label, int index, double probability) {}
