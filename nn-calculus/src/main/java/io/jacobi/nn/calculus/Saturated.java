package io.jacobi.nn.calculus;

/** Arithmetic that saturates at the largest long, because a plan that costs more is never chosen. */
final class Saturated {

    private Saturated() {}

    static long times(long a, long b) {
        return a != 0 && b > Long.MAX_VALUE / a ? Long.MAX_VALUE : a * b;
    }

    /** Saturates at the largest int, which is longer than any array, so it occurs in plans but never in a kernel. */
    static int toInt(long a) {
        return (int) Math.min(a, Integer.MAX_VALUE);
    }

    static long plus(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }
}
