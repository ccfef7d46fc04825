package io.jacobi.nn.calculus.notation;

import java.util.Optional;
import java.util.Set;

/** Which arguments the functions of matrix notation take, and the forms of their values. */
final class Signature {

    private static final Set<String> OF_VECTORS = Set.of("norm1", "norm2", "logsumexp", "softmax", "length");
    private static final Set<String> OF_MATRICES = Set.of("normF", "tr", "det", "logdet", "inv", "rows", "columns");
    private static final Set<String> NUMBERS = Set.of(
            "sum", "mean", "norm1", "norm2", "logsumexp", "length", "normF", "tr", "det", "logdet", "rows", "columns");

    private Signature() {}

    /** The form of the value for an argument of the given form; empty if the function does not take it. */
    static Optional<Form> value(String function, Form argument) {
        boolean takes = OF_VECTORS.contains(function)
                ? argument.isVector()
                : OF_MATRICES.contains(function)
                        ? argument == Form.MATRIX
                        : !function.equals("diag") || argument != Form.NUMBER;
        if (!takes) {
            return Optional.empty();
        }
        if (function.equals("diag")) {
            return Optional.of(argument == Form.MATRIX ? Form.COLUMN : Form.MATRIX);
        }
        return Optional.of(NUMBERS.contains(function) ? Form.NUMBER : argument);
    }

    /** The arguments that the function takes, in words. */
    static String argument(String function) {
        if (OF_MATRICES.contains(function)) {
            return "a matrix";
        }
        return function.equals("diag")
                ? "a vector or a matrix"
                : "a vector" + (function.equals("norm2") ? "; use normF for a matrix" : "");
    }
}
