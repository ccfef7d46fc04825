package io.jacobi.nn.math;

/**
 * The error function, erf x = 2/√π ∫₀ˣ e^(−t²) dt, and its complement erfc x = 1 − erf x, each to a relative error of
 * about 1e-15. This holds for erfc even where it is tiny and 1 − erf x would be 0.
 *
 * <p>Each of three intervals has a quotient of polynomials, multiplied by e^(−x²) on the outer two. Source of the
 * quotients: Cody 1969, "Rational Chebyshev approximations for the error function", tables II to IV.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // the digits of the publication, to be compared with it
public final class ErrorFunction {

    /** Ends of the inner two intervals. */
    private static final double INNER = 0.46875;

    private static final double MIDDLE = 4;

    /** From here on erfc is below the smallest double. */
    private static final double UNDERFLOW = 28;

    private static final double ONE_OVER_SQRT_PI = 1 / Math.sqrt(Math.PI);

    // highest power first
    private static final double[] INNER_ABOVE = {
        1.85777706184603153e-1,
        3.16112374387056560e+0,
        1.13864154151050156e+2,
        3.77485237685302021e+2,
        3.20937758913846947e+3
    };
    private static final double[] INNER_BELOW = {
        1, 2.36012909523441209e+1, 2.44024637934444173e+2, 1.28261652607737228e+3, 2.84423683343917062e+3
    };
    private static final double[] MIDDLE_ABOVE = {
        2.15311535474403846e-8,
        5.64188496988670089e-1,
        8.88314979438837594e+0,
        6.61191906371416295e+1,
        2.98635138197400131e+2,
        8.81952221241769090e+2,
        1.71204761263407058e+3,
        2.05107837782607147e+3,
        1.23033935479799725e+3
    };
    private static final double[] MIDDLE_BELOW = {
        1,
        1.57449261107098347e+1,
        1.17693950891312499e+2,
        5.37181101862009858e+2,
        1.62138957456669019e+3,
        3.29079923573345963e+3,
        4.36261909014324716e+3,
        3.43936767414372164e+3,
        1.23033935480374942e+3
    };
    private static final double[] OUTER_ABOVE = {
        1.63153871373020978e-2,
        3.05326634961232344e-1,
        3.60344899949804439e-1,
        1.25781726111229246e-1,
        1.60837851487422766e-2,
        6.58749161529837803e-4
    };
    private static final double[] OUTER_BELOW = {
        1,
        2.56852019228982242e+0,
        1.87295284992346047e+0,
        5.27905102951428412e-1,
        6.05183413124413191e-2,
        2.33520497626869185e-3
    };

    private ErrorFunction() {}

    /** erf x, from −1 to 1. */
    public static double erf(double x) {
        double a = Math.abs(x);
        if (a <= INNER) {
            return x * polynomial(INNER_ABOVE, x * x) / polynomial(INNER_BELOW, x * x);
        }
        return Math.copySign(1 - tail(a), x);
    }

    /** erfc x = 1 − erf x, from 2 to 0. */
    public static double erfc(double x) {
        double a = Math.abs(x);
        if (a <= INNER) {
            return 1 - erf(x);
        }
        return x < 0 ? 2 - tail(a) : tail(a);
    }

    /** erfc a for a above {@link #INNER}, or NaN. */
    private static double tail(double a) {
        if (a >= UNDERFLOW) {
            return 0;
        }
        if (a <= MIDDLE) {
            return expOfMinusSquare(a) * polynomial(MIDDLE_ABOVE, a) / polynomial(MIDDLE_BELOW, a);
        }
        double z = 1 / (a * a);
        double correction = z * polynomial(OUTER_ABOVE, z) / polynomial(OUTER_BELOW, z);
        return expOfMinusSquare(a) * (ONE_OVER_SQRT_PI - correction) / a;
    }

    /**
     * e^(−a²), with a² in two parts of which the first is exact, because exp multiplies an error of its argument by up
     * to 700.
     */
    private static double expOfMinusSquare(double a) {
        double head = Math.rint(a * 16) / 16;
        double rest = (a - head) * (a + head);
        return Math.exp(-head * head) * Math.exp(-rest);
    }

    private static double polynomial(double[] coefficients, double x) {
        double sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum * x + coefficients[i];
        }
        return sum;
    }
}
