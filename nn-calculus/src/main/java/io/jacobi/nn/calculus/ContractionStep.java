package io.jacobi.nn.calculus;

/**
 * Two arrays become one. They are numbered: first the operands, then the results of the steps.
 *
 * @param left the number of the first
 * @param right the number of the second
 * @param indices the indices of the result
 * @param multiplications how many products of two numbers it takes
 */
record ContractionStep(int left, int right, String indices, long multiplications) {}
