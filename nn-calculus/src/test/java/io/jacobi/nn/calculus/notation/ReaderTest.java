package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jacobi.nn.calculus.Formula;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "x + | 4 | did not expect the end",
                "x $ y | 3 | \"$\" is not part of the notation",
                "x' * * A | 6 | did not expect \"*\"",
                "x') | 3 | did not expect \")\"",
                "sum(x | 6 | expected \")\"",
                "foo(x) | 1 | unknown function \"foo\"",
                "norm2(A) | 1 | use normF for a matrix",
                "tr(x') | 1 | \"tr\" does not take a row vector",
                "x' + A | 4 | a row vector + a matrix is not defined",
                "x' * y * y' * z' | 13 | a row vector * a row vector is not defined",
                "y' / x' | 4 | write ./ to divide element by element",
                "A^2 | 2 | A*A for a matrix product",
                "x'^2 | 3 | write .^ for the power of each element",
                "x.^y' | 4 | this exponent is not a number",
                "a * x | 1 | a or x is a scalar, but the formula does not determine which",
                "x_i A_ij x_jk | 10 | \"x\" has 2 indices here but is a vector",
                "x_i + sum_j(x_i) | 13 | cannot sum over [j]",
                "x_ | 3 | expected an index",
                "delta_i x_i | 1 | expected two, as in delta_ij",
                "length(A) | 1 | expected the name of a vector",
                "diag(2) | 1 | expected a vector or a matrix",
                "1e400*x'*x | 1 | \"1e400\" is too large",
                "2 x_i + 1e309 | 9 | is too large",
                "sum_i x_i | 1 | sum(x)",
                "Σ_i x_i | 1 | sum(x)",
                "sum_j W_ij x_j | 1 | W_ij x_j",
                "X*W' + b | 6 | ones*b'",
                "norm2(X*W' + b - Y)^2 | 12 | ones*b'",
                "b + X*W' | 3 | ones*b'",
                "X - mu | 3 | ones*mu'",
                "Y - X*W' - c' | 10 | ones*c'",
                "X .* s' | 3 | diag(s)",
                "s' .* X | 4 | diag(s)",
                "x_i x_i x_i | 1 | x.^3",
                "2 a_k a_k a_k a_k | 1 | a.^4",
                "A_ij A_ij A_ij | 1 | A.^3 in matrix notation, or A_ij^3",
                "x^T*A*x | 3 | x'*A*x",
                "x'Ax | 3 | x'*A*x",
                "x' A x | 4 | x'*A*x",
                "2x | 2 | 2*x",
                "X @ w | 3 | X*w",
                "trace(A) | 1 | tr(A)",
                "norm(x) | 1 | norm2(x)",
                "ln(x) | 1 | log(x)",
                "dot(x, y) | 1 | x'*y",
                "max(x, 0) | 1 | relu(x)",
                "foo(x_i + y_i) | 1 | unknown function \"foo\"",
                "x_α | 3 | \"α\" is not an index",
                "length(x, 1) + x_i | 11 | \"x\" has no axis \"1\"",
                "inv(A_ij)_ij | 6 | did not expect \"_\"",
                "~  ~ | 1 | the formula is empty",
            })
    void errorsPointAtTheColumn(String formula, int column, String message) {
        SyntaxException error = catchThrowableOfType(SyntaxException.class, () -> Formula.parse(formula));

        assertThat(error).hasMessageContaining(message).hasMessageStartingWith("column " + column);
        assertThat(error.column()).isEqualTo(column);
        assertThat(error.getMessage()).contains("\n  " + formula + "\n  " + " ".repeat(column - 1) + "^");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x_i A_ij x_j | x'*A*x",
                "A_{i j} B_{jk} | A*B",
                "A_ii | tr(A)",
                "A_{i1 i2} x_{i2} | A*x",
                "sum_i(x_i) | sum(x)",
                "x_i .* y_i | x .* y",
                "x_i / y_i | x ./ y",
                "δ_ij x_j + 2 x_i | 3*x",
                "x_i + 1_i | x + 1",
                "2 x_i y_i / sqrt(z_j z_j) | 2*(x'*y) / norm2(z)",
                "inv(A)_ij x_j | inv(A)*x",
                "inv_kl(A_km B_ml)_ij x_j | inv(A*B)*x",
                "det(A) + logdet_ij(A_ij + B_ij) + tr(A) | det(A) + logdet(A + B) + tr(A)",
                "-x^2 | -x^2",
                "x_i^-1 | 1 ./ x",
                "A^-1 * x | inv(A)*x",
                "A*I*x | A*x",
                "(A + 2*I)*x | A*x + 2*x",
                "x''*1 | x",
                "xᵀ*A*x | x'*A*x",
                "(A*x)ᵀ*Aᵀ*y | x'*A'*A'*y",
                "softmax(x) | exp(x) / sum(exp(x))",
                "norm1(x) + norm2(x) | sum(abs(x)) + norm2(x)",
                "3 - 1 + x*0.5e1 - x | 2 + 4*x",
                "diag(diag(A)) | diag(diag(A))",
                "columns(A)*x' | columns(A)*x",
                "rows(A')*x + columns(A')*x | columns(A)*x + rows(A)*x",
                "a (x_i + y_i) | a*(x + y)",
                "2 a (b + 1) x_i | 2*a*(b + 1)*x",
                "diag(x) + 2 | diag(x) + 2*ones*ones'",
                "x_i / 3 + x_i / 6 | 0.5*x",
                "(0.1 + 0.2)*x | 0.3*x",
                "Σ*x + Γ'*α | Σ*x + Γ'*α",
            })
    void readsBothNotations(String formula, String printed) {
        assertThat(Formula.parse(formula)).hasToString(printed);
    }

    @Test
    void infersNumbersWhereTheFormulaRequiresThem() {
        assertThat(Formula.parse("s^2 * x'").variables().rank("s")).contains(0);
        assertThat(Formula.parse("s^2 * x'").variables().rank("x")).contains(1);
        assertThat(Formula.parse("exp(x)").variables().rank("x")).contains(1);
        assertThat(Formula.parse("sigmoid(w'*x + b)").variables().rank("b")).contains(0);
        assertThat(Formula.parse("0.5*norm2(y - X*w)^2 + lambda*norm2(w)^2")
                        .variables()
                        .ranks())
                .containsEntry("lambda", 0)
                .containsEntry("y", 1)
                .containsEntry("w", 1);
        assertThat(Formula.parse("w'*x + b + A*c").variables().rank("b")).contains(1);
        assertThat(Formula.parse("x - mean(x)").variables().rank("x")).contains(1);
        assertThat(Formula.parse("exp(x) / sum(exp(x))").variables().rank("x")).contains(1);
        assertThat(Formula.parse("x + 2").variables().rank("x")).contains(1);
        assertThat(Formula.parse("sum(x)*y").variables().rank("y")).contains(1);
        assertThat(Formula.parse("a*x", Variables.inferred().scalar("a"))
                        .variables()
                        .rank("x"))
                .contains(1);
        assertThat(Formula.parse("a*x", Variables.inferred().matrix("a"))
                        .variables()
                        .rank("a"))
                .contains(2);
        assertThat(Formula.parse("X' * y", Variables.inferred().vector("X"))).hasToString("X'*y");
    }

    @Test
    void identityAndOnesNeedAKnownSize() {
        assertThatThrownBy(() -> Formula.parse("tr(I)")).hasMessageContaining("I has no known size");
        assertThatThrownBy(() -> Formula.parse("sum(ones)")).hasMessageContaining("ones has no known size");
        assertThatThrownBy(() -> Formula.parse("A_ijk * tr(C)", Variables.inferred())
                        .variables()
                        .rank("A")
                        .map(rank -> Formula.parse("A*x", Variables.inferred().with("A", rank))))
                .hasMessageContaining("more than two axes");
    }
}
