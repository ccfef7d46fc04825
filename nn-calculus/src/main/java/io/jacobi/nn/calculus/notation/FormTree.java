package io.jacobi.nn.calculus.notation;

import java.util.List;

/** A formula in matrix notation of which only the forms of its parts matter. */
sealed interface FormTree {

    /** Whether the operators of a combination are + and -. */
    static boolean isSum(Combined combined) {
        return combined.operators().stream().allMatch(operator -> operator.equals("+") || operator.equals("-"));
    }

    /** A part whose form is known. */
    record Known(Form form) implements FormTree {}

    /** A name that is a number or a column vector. */
    record Open(String name) implements FormTree {}

    /** A sum or a product, from left to right; the operators are between the parts. */
    record Combined(List<String> operators, List<FormTree> parts) implements FormTree {}

    /** A function of an argument; "'" is a transpose, and "^" the power of a number or the inverse of a matrix. */
    record Applied(String function, FormTree argument) implements FormTree {}
}
