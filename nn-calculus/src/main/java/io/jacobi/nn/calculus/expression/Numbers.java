package io.jacobi.nn.calculus.expression;

import java.math.BigDecimal;

/** How numbers are written. */
public final class Numbers {

    private Numbers() {}

    /** The shortest decimal that is this double; whole numbers without a point, 1e20 not in full. */
    public static String text(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? BigDecimal.valueOf(value).toBigInteger().toString() : Double.toString(value);
    }
}
