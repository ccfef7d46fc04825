package io.jacobi.nn.calculus.expression;

import static io.jacobi.nn.calculus.expression.Expression.constant;
import static io.jacobi.nn.calculus.expression.Expression.size;
import static io.jacobi.nn.calculus.expression.Expression.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jacobi.nn.calculus.Formula;
import io.jacobi.nn.calculus.notation.IndexPrinter;
import io.jacobi.nn.calculus.notation.Variables;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbbreviationsTest {

    private static final Index I = Index.of("i");
    private static final Index J = Index.of("j");
    private static final Index K = Index.of("k");
    private static final Expression POWER = variable("x", I).map(ElementFunction.EXP);
    private static final Abbreviation SUM = new Abbreviation("S", List.of(), POWER.sum(I));
    private static final Abbreviation SOFTMAX = new Abbreviation("p", List.of(I), POWER.over(POWER.sum(I)));

    private static String written(Expression expression, Abbreviation... names) {
        return IndexPrinter.plain(Abbreviations.of(List.of(names)).simplified(expression), Variables.inferred());
    }

    @Test
    void aNameIsWrittenAtTheIndicesWhereItsMeaningIsFound() {
        Abbreviation product = new Abbreviation(
                "y", List.of(I), variable("A", I, J).times(variable("x", J)).sum(J));
        Expression form = variable("z", K)
                .times(variable("A", K, I))
                .times(variable("x", I))
                .sum(I, K);

        assertThat(written(form, product)).isEqualTo("z_k y_k");
        assertThat(written(variable("A", K, I).times(variable("x", I)).sum(I).map(ElementFunction.TANH), product))
                .isEqualTo("tanh(y_k)");
        // here the sum is over the rows of A, not over its columns
        assertThat(written(variable("A", K, I).times(variable("x", K)).sum(K), product))
                .isEqualTo("A_ki x_k");
    }

    @Test
    void everyPowerOfTheMeaningIsFound() {
        Expression variance = variable("x", I).power(2).sum(I);
        Abbreviation deviation = new Abbreviation("s", List.of(), variance.power(0.5));

        assertThat(written(variance.power(-1.5), deviation)).isEqualTo("s^-3");
        assertThat(written(variance.plus(1), deviation)).isEqualTo("s^2 + 1");
    }

    @Test
    void aProductIsFoundAmongOtherFactorsAndAsItsInverse() {
        Formula derivative = Formula.of(SOFTMAX.meaning(), I).derive("x").derivative();
        assertThat(written(derivative.expression(), SUM, SOFTMAX)).isEqualTo("δ_ik .* p_i - p_i p_k");
        assertThat(written(variable("y", I).over(SOFTMAX.meaning()), SUM, SOFTMAX))
                .isEqualTo("y_i .* p_i^-1");
        Abbreviation count = new Abbreviation("M", List.of(), size("x", 0).times(size("y", 0)));
        assertThat(written(constant(3).over(count.meaning().power(2)), count)).isEqualTo("3 / M^2");
    }

    @Test
    void aFactorThatIsAlsoSummedElsewhereIsNotReplaced() {
        // Σ_i exp(x_i) y_i is not S Σ_i y_i
        assertThat(written(POWER.times(variable("y", I)).sum(I), SUM)).isEqualTo("exp(x_i) y_i");
        assertThat(written(POWER.power(2).sum(I), SUM)).isEqualTo("sum_i(exp(x_i)^2)");
        assertThat(written(POWER.sum(I).times(variable("y", J)), SUM)).isEqualTo("y_j S");
    }

    @Test
    void theNumberInFrontIsDividedOut() {
        Abbreviation half = new Abbreviation(
                "h", List.of(I), variable("x", I).times(variable("y", I)).times(0.5));
        assertThat(written(variable("x", J).times(variable("y", J)).times(3), half))
                .isEqualTo("6 h_j");
    }

    @Test
    void indicesMustBeThoseOfTheMeaning() {
        assertThatThrownBy(() -> new Abbreviation("p", List.of(J), POWER))
                .hasMessageContaining("the indices [j] of the abbreviation p are not those of its meaning")
                .hasMessageContaining("of [i]");
    }
}
