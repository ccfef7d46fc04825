package io.jacobi.nn.check.claim;

import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Where a function is defined. Gradients are compared where the function gives finite numbers: if it does not, every
 * comparison fails and none says why, so one claim says it instead of all.
 */
public final class Domain {

    /** Numbers at which a function with a narrow domain is defined, such as a logarithm, an arc cosine or a root. */
    private static final double[] COMMON = {0.5, 2, -0.5, 1, 0};

    /** The name of the claim that is made instead of all others. */
    static final String NAME = "it is defined where it is checked";

    private Domain() {}

    /**
     * Returns the claim that is made instead of all others, about a function that is not defined where it is checked.
     *
     * @param observed such as {@code y[0, 1] is NaN where input[0, 1] is 1.5}
     * @param expected what the function was to be checked on, such as {@code inputs at which the layer is defined}
     */
    public static Claim undefined(int batch, String observed, String expected, String fix) {
        String failure = observed + "\n  expected " + expected + "\n  fix: " + fix;
        return Claim.of(NAME, batch, () -> failure);
    }

    /** The position of the first number that is NaN or infinite; empty if all are finite. */
    public static OptionalInt firstNotFinite(double[] values) {
        int first = Vectors.firstNonFinite(values, values.length);
        return first < 0 ? OptionalInt.empty() : OptionalInt.of(first);
    }

    /**
     * An argument at which a function is not defined, and the first result that is not finite because of it.
     *
     * @param argument the position of the argument
     * @param result the position of the result
     * @param value the result, NaN or infinite
     */
    public record Culprit(int argument, int result, double value) {}

    /**
     * Finds an argument at which a function is not defined: among arguments at which it is defined, replaces the first
     * by the first of {@code x}, then the second, and so on, until a result is not finite. Bisection takes as many
     * evaluations as the number of arguments has bits.
     *
     * @param f is not defined either where it throws IllegalArgumentException
     * @return empty if there are no arguments, or if {@code f} is not defined at any of {@link #COMMON}
     */
    public static Optional<Culprit> culprit(double[] x, UnaryOperator<double[]> f) {
        if (x.length == 0) {
            return Optional.empty();
        }
        for (double common : COMMON) {
            if (isDefined(f, mixed(x, 0, common))) {
                int defined = 0;
                int undefined = x.length;
                while (undefined - defined > 1) {
                    int middle = (defined + undefined) / 2;
                    if (isDefined(f, mixed(x, middle, common))) {
                        defined = middle;
                    } else {
                        undefined = middle;
                    }
                }
                return culprit(f, mixed(x, undefined, common), undefined - 1);
            }
        }
        return Optional.empty();
    }

    private static Optional<Culprit> culprit(UnaryOperator<double[]> f, double[] x, int argument) {
        double[] results = f.apply(x);
        OptionalInt result = firstNotFinite(results);
        return result.isEmpty()
                ? Optional.empty()
                : Optional.of(new Culprit(argument, result.getAsInt(), results[result.getAsInt()]));
    }

    /** The first {@code count} numbers of x, and another number in the place of each of the rest. */
    private static double[] mixed(double[] x, int count, double rest) {
        double[] mixed = Arrays.copyOf(x, x.length);
        Arrays.fill(mixed, count, x.length, rest);
        return mixed;
    }

    private static boolean isDefined(UnaryOperator<double[]> f, double[] x) {
        try {
            return firstNotFinite(f.apply(x)).isEmpty();
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
