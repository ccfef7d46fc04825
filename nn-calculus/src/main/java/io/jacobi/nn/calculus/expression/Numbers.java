package io.jacobi.nn.calculus.expression;

import java.math.BigDecimal;

/** Formats numbers. */
public final class Numbers {

    private Numbers() {}

    /** The shortest decimal that represents the double; integers have no decimal point, and 1e20 is not expanded. */
    public static String text(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? BigDecimal.valueOf(value).toBigInteger().toString() : Double.toString(value);
    }
}
