package io.jacobi.nn.calculus.layers;

import static io.jacobi.nn.calculus.expression.Expression.size;
import static io.jacobi.nn.calculus.expression.Expression.variable;

import io.jacobi.nn.calculus.expression.Abbreviation;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers and losses as formulas, with the letters of their derivation pages: X [batch, features] is the input, Y
 * the output and dY its gradient; n indexes examples, i outputs and j inputs. The tests compare the derivatives with
 * the implemented {@code backward}.
 */
public final class LayerFormulas {

    private static final Index N = Index.of("n");
    private static final Index I = Index.of("i");
    private static final Index J = Index.of("j");

    private LayerFormulas() {}

    /** All formulas. */
    public static List<LayerFormula> all() {
        List<LayerFormula> all = new ArrayList<>(List.of(affine()));
        all.addAll(ActivationFormulas.all());
        all.addAll(List.of(
                softmax(),
                NormalizationFormulas.layerNorm(),
                NormalizationFormulas.batchNorm(),
                conv2d(),
                softmaxCrossEntropy(),
                meanSquaredError()));
        return all;
    }

    /**
     * The formula of a layer or loss with the given name.
     *
     * @throws IllegalArgumentException if there is none; the message lists all names
     */
    public static LayerFormula named(String name) {
        return all().stream()
                .filter(formula -> formula.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no formula for " + name + "\n  expected one of "
                                + all().stream().map(LayerFormula::name).toList()));
    }

    /** Y = X Wᵀ + b. */
    private static LayerFormula affine() {
        Expression product = variable("X", N, J).times(variable("W", I, J)).sum(J);
        return LayerFormula.of("Affine", product.plus(variable("b", I)), N, I).by("W", "b", "X");
    }

    private static Expression softmax(Expression x) {
        Expression power = x.map(ElementFunction.EXP);
        return power.over(power.sum(I));
    }

    private static Abbreviation sumOfPowers(Expression x) {
        return new Abbreviation("S", List.of(N), x.map(ElementFunction.EXP).sum(I));
    }

    private static LayerFormula softmax() {
        Expression x = variable("X", N, I);
        return LayerFormula.of("Softmax", softmax(x), N, I)
                .by("X")
                .where(
                        sumOfPowers(x),
                        new Abbreviation("Y", List.of(N, I), softmax(x)),
                        new Abbreviation(
                                "m",
                                List.of(N),
                                softmax(x).times(variable("dY", N, I)).sum(I)));
    }

    /** L = −1/N Σ_n Σ_i Q_ni log P_ni for logits Z and targets Q, both [batch, classes]. */
    private static LayerFormula softmaxCrossEntropy() {
        Expression z = variable("Z", N, I);
        Expression logarithms = variable("Q", N, I).times(softmax(z).map(ElementFunction.LOG));
        return LayerFormula.of(
                        "SoftmaxCrossEntropy",
                        logarithms.sum(N, I).over(size("Z", 0)).times(-1))
                .by("Z")
                .where(
                        new Abbreviation("N", List.of(), size("Z", 0)),
                        sumOfPowers(z),
                        new Abbreviation("P", List.of(N, I), softmax(z)));
    }

    /** The mean of (Y − T)² over all elements of both, [batch, features]. */
    private static LayerFormula meanSquaredError() {
        Expression error = variable("Y", N, I).minus(variable("T", N, I));
        Expression count = size("Y", 0).times(size("Y", 1));
        return LayerFormula.of("MeanSquaredError", error.power(2).sum(N, I).over(count))
                .by("Y")
                .where(new Abbreviation("M", List.of(), count));
    }

    /**
     * Y_nopq = b_o + Σ W_ocij X_ncuv D_piu E_qjv, where D_piu is 1 if cell i of the window at position p is on row u of
     * the image, and E_qjv is the same for columns: see {@link Windows#selector}.
     */
    private static LayerFormula conv2d() {
        Index o = Index.of("o");
        Index c = Index.of("c");
        Index p = Index.of("p");
        Index q = Index.of("q");
        Index u = Index.of("u");
        Index v = Index.of("v");
        Expression y = variable("W", o, c, I, J)
                .times(variable("X", N, c, u, v))
                .times(variable("D", p, I, u))
                .times(variable("E", q, J, v))
                .sum(c, I, J, u, v);
        return LayerFormula.of("Conv2d", y.plus(variable("b", o)), N, o, p, q).by("W", "b", "X");
    }
}
