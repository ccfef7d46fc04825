package io.jacobi.nn.calculus.expression;

import static io.jacobi.nn.calculus.expression.Expression.constant;
import static io.jacobi.nn.calculus.expression.Expression.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimplifierTest {

    private static final Index I = Index.of("i");
    private static final Index J = Index.of("j");
    private static final Index K = Index.of("k");
    private static final Dimension N = new Dimension("x", 0);
    private static final Expression A = variable("A", I, J);
    private static final Expression X = variable("x", J);

    private static Expression simplify(Expression expression) {
        return Simplifier.simplify(expression);
    }

    @Test
    void aDeltaRenames() {
        Expression product = new Delta(J, K, N).times(A).sum(J);
        assertThat(simplify(product)).isEqualTo(variable("A", I, K));
    }

    @Test
    void aDeltaWithBothIndicesFreeStays() {
        Expression diagonal = new Delta(I, J, N).times(X);
        assertThat(simplify(diagonal).indices()).containsExactlyInAnyOrder(I, J);
        assertThat(simplify(diagonal)).isEqualTo(simplify(new Delta(I, J, N).times(variable("x", I))));
    }

    @Test
    void summedOnesAreALength() {
        assertThat(simplify(new Ones(I, N).sum(I))).isEqualTo(new Size(N));
        assertThat(simplify(new Delta(I, J, N).sum(I))).isEqualTo(new Ones(J, N));
        assertThat(simplify(new Delta(I, I, N).sum(I))).isEqualTo(new Size(N));
    }

    @Test
    void nestedContractionsAreMergedWithDistinctIndices() {
        Expression square = A.times(X).sum(I, J).times(A.times(X).sum(I, J));
        Expression simple = simplify(square.times(variable("y", I)));
        assertThat(simple.indices()).containsExactly(I);
        assertThat(simplify(A.times(X).sum(J).times(variable("y", I)).sum(I)))
                .isEqualTo(new Contraction(1, List.of(A, X, variable("y", I)), Set.of()));
    }

    @Test
    void likeTermsAreAddedWhateverTheNamesOfTheirSummedIndices() {
        Expression one = A.times(X).sum(J);
        Expression same = variable("x", K).times(variable("A", I, K)).sum(K);
        assertThat(simplify(one.minus(same)).toString())
                .isEqualTo(simplify(one.times(0)).toString());
        assertThat(((Contraction) simplify(one.plus(same))).scale()).isEqualTo(2);
        // A x and A' x are not like terms
        assertThat(simplify(one.plus(variable("A", K, I).times(variable("x", K)).sum(K))))
                .isInstanceOf(Sum.class);
    }

    @Test
    void similarIndicesAreDistinguishedByTheirPositions() {
        Expression there = variable("A", I, J)
                .times(variable("A", J, K))
                .times(variable("A", K, I))
                .sum(I, J, K);
        Expression back = variable("A", J, I)
                .times(variable("A", K, J))
                .times(variable("A", I, K))
                .sum(I, J, K);
        Expression mixed = variable("A", I, J)
                .times(variable("A", J, K))
                .times(variable("A", I, K))
                .sum(I, J, K);
        assertThat(Key.of(there)).isEqualTo(Key.of(back)).isNotEqualTo(Key.of(mixed));
    }

    @Test
    void powersOfOneBaseAreCollected() {
        assertThat(simplify(X.times(X))).isEqualTo(X.power(2));
        assertThat(simplify(X.times(X.power(-1)))).isEqualTo(new Ones(J, new Dimension("x", 0)));
        assertThat(simplify(X.power(2).sum(J).power(0.5).power(2)))
                .isEqualTo(simplify(X.power(2).sum(J)));
        assertThat(simplify(X.power(2).power(0.5))).as("that is |x|").isNotEqualTo(X);
        Expression squares = X.power(2).sum(J);
        assertThat(simplify(squares.times(squares.power(-0.5)))).isEqualTo(simplify(squares.power(0.5)));
    }

    @Test
    void aLoneFactorIsSummedTermByTermIfThatIsShorter() {
        Expression mean = X.sum(J).over(new Size(N));
        Expression centered = X.minus(mean);
        assertThat(simplify(centered.sum(J))).isEqualTo(constant(0));
        assertThat(simplify(centered.sum(J).times(variable("y", I))).toString())
                .isEqualTo(simplify(variable("y", I).times(0)).toString());
        // with another factor at the same index it is not a sum of the deviations
        assertThat(simplify(centered.times(variable("y", J)).sum(J))).isInstanceOf(Contraction.class);
        // two sums are not shorter than one
        assertThat(((Contraction) simplify(X.plus(variable("y", J)).sum(J))).factors())
                .hasOnlyElementsOfType(Sum.class);
    }

    @Test
    void constantsAreComputed() {
        assertThat(simplify(constant(2).times(constant(3)).plus(1))).isEqualTo(constant(7));
        assertThat(simplify(constant(0).map(ElementFunction.EXP))).isEqualTo(constant(1));
        assertThat(simplify(constant(4).power(0.5))).isEqualTo(constant(2));
    }

    @Test
    void powersAreJoinedOnlyWhereTheDomainStaysTheSame() {
        Expression root = X.power(0.5);
        assertThat(simplify(root.power(2))).as("NaN at -4").isNotEqualTo(X);
        assertThat(simplify(root.times(root))).as("NaN at -4").isNotEqualTo(X);
        assertThat(simplify(root.times(X.power(-0.5)))).as("NaN at -4").isInstanceOf(Contraction.class);
        assertThat(simplify(X.power(3).power(1.0 / 3))).as("NaN at -8").isNotEqualTo(X);
        assertThat(simplify(X.power(4).power(0.5))).isEqualTo(X.power(2));
        assertThat(simplify(X.power(-2).power(-1))).isEqualTo(X.power(2));
        assertThat(simplify(root.power(3))).isEqualTo(X.power(1.5));
        Expression positive = X.map(ElementFunction.EXP);
        assertThat(simplify(positive.power(0.5).times(positive.power(0.5)))).isEqualTo(positive);
        // 1 / (δ x) is infinite where δ is 0
        assertThat(simplify(new Delta(I, J, N).times(X).power(-1))).isInstanceOf(Mapped.class);
        assertThat(simplify(new Delta(I, J, N).power(-1))).isInstanceOf(Mapped.class);
    }

    @Test
    void aFunctionOfANumberIsANumber() {
        assertThat(simplify(X.minus(X).map(ElementFunction.EXP))).isEqualTo(new Ones(J, N));
        assertThat(simplify(X.minus(X).map(ElementFunction.EXP).sum(J))).isEqualTo(new Size(N));
    }

    @Test
    void renamingLeavesSummedIndicesAlone() {
        Expression vector = A.times(X).sum(J);
        Expression renamed = Renaming.rename(vector, I, J);
        assertThat(renamed.indices()).containsExactly(J);
        assertThat(Key.of(Renaming.rename(renamed, J, I))).isEqualTo(Key.of(vector));
    }

    @Test
    void invalidExpressionsAreRejected() {
        assertThatThrownBy(() -> new Sum(List.of(A, X))).hasMessageContaining("fix: use Sum.of");
        assertThatThrownBy(() -> new Contraction(1, List.of(X), Set.of(I)))
                .hasMessageContaining("are not all in its factors");
        assertThatThrownBy(() -> new Determinant(X, I, J)).hasMessageContaining("det needs a matrix");
        assertThatThrownBy(() -> Index.of("1")).hasMessageContaining("cannot name an index");
        assertThatThrownBy(() -> new Differentiation(new Variable("x", List.of(J)), X))
                .hasMessageContaining("are not new");
        assertThatThrownBy(() -> constant(1)
                        .plus(new Mapped(ElementFunction.EXP, constant(1)))
                        .times(X)
                        .minus(constant(1))
                        .sum(I))
                .hasMessageContaining("cannot sum over [i]");
    }
}
