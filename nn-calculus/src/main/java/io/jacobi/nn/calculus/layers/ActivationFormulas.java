package io.jacobi.nn.calculus.layers;

import static io.jacobi.nn.calculus.expression.Expression.constant;
import static io.jacobi.nn.calculus.expression.Expression.variable;

import io.jacobi.nn.calculus.expression.Abbreviation;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import java.util.List;

/** Functions of each element of X [batch, features]. Their constants are variables without axes. */
final class ActivationFormulas {

    private static final Index N = Index.of("n");
    private static final Index I = Index.of("i");
    private static final Expression X = variable("X", N, I);
    private static final Expression ALPHA = variable("alpha");
    private static final Expression BETA = variable("beta");
    private static final Expression LAMBDA = variable("lambda");

    private ActivationFormulas() {}

    static List<LayerFormula> all() {
        return List.of(
                activation("Relu", relu(X)),
                activation("LeakyRelu", relu(X).minus(ALPHA.times(relu(negative(X))))),
                activation("HardTanh", hardTanh()),
                activation("Sigmoid", X.map(ElementFunction.SIGMOID)).where(y(X.map(ElementFunction.SIGMOID))),
                activation("Tanh", X.map(ElementFunction.TANH)).where(y(X.map(ElementFunction.TANH))),
                activation(
                        "Softplus", BETA.times(X).map(ElementFunction.SOFTPLUS).over(BETA)),
                activation("Silu", X.times(X.map(ElementFunction.SIGMOID)))
                        .where(named("s", X.map(ElementFunction.SIGMOID))),
                activation("Elu", elu()).where(named("e", power())),
                activation("Selu", LAMBDA.times(elu())).where(named("e", power())),
                gelu(),
                geluByTanh());
    }

    private static LayerFormula activation(String name, Expression output) {
        return LayerFormula.of(name, output, N, I).by("X");
    }

    private static Abbreviation named(String name, Expression meaning) {
        return new Abbreviation(name, List.of(N, I), meaning);
    }

    private static Abbreviation y(Expression output) {
        return named("Y", output);
    }

    private static Expression relu(Expression x) {
        return x.map(ElementFunction.RELU);
    }

    private static Expression negative(Expression x) {
        return x.times(-1);
    }

    /** min(max(x, l), u) = l + relu(x − l) − relu(x − u). */
    private static Expression hardTanh() {
        Expression lower = variable("l");
        Expression upper = variable("u");
        return lower.plus(relu(X.minus(lower))).minus(relu(X.minus(upper)));
    }

    /** relu(x) + α (exp(min(x, 0)) − 1), in which one of the two terms is always 0. */
    private static Expression elu() {
        return relu(X).plus(ALPHA.times(power().minus(1)));
    }

    private static Expression power() {
        return negative(relu(negative(X))).map(ElementFunction.EXP);
    }

    /** x Φ(x), where Φ(x) = (1 + erf(c x)) / 2 with c = 1/√2, and the density φ is the derivative of Φ. */
    private static LayerFormula gelu() {
        Expression c = variable("c");
        Expression distribution =
                constant(1).plus(c.times(X).map(ElementFunction.ERF)).times(0.5);
        Expression density = c.times(ElementFunction.ERF.derivative(c.times(X))).times(0.5);
        return activation("Gelu", X.times(distribution)).where(named("Phi", distribution), named("phi", density));
    }

    /** x (1 + tanh(c (x + a x³))) / 2, where c = √(2/π) and a = 0.044715. */
    private static LayerFormula geluByTanh() {
        Expression u = variable("c").times(X.plus(variable("a").times(X.power(3))));
        Expression tanh = u.map(ElementFunction.TANH);
        return activation("Gelu(tanh)", X.times(tanh.plus(1)).times(0.5)).where(named("t", tanh));
    }
}
