package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jacobi.nn.calculus.Derivation;
import io.jacobi.nn.calculus.Einsum;
import io.jacobi.nn.calculus.Formula;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Long and deep formulas. Each of these took a time that doubled with each level or name, so that no timeout would have
 * been long enough; now they take milliseconds, and the timeout is a guard only.
 */
@Timeout(60)
class LongFormulasTest {

    private static final int LONGEST_MESSAGE = 1_000;

    private static String nested(String open, String inner, String close, int depth) {
        return open.repeat(depth) + inner + close.repeat(depth);
    }

    private static String sum(String term, int terms) {
        return IntStream.range(0, terms)
                .mapToObj(n -> term.replace("#", Integer.toString(n)))
                .collect(Collectors.joining(" + "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "( | x | ) | 1",
                "exp( | x | ) | 1",
                "x .* ( | x | ) | 1",
                "(1 + sum( | x | )) | 2",
                "inv(A* | A | ) | 1",
                "-(- | x | ) | 1",
                "mean(x - | x | ) | 1",
                "x_i exp( | x_j | ) | 1",
                "2^( | 1 | ) | 2",
                "sqrt(x'*x + | s | ) | 1",
            })
    void theDepthIsLimited(String open, String inner, String close, int levels) {
        assertThat(Formula.parse(nested(open, inner, close, Tokens.DEPTH / levels))
                        .toString())
                .isNotEmpty();
        for (int depth : List.of(Tokens.DEPTH + 1, 1_000, 10_000)) {
            String deep = nested(open, inner, close, depth);
            SyntaxException error = catchThrowableOfType(SyntaxException.class, () -> Formula.parse(deep));
            assertThat(error)
                    .hasMessageContaining("the formula is nested too deeply")
                    .hasMessageContaining("at most " + Tokens.DEPTH);
            assertThat(error.getMessage()).hasSizeLessThan(LONGEST_MESSAGE);
        }
    }

    @Test
    void signsAndTransposesDoNotNest() {
        assertThat(Formula.parse("-".repeat(10_001) + "x")).hasToString("-x");
        assertThat(Formula.parse("x" + "'".repeat(10_001) + "*x")).hasToString("x'*x");
        assertThatThrownBy(() -> Formula.parse("x.^2" + "^2".repeat(10_000))).isInstanceOf(SyntaxException.class);
    }

    @Test
    void equalTermsAreAddedUp() {
        assertThat(Formula.parse(sum("x", 1_000))).hasToString("1000*x");
        assertThat(Formula.parse(sum("x_i y_i", 1_000))).hasToString("1000*(x'*y)");
        assertThat(Formula.parse(sum("x", 1_000).replace("+", ".*")).derive("x").derivative())
                .hasToString("1000*diag(x.^999)");
    }

    @Test
    void manyNamesAreInferredOrRefusedAtOnce() {
        assertThat(Formula.parse(sum("x#'*y#", 300)).derive("y7")).hasToString("x7");
        assertThatThrownBy(() -> Formula.parse(sum("a#*x#", 300)))
                .hasMessageContaining("a0 or x0 is a scalar, but the formula does not determine which");
        assertThatThrownBy(() -> Formula.parse(sum("a# .* x#", 300) + " + foo(x1)"))
                .hasMessageContaining("unknown function \"foo\"");
        assertThatThrownBy(() -> Formula.parse(sum("a# .* x#", 300) + " + A + x1'"))
                .hasMessageContaining("is not defined");
    }

    /** The printed derivative grows with the square of the depth, and the number of steps with the depth. */
    @ParameterizedTest
    @ValueSource(strings = {"tanh(W#*@ + b#)", "tanh(@*W#)"})
    void deepNetworksAreDifferentiated(String layer) {
        int steps = steps(layer, 16);
        assertThat(steps(layer, 32) - steps).isLessThanOrEqualTo(steps + 16);
    }

    private static int steps(String layer, int depth) {
        String network = layer.startsWith("tanh(@") ? "X" : "x";
        for (int n = 0; n < depth; n++) {
            network = layer.replace("#", Integer.toString(n)).replace("@", network);
        }
        Derivation derivation = Formula.parse("sum(" + network + ")").derive("W0");
        assertThat(derivation.derivative().index().length()).isLessThan(60 * depth * depth + 1_000);
        return derivation.steps().size();
    }

    @Test
    void meansOfMeansDoNotRepeatTheirArgument() {
        String formula = nested("mean(x - ", "x", ")", 60);

        assertThat(Formula.parse(formula).expression().toString().length()).isLessThan(60 * 2_000);
    }

    /** Without a matrix notation, the square of an array of rank 3 was printed as a norm of itself, for ever. */
    @Test
    void squaresOfArraysWithThreeAxesArePrinted() {
        assertThat(Formula.parse("sum_ijk(T_ijk^2)")).hasToString("sum_ijk(T_ijk^2)");
        assertThat(Formula.parse("sum_ijk(T_ijk^2)").latex()).isEqualTo("\\sum_{i j k} T_{i j k}^{2}");
        assertThat(Formula.parse("s T_ijk T_ijk").derive("s")).hasToString("sum_ijk(T_ijk^2)");
        assertThat(Formula.parse("sum_ij((T_ijk x_k)^2)")).hasToString("sum_ij((T_ijk x_k)^2)");
        assertThat(Formula.parse("sqrt(sum_ijk(T_ijk^2))")
                        .derive("T")
                        .derivative()
                        .index())
                .isEqualTo("T_lmn / sqrt(sum_ijk(T_ijk^2))");
    }

    @Test
    void messagesAreBounded() {
        String name = "x".repeat(100_000);
        for (String formula : List.of(
                name + "(y)",
                name + " + A*",
                sum("a#*b#'", 1_000) + " * * 2",
                name + "*y",
                "A + " + name,
                "$" + name)) {
            assertThatThrownBy(() -> Formula.parse(formula))
                    .isInstanceOf(SyntaxException.class)
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(LONGEST_MESSAGE));
        }
        assertThatThrownBy(() -> Formula.parse(sum("x#", 1_000)).derive(name))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(LONGEST_MESSAGE));
        assertThatThrownBy(() -> Einsum.of("i".repeat(100_000) + ";"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(LONGEST_MESSAGE));
        SyntaxException error =
                catchThrowableOfType(SyntaxException.class, () -> Formula.parse(sum("x", 1_000) + " + * + x"));
        List<String> lines = String.valueOf(error.getMessage()).lines().toList();
        assertThat(lines.get(1).charAt(lines.get(2).indexOf('^')))
                .as("above the caret")
                .isEqualTo('*');
    }
}
