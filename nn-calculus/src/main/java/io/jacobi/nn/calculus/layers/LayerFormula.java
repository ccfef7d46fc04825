package io.jacobi.nn.calculus.layers;

import io.jacobi.nn.calculus.Derivation;
import io.jacobi.nn.calculus.Formula;
import io.jacobi.nn.calculus.expression.Abbreviation;
import io.jacobi.nn.calculus.expression.Abbreviations;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.IndexPrinter;
import java.util.ArrayList;
import java.util.List;

/**
 * The forward pass of a layer or loss as a formula, and the backward pass derived from it.
 *
 * <pre>{@code
 * LayerFormula affine = LayerFormulas.named("Affine");
 * affine.forward();                                      // X*W' + ones*b'
 * affine.backward("W");                                  // dY'*X
 * affine.backward("W").derivative().evaluate(values);    // the gradient
 * }</pre>
 *
 * @param name the name of the layer
 * @param output the output for a batch
 * @param axes the free indices of the output, in the order of its shape; a loss has none
 * @param inputs the variables with respect to which the formula is differentiated, the most instructive first
 * @param names the abbreviations that steps and results are written with
 */
public record LayerFormula(String name, Expression output, List<Index> axes, List<String> inputs, Abbreviations names) {

    private static final int WIDTH = 110;

    public LayerFormula {
        axes = List.copyOf(axes);
        inputs = List.copyOf(inputs);
    }

    static LayerFormula of(String name, Expression output, Index... axes) {
        return new LayerFormula(name, output, List.of(axes), List.of(), Abbreviations.none());
    }

    LayerFormula by(String... variables) {
        return new LayerFormula(name, output, axes, List.of(variables), names);
    }

    LayerFormula where(Abbreviation... meanings) {
        return new LayerFormula(name, output, axes, inputs, Abbreviations.of(List.of(meanings)));
    }

    /** The formula of the output. */
    public Formula forward() {
        return Formula.of(output, axes.toArray(Index[]::new));
    }

    /**
     * The formula that is differentiated. For a layer it is Σ dY ∘ Y, whose gradient is the vector-Jacobian product;
     * for a loss, which is a number, it is the loss itself.
     */
    public Formula scalar() {
        Index[] over = axes.toArray(Index[]::new);
        return axes.isEmpty()
                ? forward()
                : Formula.of(output.times(Expression.variable("dY", over)).sum(over));
    }

    /**
     * The gradient with respect to one of the inputs, as {@code backward} computes it from dY.
     *
     * @throws IllegalArgumentException if the formula has no such variable
     */
    public Derivation backward(String input) {
        return scalar().derive(input).written(names);
    }

    /** The lines of a derivation page: the formula, the steps to the first gradient, and the other gradients. */
    public List<String> explanation() {
        List<String> lines = new ArrayList<>();
        names.all().forEach(name -> lines.add(print(name.variable()) + " = " + print(name.meaning())));
        Variable result = new Variable(axes.isEmpty() ? "f" : "Y", axes);
        if (names.all().stream().noneMatch(name -> name.variable().equals(result))) {
            lines.add(print(result) + " = " + print(names.simplified(output)));
        }
        if (!axes.isEmpty()) {
            lines.add("f = " + print(new Variable("dY", axes)) + " " + print(result));
        }
        lines.addAll(backward(inputs.get(0)).briefSteps());
        inputs.subList(1, inputs.size())
                .forEach(input -> lines.add(backward(input).result()));
        return lines.stream().map(LayerFormula::wrapped).toList();
    }

    /** Breaks a long line before each equals sign. */
    private static String wrapped(String line) {
        return line.length() > WIDTH ? line.replace(" = ", "\n    = ") : line;
    }

    private String print(Expression expression) {
        return IndexPrinter.plain(expression, forward().variables());
    }
}
