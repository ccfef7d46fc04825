package io.jacobi.nn.calculus;

import static io.jacobi.nn.calculus.expression.Expression.constant;
import static io.jacobi.nn.calculus.expression.Expression.size;
import static io.jacobi.nn.calculus.expression.Expression.variable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.calculus.expression.Abbreviation;
import io.jacobi.nn.calculus.expression.Abbreviations;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.notation.Variables;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FormulaTest {

    private static final Index N = Index.of("n");
    private static final Index O = Index.of("o");
    private static final Index I = Index.of("i");

    private static INDArray array(double... values) {
        return Nd4j.createFromArray(values);
    }

    @Test
    void derivesTheQuadraticForm() {
        assertThat(Calculus.derive("x' * A * x", "x")).hasToString("A*x + A'*x");
        assertThat(Calculus.derive("x_i A_ij x_j", "x")).hasToString("A*x + A'*x");
        assertThat(Calculus.hessian("x' * A * x", "x")).hasToString("A + A'");
        assertThat(Calculus.derive("a*x", "x", Variables.inferred().scalar("a")))
                .hasToString("a*I");
    }

    @Test
    void evaluatesFloatsAndViewsInDouble() {
        INDArray a = Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}}).transpose();
        INDArray x = array(1, -1).castTo(DataType.FLOAT);

        INDArray y = Formula.parse("A*x").evaluate(Map.of("A", a, "x", x));

        assertThat(y.dataType()).isEqualTo(DataType.DOUBLE);
        assertThat(Vectors.toDoubles(y)).containsExactly(-3, -3, -3);
    }

    @Test
    void theLogarithmOfANegativeDeterminantIsNaN() {
        Formula f = Formula.parse("log(det(A))");
        INDArray negative = Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}});

        assertThat(f).hasToString("log(det(A))");
        assertThat(f.evaluate(Map.of("A", negative)).getDouble(0)).isNaN();
        assertThat(f.derive("A").derivative()).hasToString("inv(A)'");
        assertThat(Formula.parse("logdet(A)").evaluate(Map.of("A", negative)).getDouble(0))
                .isCloseTo(Math.log(2), within(1e-12));
        assertThat(f.evaluate(Map.of("A", Nd4j.eye(200).castTo(DataType.DOUBLE).mul(1e3)))
                        .getDouble(0))
                .isCloseTo(200 * Math.log(1e3), within(1e-9));
    }

    @Test
    void aNumberIsNotSubtractedFromAnIdentity() {
        assertThat(Calculus.derive("x - mean(x)", "x")).hasToString("I - ones*ones' / length(x)");
        assertThat(Calculus.derive("sum(tanh(A))", "A")).hasToString("1 - tanh(A).^2");
        // the Jacobian of normalization, as LayerNorm's formula has it for one example
        assertThat(Calculus.derive(
                        "(x - mean(x)) ./ s", "x", Variables.inferred().scalar("s")))
                .hasToString("I / s - ones*ones' / length(x) / s");
    }

    @Test
    void matricesAreSimplified() {
        assertThat(Formula.parse("inv(inv(X))")).hasToString("X");
        assertThat(Formula.parse("inv(inv(X)')")).hasToString("X'");
        assertThat(Formula.parse("tr(inv(inv(X)))")).hasToString("tr(X)");
        assertThat(Formula.parse("det(inv(X))")).hasToString("1 / det(X)");
        assertThat(Formula.parse("logdet(inv(X))")).hasToString("-logdet(X)");
        assertThat(Formula.parse("det(X*X*X)")).hasToString("det(X)^3");
        assertThat(Formula.parse("logdet(X*X)")).hasToString("2*logdet(X)");
        assertThat(Formula.parse("det(X*Y*X)")).hasToString("det(X*Y*X)");
        assertThat(Formula.parse("det(X'*X)")).as("X may not be square").hasToString("det(X'*X)");
        assertThat(Formula.parse("log(abs(det(X)))").derive("X")).hasToString("inv(X)'");
        assertThat(Formula.parse("logdet(X'*X)").derive("X")).hasToString("2*X*inv(X'*X)");
        assertThat(Formula.parse("inv(X'*X)'")).hasToString("inv(X'*X)");
        assertThat(Formula.parse("inv(X*Y)'")).hasToString("inv(X*Y)'");
        assertThat(Formula.parse("softmax(x - x)")).hasToString("ones / length(x)");
    }

    @Test
    void stepsNameTheRules() {
        assertThat(Calculus.derive("x' * A * x", "x").steps())
                .containsExactly(
                        "f = x_i A_ij x_j",
                        "∂(x_i)/∂x_k = δ_ik   [variable]",
                        "∂(x_j)/∂x_k = δ_jk   [variable]",
                        "∂(x_i A_ij x_j)/∂x_k = δ_ik A_ij x_j + x_i A_ij δ_jk = A_kj x_j + x_i A_ik   [product]",
                        "∂f/∂x = A*x + A'*x");
    }

    @Test
    void briefStepsOmitKnownSteps() {
        assertThat(Calculus.derive("x' * A * x - 3", "x").briefSteps())
                .containsExactly(
                        "∂(x_i)/∂x_k = δ_ik   [variable]",
                        "∂(x_i A_ij x_j)/∂x_k = δ_ik A_ij x_j + x_i A_ij δ_jk = A_kj x_j + x_i A_ik   [product]",
                        "∂f/∂x_k = A_kj x_j + x_i A_ik   [sum]",
                        "∂f/∂x = A*x + A'*x");
        assertThat(Calculus.derive("sum(-2*relu(x))", "x").steps())
                .contains("∂(x_i)/∂x_j = δ_ij   [variable]")
                .last()
                .isEqualTo("∂f/∂x = -2*step(x)");
        assertThat(Calculus.derive("x' * A * x", "A").result()).isEqualTo("∂f/∂A_kl = x_k x_l, ∂f/∂A = x*x'");
    }

    /** The code of docs/matrix-calculus.md. */
    @Test
    void isBuiltFromParts() {
        Expression y = variable("W", O, I).times(variable("x", N, I)).sum(I).plus(variable("b", O));
        Formula loss = Formula.of(
                y.map(ElementFunction.TANH).times(variable("t", N, O)).sum(N, O));

        assertThat(loss.derive("W")).hasToString("((1 - tanh(W*x' + b*ones').^2) .* t')*x");
        for (String name : List.of("W", "x", "b", "t")) {
            Derivation derivation = loss.derive(name);
            assertThat(derivation.check(loss.shapes(Map.of(), open -> 2 + open), 3))
                    .as(name)
                    .isLessThan(1e-9);
        }
    }

    /** The code of docs/matrix-calculus.md. */
    @Test
    void isWrittenWithNames() {
        Index k = Index.of("k");
        Expression p = variable("x", k).map(ElementFunction.EXP);
        Abbreviations names = Abbreviations.of(List.of(
                new Abbreviation("S", List.of(), p.sum(k)), new Abbreviation("p", List.of(k), p.over(p.sum(k)))));

        Derivation derivation = Calculus.derive("softmax(x)", "x").written(names);

        assertThat(derivation.result()).isEqualTo("∂f/∂x_k = δ_ik .* p_i - p_i p_k, ∂f/∂x = diag(p) - p*p'");
        assertThat(derivation.steps())
                .startsWith("f = p_i")
                .contains("∂(S)/∂x_k = sum_j(exp(x_j) .* δ_jk) = exp(x_k)   [sum]");
    }

    /** Normalization over the features of each example, in four axes: means, variances and quotients with them. */
    @Test
    void derivesANormalization() {
        Index c = Index.of("c");
        Index h = Index.of("h");
        Expression x = variable("x", N, c, h);
        Expression count = size("x", 1).times(size("x", 2));
        Expression centered = x.minus(x.sum(c, h).over(count));
        Expression deviation =
                centered.power(2).sum(c, h).over(count).plus(1e-5).power(0.5);
        Expression y = centered.over(deviation).times(variable("g", c)).plus(variable("b", c));
        Formula loss = Formula.of(y.times(variable("dy", N, c, h)).sum(N, c, h));

        for (String name : List.of("x", "g", "b")) {
            Derivation derivation = loss.derive(name);
            assertThat(derivation.check(
                            Map.of(
                                    "x",
                                    new long[] {2, 3, 4},
                                    "g",
                                    new long[] {3},
                                    "b",
                                    new long[] {3},
                                    "dy",
                                    new long[] {2, 3, 4}),
                            3))
                    .as(name)
                    .isLessThan(1e-8);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"exp", "log", "sin", "cos", "tanh", "sigmoid", "softplus", "erf", "relu", "abs", "step", "sign"})
    void functionsKnowTheirDerivatives(String name) {
        Function function = ElementFunction.named(name).orElseThrow();
        Formula slope = Formula.of(variable("x").map(function)).derive("x").derivative();
        for (double x : new double[] {0.3, 1.7, -0.8}) {
            double h = 1e-5;
            double difference = (function.apply(x + h) - function.apply(x - h)) / (2 * h);
            if (Double.isFinite(difference)) {
                INDArray value = slope.evaluate(Map.of("x", Nd4j.scalar(x)));
                assertThat(value.getDouble(0)).isCloseTo(difference, within(1e-8));
            }
        }
    }

    @Test
    void derivativesThatVanishAreZero() {
        Formula zero = Formula.parse("step(x) + 0*x").derive("x").derivative();
        assertThat(zero).hasToString("0");
        assertThat(Vectors.toDoubles(zero.evaluate(Map.of("x", array(1, 2))))).containsExactly(0, 0, 0, 0);
        assertThat(Formula.of(constant(3).times(variable("x"))).hessian("x")).hasToString("0");
    }

    @Test
    void onlyNumbersHaveAHessian() {
        assertThatThrownBy(() -> Calculus.hessian("A*x", "x"))
                .hasMessageContaining("only a number has a Hessian, and A*x has 1 axis")
                .hasMessageContaining("expected a formula without free indices")
                .hasMessageContaining("fix: differentiate once with respect to x for the Jacobian");
    }

    @Test
    void missingValuesAndWrongShapesAreNamed() {
        Formula f = Formula.parse("A*x");
        INDArray a = Nd4j.createFromArray(new double[][] {{1, 2}});
        assertThatThrownBy(() -> f.evaluate(Map.of("A", a)))
                .hasMessage("there is no value for x\n  expected values for [A, x]");
        assertThatThrownBy(() -> f.evaluate(Map.of("A", a, "x", array(1, 2, 3))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("share an index but differ in length")
                .hasMessageContaining("axis 1 of A")
                .hasMessageContaining("axis 0 of x");
        assertThatThrownBy(() -> f.evaluate(Map.of("A", array(1, 2), "x", array(1, 2))))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("expects  2 axes");
        assertThatThrownBy(() -> f.derive("y")).hasMessage("there is no variable y in A*x\n  expected one of [A, x]");
        assertThatThrownBy(() -> Formula.parse("det(A)").shapes(Map.of("A", new long[] {2, 3}), open -> 1))
                .hasMessageContaining("axis 0 of A and axis 1 of A share an index");
        assertThatThrownBy(() -> Formula.of(variable("x", I), I, O))
                .hasMessageContaining("the axes [i, o] are not the free indices");
        assertThatThrownBy(() -> variable("x", I).sum(O)).hasMessageContaining("cannot sum over [o]");
    }
}
