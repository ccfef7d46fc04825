package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.calculus.Formula;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers are computed as fractions where they are fractions, and printed as short as they can be. */
class NumbersInPrintTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x/3 + x/7*2 - x*0.1 | 109/210*x | \\frac{109}{210} x",
                "x/49*49 - 1.5*x | -0.5*x | -0.5 x",
                "x / 3 / 3 * 9 | x | x",
                "x.^(1/3) .* x.^(1/3) | x.^(2/3) | x^{\\odot \\frac{2}{3}}",
                "0.25*x | 0.25*x | 0.25 x",
                "x / 1024 | 1/1024*x | \\frac{1}{1024} x",
                "1e-7*x | 1.0E-7*x | 1.0 \\cdot 10^{-7} x",
                "sqrt(2)*x | 1.4142135623730951*x | 1.4142135623730951 x",
            })
    void areShort(String formula, String plain, String latex) {
        Formula read = Formula.parse(formula);
        assertThat(read).hasToString(plain);
        assertThat(read.latex()).isEqualTo(latex);
        assertThat(Formula.parse(plain)).hasToString(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sigma*x + Gamma'*alpha | \\Sigma x + \\Gamma^{\\top} \\alpha",
                "Σ*x + Γ'*α | \\Sigma x + \\Gamma^{\\top} \\alpha",
                "Ω .* Δ | \\Omega \\odot \\Delta",
                "Α*ω | \\mathrm{A} \\omega",
                "upsilon .* iota .* zeta | \\upsilon \\odot \\iota \\odot \\zeta",
                "s .* T_ijk .* exp(x_k) | s \\, T_{i j k} \\odot \\exp\\left( x_{k} \\right)",
                "cost*x' | \\mathrm{cost} x^{\\top}",
            })
    void latexHasGreekLettersAndMultipliesNumbersWithoutASymbol(String formula, String latex) {
        assertThat(Formula.parse(formula).latex()).isEqualTo(latex);
    }
}
