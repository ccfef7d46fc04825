package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.calculus.notation.SyntaxException;
import io.jacobi.nn.calculus.notation.Variables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is printed reads back to the same value, in both notations. */
class ReadBackTest {

    private static final int FORMULAS = 700;

    /** The formula and its derivatives with at most three axes. */
    private static List<Formula> withDerivatives(Formula formula) {
        List<Formula> all = new ArrayList<>(List.of(formula));
        for (String name : formula.names()) {
            int axes = formula.axes().size() + formula.variables().rank(name).orElse(0);
            if (axes <= 3) {
                all.add(formula.derive(name).derivative());
            }
        }
        return all;
    }

    /** Checks all printed forms and returns their number. */
    private static int check(Formula source, String written, long seed) {
        Map<String, INDArray> values = RandomValues.of(source.shapes(Map.of(), open -> 3), seed);
        int forms = 0;
        for (Formula formula : withDerivatives(source)) {
            for (String text : List.of(formula.index(), formula.toString())) {
                assertThat(ReadBack.problem(formula, text, values))
                        .as("%s, from %s", text, written)
                        .isEmpty();
                forms++;
            }
        }
        return forms;
    }

    @Test
    void randomFormulasInMatrixNotation() {
        RandomFormula random = new RandomFormula(35);
        int forms = 0;
        for (int n = 0; n < FORMULAS; n++) {
            String written = random.any(1 + n % 3);
            forms += check(Formula.parse(written, RandomFormula.VARIABLES), written, n);
        }
        assertThat(forms).isGreaterThan(3_000);
    }

    @Test
    void randomFormulasInIndexNotation() {
        RandomIndexFormula random = new RandomIndexFormula(36);
        int forms = 0;
        for (int n = 0; n < 2 * FORMULAS; n++) {
            String written = random.next();
            Optional<Formula> formula = read(written);
            forms += formula.isPresent() ? check(formula.get(), written, n) : 0;
        }
        assertThat(forms).isGreaterThan(3_000);
    }

    private static Optional<Formula> read(String written) {
        try {
            return Optional.of(Formula.parse(written, RandomIndexFormula.VARIABLES));
        } catch (SyntaxException senseless) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("no known size");
            return Optional.empty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "B*exp(diag(A)) | A | B_ik .* exp(sum_j(A_kj .* δ_kj)) .* δ_kl",
                "diag(A)        | A | δ_ij .* δ_ik",
                "tr(A)^2 / s    | s | -(A_ii)^2 / s^2",
                "2*s*t          | s | 2*t",
                "x / 3          | x | 1/3 δ_ij",
            })
    void formsThatWereReadDifferently(String formula, String by, String index) {
        Formula source = Formula.parse(formula, Variables.inferred().scalar("s").scalar("t"));

        assertThat(check(source, formula, 1)).isPositive();
        assertThat(source.derive(by).derivative().index()).isEqualTo(index);
    }

    @Test
    void aDiagonalAloneIsPrintedWithADelta() {
        assertThat(Formula.parse("diag(A)").index()).isEqualTo("sum_j(A_ij .* δ_ij)");
        assertThat(Formula.parse("A_ii")).hasToString("tr(A)");
        assertThat(Formula.parse("-A_ii")).hasToString("-tr(A)");
        assertThat(Formula.parse("inv(A)_ii")).hasToString("tr(inv(A))");
    }

    @Test
    void theLengthOfAnyAxisIsRead() {
        Formula mean = Formula.parse("sum_k(T_ijk) / length(T, 2)");

        assertThat(mean.index()).isEqualTo("sum_k(T_ijk / length(T, 2))");
        assertThat(check(mean, "a mean", 1)).isPositive();
    }

    @Test
    void shapesAreCompletedForVariablesOfWhichOnlyTheLengthOccurs() {
        assertThat(Formula.parse("A + length(x)").shapes(Map.of(), open -> 2)).containsOnlyKeys("A", "x");
    }
}
