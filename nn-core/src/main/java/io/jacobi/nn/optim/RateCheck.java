package io.jacobi.nn.optim;

/** What a schedule's numbers may be. */
final class RateCheck {

    private RateCheck() {}

    static void positive(String name, double rate) {
        if (!(rate > 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "The " + name + " is " + rate + "\n  expected a positive, finite number");
        }
    }

    static void notNegative(String name, double rate) {
        if (!(rate >= 0 && Double.isFinite(rate))) {
            throw new IllegalArgumentException(
                    "The " + name + " is " + rate + "\n  expected a finite number, at least 0");
        }
    }

    static void steps(long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException("A schedule lasts " + steps + " steps\n  expected at least 1");
        }
    }
}
