package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.notation.Variables;
import java.util.List;
import java.util.SplittableRandom;

/** Draws formulas in matrix notation, whose matrices are all square, so that every product fits. */
public final class RandomFormula {

    /** The variables of all formulas. */
    public static final Variables VARIABLES = Variables.inferred()
            .scalar("s")
            .scalar("t")
            .vector("x")
            .vector("y")
            .matrix("A")
            .matrix("B");

    private static final List<String> FUNCTIONS =
            List.of("exp", "sin", "tanh", "sigmoid", "softplus", "abs", "relu", "step", "cos", "erf");

    private final SplittableRandom random;

    public RandomFormula(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String function() {
        return FUNCTIONS.get(random.nextInt(FUNCTIONS.size()));
    }

    /** A formula of any kind. */
    public String any(int depth) {
        int kind = random.nextInt(3);
        return kind == 0 ? number(depth) : kind == 1 ? vector(depth) : matrix(depth);
    }

    private String number(int depth) {
        return "(" + bareNumber(depth) + ")";
    }

    private String bareNumber(int depth) {
        if (depth == 0) {
            return one("s", "t", "2", "0.5", "3", "length(x)", "rows(A)");
        }
        int d = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> number(d) + " + " + number(d);
            case 1 -> number(d) + " - " + number(d);
            case 2 -> number(d) + "*" + number(d);
            case 3 -> number(d) + " / (2 + " + number(d) + "^2)";
            case 4 -> vector(d) + "'*" + vector(d);
            case 5 -> "sum" + vector(d);
            case 6 -> "sum" + matrix(d);
            case 7 -> "tr" + matrix(d);
            case 8 -> "norm2" + vector(d) + one("", "^2", "^3");
            case 9 -> "normF" + matrix(d) + one("", "^2", "^-1");
            case 10 -> "mean" + vector(d);
            case 11 -> function() + number(d);
            case 12 -> "det" + matrix(d);
            default -> "-" + number(d);
        };
    }

    private String vector(int depth) {
        return "(" + bareVector(depth) + ")";
    }

    private String bareVector(int depth) {
        if (depth == 0) {
            return one("x", "y");
        }
        int d = depth - 1;
        return switch (random.nextInt(14)) {
            case 0 -> vector(d) + " + " + vector(d);
            case 1 -> vector(d) + " - " + vector(d);
            case 2 -> number(d) + "*" + vector(d);
            case 3 -> matrix(d) + "*" + vector(d);
            case 4 -> vector(d) + " .* " + vector(d);
            case 5 -> vector(d) + " ./ (2 + " + vector(d) + ".^2)";
            case 6 -> "diag" + matrix(d);
            case 7 -> function() + vector(d);
            case 8 -> vector(d) + one(".^2", ".^3", ".^-1");
            case 9 -> vector(d) + " + " + number(d);
            case 10 -> matrix(d) + "'*" + vector(d);
            case 11 -> vector(d) + " / (1 + " + number(d) + "^2)";
            case 12 -> "sum" + vector(d) + "*" + vector(d);
            default -> "-" + vector(d);
        };
    }

    private String matrix(int depth) {
        return "(" + bareMatrix(depth) + ")";
    }

    private String bareMatrix(int depth) {
        if (depth == 0) {
            return one("A", "B");
        }
        int d = depth - 1;
        return switch (random.nextInt(15)) {
            case 0 -> matrix(d) + " + " + matrix(d);
            case 1 -> matrix(d) + " - " + matrix(d);
            case 2 -> number(d) + "*" + matrix(d);
            case 3 -> matrix(d) + "*" + matrix(d);
            case 4 -> matrix(d) + "'";
            case 5 -> matrix(d) + " .* " + matrix(d);
            case 6 -> vector(d) + "*" + vector(d) + "'";
            case 7 -> "diag" + vector(d);
            case 8 -> function() + matrix(d);
            case 9 -> matrix(d) + one(".^2", ".^-1");
            case 10 -> "inv(" + matrix(d) + " + 20*I)";
            case 11 -> matrix(d) + " + I";
            case 12 -> matrix(d) + " + " + number(d);
            case 13 -> matrix(d) + " ./ (2 + " + matrix(d) + ".^2)";
            default -> "-" + matrix(d);
        };
    }
}
