package io.jacobi.nn.calculus;

/** Counts that stop at the largest long: a plan that costs more is not the one to choose anyway. */
final class Saturated {

    private Saturated() {}

    static long times(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    /** For kernels: what is longer than an array can be is planned and never run. */
    static int toInt(long a) {
        return (int) Math.min(a, Integer.MAX_VALUE);
    }

    static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
