package io.jacobi.nn.calculus;

/**
 * A product of two arrays. Arrays are numbered: first the operands, then the results of the steps.
 *
 * @param left the number of the first array
 * @param right the number of the second array
 * @param indices the indices of the result
 * @param multiplications the number of scalar multiplications
 */
record ContractionStep(int left, int right, String indices, long multiplications) {}
