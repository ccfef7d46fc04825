package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Parts;
import io.jacobi.nn.calculus.notation.Variables;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Differentiates and prints the identities of identities.txt; compares them with finite differences and with loops. */
class IdentitiesTest {

    private static final int ROUNDS = 3;

    static List<Identity> identities() {
        return Identity.all();
    }

    private static Formula derivative(Identity identity) {
        List<Derivation> derivations = identity.derivations();
        return derivations.get(derivations.size() - 1).derivative();
    }

    @Test
    void areMoreThanSixty() {
        assertThat(identities()).hasSizeGreaterThan(60).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("identities")
    void isDerivedAsWritten(Identity identity) {
        assertThat(derivative(identity)).hasToString(identity.derivative());
    }

    @ParameterizedTest
    @MethodSource("identities")
    void agreesWithDifferences(Identity identity) {
        for (int round = 0; round < ROUNDS; round++) {
            for (Derivation derivation : identity.derivations()) {
                assertThat(derivation.check(identity.shapes(round), round)).isLessThan(1e-7);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void agreesWithLoops(Identity identity) {
        Map<String, INDArray> values = RandomValues.of(identity.shapes(0), 5);
        Formula derivative = derivative(identity);

        double[] loops = new LoopEvaluation(values).of(derivative.expression(), derivative.axes());

        assertThat(Vectors.toDoubles(derivative.evaluate(values))).containsExactly(loops, within(1e-10));
    }

    /** Derivatives without deltas and ones, whose sizes come from other factors, which may be missing. */
    static List<Identity> sized() {
        return identities().stream()
                .filter(identity -> !hasConstants(derivative(identity).expression()))
                .toList();
    }

    private static boolean hasConstants(Expression expression) {
        return expression instanceof Delta
                || expression instanceof Ones
                || Parts.of(expression).stream().anyMatch(IdentitiesTest::hasConstants);
    }

    /** The printed derivative can be read again, in both notations. */
    @ParameterizedTest
    @MethodSource("sized")
    void canBeReadAgain(Identity identity) {
        Formula derivative = derivative(identity);
        Variables variables = derivative.variables();
        Map<String, INDArray> values = RandomValues.of(identity.shapes(1), 7);
        double[] expected = Vectors.toDoubles(derivative.evaluate(values));

        Formula byIndices = Formula.parse(derivative.index(), variables);
        INDArray again = byIndices.evaluate(values);
        if (!byIndices.axes().equals(derivative.axes())) {
            again = again.permute(derivative.axes().stream()
                    .mapToInt(byIndices.axes()::indexOf)
                    .toArray());
        }
        assertThat(Vectors.toDoubles(again.dup('c'))).containsExactly(expected, within(1e-10));
        derivative
                .matrix()
                .ifPresent(matrix -> assertThat(Vectors.toDoubles(
                                Formula.parse(matrix, variables).evaluate(values)))
                        .containsExactly(expected, within(1e-10)));
    }
}
