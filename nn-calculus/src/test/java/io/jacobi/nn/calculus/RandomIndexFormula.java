package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.notation.Variables;
import java.util.List;
import java.util.SplittableRandom;

/** Draws formulas in index notation, with arrays of up to three axes, diagonals, sums and functions. */
final class RandomIndexFormula {

    static final Variables VARIABLES = Variables.inferred()
            .scalar("s")
            .vector("x")
            .vector("y")
            .matrix("A")
            .matrix("B")
            .with("T", 3);

    private static final List<String> FACTORS = List.of("""
            s | 2 | 0.25 | x_i | y_j | x_k | A_ij | A_ji | B_jk | A_ii | B_kk | T_ijk | T_kji | T_iij | T_iik |
            x_i^2 | A_jj^2 | exp(A_ij) | sin(x_i) | cos(A_ii) | tanh(T_ijk) | δ_ij | δ_ik | inv(A)_ij |
            inv(A + B)_kk | det(A) | length(x) | length(T, 2) | (x_i + y_i) | (A_ij - x_j) | sum_j(B_ij) |
            sum_k(T_ijk .* x_k) | exp(x_j y_j) | (A_ij x_j) | 1 / (2 + s^2)""".split("\\s+\\|\\s+", -1));

    private final SplittableRandom random;

    RandomIndexFormula(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A sum of one to three products; not all of them make sense. */
    String next() {
        StringBuilder sum = new StringBuilder(random.nextInt(4) == 0 ? "-" : "");
        int terms = 1 + random.nextInt(3);
        for (int term = 0; term < terms; term++) {
            sum.append(term == 0 ? "" : random.nextBoolean() ? " + " : " - ").append(product());
        }
        return random.nextInt(5) == 0 ? "exp(" + sum + ")" : sum.toString();
    }

    private String product() {
        String operator = List.of(" ", " .* ", " / s .* ").get(random.nextInt(3));
        StringBuilder product = new StringBuilder();
        int factors = 1 + random.nextInt(3);
        for (int factor = 0; factor < factors; factor++) {
            product.append(factor == 0 ? "" : operator).append(FACTORS.get(random.nextInt(FACTORS.size())));
        }
        return product.toString();
    }
}
