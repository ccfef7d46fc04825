package io.jacobi.nn.math;

/**
 * Counts the matrix products that use a {@link Scratch}: their number, their time and their operations. A product of
 * [m, k] and [k, n] has 2 m n k floating-point operations, m n k multiplications and as many additions.
 */
public final class ProductMeter {

    private long products;
    private long nanos;
    private double operations;

    /** A meter at 0, which counts once {@link Scratch#meter} has it. */
    public ProductMeter() {}

    void add(long m, long n, long k, long took) {
        products++;
        nanos += took;
        operations += 2d * m * n * k;
    }

    /** The number of products. */
    public long products() {
        return products;
    }

    /** The time of all products, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** The floating-point operations of all products. */
    public double operations() {
        return operations;
    }
}
