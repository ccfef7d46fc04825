package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jacobi.nn.calculus.Formula;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                // products and transposes
                "x^T*A*x; x'*A*x",
                "X^T*X*w; X'*X*w",
                "x^T A x; x'*A*x",
                "x^{T}*A*x; x'*A*x",
                "(A*x)^T*(A*x); (A*x)'*(A*x)",
                "x⊤*A*x; x'*A*x",
                "x^⊤ y; x'*y",
                "x’*y; x'*y",
                "x.T @ A @ x; x'*A*x",
                "A^-T*x; A'^-1*x",
                "A^{-1} x; A^-1*x",
                "A⁻¹*x; A^-1*x",
                "A\\b; inv(A)*b",
                "x' A x + b; x'*A*x + b",
                "3(x + y); 3*(x + y)",
                "A(x + y); A*(x + y)",
                "tr(X^T A X); tr(X'*A*X)",
                "A ⊙ B; A .* B",
                "w·x + b; w'*x + b",
                "A·x; A*x",
                "x·x; x'*x",
                "(x - y)·y; (x - y)'*y",
                "2·x; 2*x",
                "λ·x'*x; λ*x'*x",
                "x − y; x - y",
                "y = A*x; A*x",
                // powers
                "x²; x.^2",
                "x**2; x.^2",
                "sum((y - X w)^2); sum((y - X*w).^2)",
                "e^x; exp(x)",
                "e^(-x); exp(-x)",
                "2^x; exp(x*log(2))",
                // norms and functions
                "||x||^2; norm2(x)^2",
                "½||Xw - y||² + λ||w||₂²; 0.5*norm2(X*w - y)^2 + λ*norm2(w)^2",
                "||A||_F^2; normF(A)^2",
                "||A||^2; normF(A)^2",
                "x^T y / (||x|| ||y||); x'*y / (norm2(x)*norm2(y))",
                "sum(|x|); sum(abs(x))",
                "norm_2(x); norm2(x)",
                "norm(A*x - b)^2; norm2(A*x - b)^2",
                "norm(A); normF(A)",
                "trace(A*B); tr(A*B)",
                "Tr(A); tr(A)",
                "ln(det(A)); log(det(A))",
                "log_det(A); logdet(A)",
                "dot(a, b); a'*b",
                "np.dot(x - y, y); (x - y)'*y",
                "dot(A, x); A*x",
                "dot(A*x, y); (A*x)'*y",
                "dot(x, x); x'*x",
                "outer(a, b); a*b'",
                "hadamard(A, B); A .* B",
                "max(0, A*x); relu(A*x)",
                "min(x, 0); -relu(-x)",
                "pow(x, 3); x.^3",
                "log1p(x - y); log(1 + (x - y))",
                "σ(W*x + b); sigmoid(W*x + b)",
                "sum(X, axis=0); X'*ones",
                "sum(X, axis=1); X*ones",
                // sums over an index
                "sum_i a_i; sum(a)",
                "∑_i x_i; sum(x)",
                "Σ_i(x_i); sum(x)",
                "2 sum_i x_i; 2*sum(x)",
                "sum_ij A_ij; sum(A)",
                "sum_k A_ik B_kj; A_ik B_kj",
                "Σ_i w_i x_i + b; w_i x_i + b",
                "\\sum_j A_ij x_j; A_ij x_j",
                "sum_i sum_j A_ij x_i y_j; A_ij x_i y_j",
                "sum_i x_i^2; sum(x.^2)",
                "sum_i log(x_i); sum(log(x))",
                "sum_i (x_i - y_i)^2; sum((x - y).^2)",
                "-sum_i t_i log(p_i); -t_i log(p_i)",
                "sum_i log(a_i * b_i); sum(log(a .* b))",
                "sum_i x_i / y_i; sum(x ./ y)",
                "sum_i x_i .* y_i; sum(x .* y)",
                "sum_ij A_ij B_ij C_ij; A_ij B_ij C_ij",
                "sum_i (x_i - y_i)^2 + s; sum((x - y).^2) + s",
                "sum_i A_ij + x_j; sum_i(A_ij) + x_j",
                "softmax(x_i); softmax(x)",
            })
    void formulasOfOtherNotationsAreRewritten(String formula, String right) {
        SyntaxException error = catchThrowableOfType(SyntaxException.class, () -> Formula.parse(formula));

        assertThat(error).hasMessageEndingWith("fix: write " + right).hasMessageContaining("\n  " + formula + "\n");
        assertThatCode(() -> Formula.parse(right)).doesNotThrowAnyException();
    }

    /** A sum that is meant of the terms or of the power would be read as the other. */
    @Test
    void aPowerAfterASumIsReadWithoutASpace() {
        assertThat(Formula.parse("sum_i(x_i - y_i)^2")).hasToString("sum(x - y)^2");
        assertThat(Formula.parse("sum_i (x_i - y_i)")).hasToString("sum(x - y)");
        assertThat(Formula.parse("(sum_i (x_i - y_i))^2")).hasToString("sum(x - y)^2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "relu'(x); did not expect \"(\"",
                "pinv(A); unknown function \"pinv\"",
                "kron(A, B); unknown function \"kron\"",
                "x[0]; \"[\" is not part of the notation",
                "f(x); unknown function \"f\"",
                "g(A); unknown function \"g\"",
                "A² x; \"²\" is not part of the notation",
                "(A B)^2; did not expect \"B\"",
                "|A|; \"|\" is not part of the notation",
                "mu x' u; did not expect \"x\"",
                "sum_i log(a_i b_i); has no argument in parentheses",
                "||$1||; \"|\" is not part of the notation",
                "||\\x||; \"|\" is not part of the notation",
                "max(x, y); write relu(x) for max(x, 0)",
                "max(x, y) + z; write relu(x) for max(x, 0)",
                "||x|| +; \"|\" is not part of the notation",
            })
    void nothingIsSuggestedThatDoesNotRead(String formula, String message) {
        SyntaxException error = catchThrowableOfType(SyntaxException.class, () -> Formula.parse(formula));

        assertThat(error).hasMessageContaining(message);
        assertThat(error.getMessage())
                .doesNotContain(
                        "fix: write " + formula, "m*u", "relu'*", "pinv*", "f*(", "g*(", "A.^2", ").^2", "det(A)");
    }

    /** Whatever the text, there is a message, and reading ends. */
    @Test
    void anyTextIsReadOrRefused() {
        List<String> pieces = List.of(
                "x", "A", "_i", "_{ij}", "^", "²", "||", "|", "‖", "(", ")", "'", "^T", "\\", "$1", "sum_i ", "Σ_j",
                "dot(", ",", "·", "×", "@", "{", "}", " ", "2", ".", "/", "*", "+", "-", "norm(", "e^", "=", "√", "⊤");
        SplittableRandom random = new SplittableRandom(38);
        int read = 0;
        for (int n = 0; n < 5_000; n++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(1, 9); length > 0; length--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            try {
                Formula.parse(text.toString());
                read++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused).as(text.toString()).hasMessageNotContaining("Exception");
            }
        }
        assertThat(read).isBetween(1, 4_000);
    }

    @Test
    void aLongFormulaIsNotRewritten() {
        String formula = "x' y" + " + x'*y".repeat(100);
        SyntaxException error = catchThrowableOfType(SyntaxException.class, () -> Formula.parse(formula));

        assertThat(error.getMessage()).hasSizeLessThan(1_000).contains("fix: write x'*y + x'*y");
    }
}
