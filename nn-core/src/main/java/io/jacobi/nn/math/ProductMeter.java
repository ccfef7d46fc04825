package io.jacobi.nn.math;

/**
 * Counts the matrix products of one {@link Scratch}: how many there were, how long they took, and their arithmetic. A product of
 * [m, k] and [k, n] has 2 m n k operations, a multiplication and an addition each.
 */
public final class ProductMeter {

    private long products;
    private long nanos;
    private double operations;

    /** Counts nothing until a scratch has it. */
    public ProductMeter() {}

    void add(long m, long n, long k, long took) {
        products++;
        nanos += took;
        operations += 2d * m * n * k;
    }

    /** How many there were. */
    public long products() {
        return products;
    }

    /** How long they took, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** Floating-point operations. */
    public double operations() {
        return operations;
    }
}
