package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Step;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.IndexPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A derivative, and the way to it. */
public final class Derivation {

    private final Formula formula;
    private final Variable by;
    private final Formula derivative;
    private final List<Step> steps;

    Derivation(Formula formula, Variable by, Formula derivative, List<Step> steps) {
        this.formula = formula;
        this.by = by;
        this.derivative = derivative;
        this.steps = List.copyOf(steps);
    }

    /** What was derived. */
    public Formula formula() {
        return formula;
    }

    /** By which variable, at the indices that the derivative adds. */
    public Variable by() {
        return by;
    }

    /** The derivative. */
    public Formula derivative() {
        return derivative;
    }

    /**
     * The derivation in index notation, rule by rule, from the inside out. Each line is the derivative of a part, as the rule gives it
     * and then simplified.
     */
    public List<String> steps() {
        List<String> lines = new ArrayList<>();
        lines.add("f = " + formula.index());
        for (Step step : steps) {
            String applied = print(step.applied());
            String simplified = print(step.simplified());
            lines.add("∂(" + print(step.subject()) + ")/∂" + print(by) + " = " + applied
                    + (applied.equals(simplified) ? "" : " = " + simplified) + "   [" + step.rule() + "]");
        }
        derivative.matrix().ifPresent(matrix -> lines.add("∂f/∂" + by.name() + " = " + matrix));
        return lines;
    }

    private String print(Expression expression) {
        return IndexPrinter.plain(expression, formula.variables());
    }

    /**
     * How far the derivative is from differences of the formula, which are taken of the formula as it was written: the largest
     * difference of two elements, relative to the largest element if that is above 1.
     *
     * @param values for each variable an array, as for {@link Formula#evaluate}
     */
    public double check(Map<String, INDArray> values) {
        return CentralDifferences.error(derivative.evaluate(values), formula.differences(by.name(), values));
    }

    /**
     * The same at random values between 0.5 and 1.5, the diagonals of square matrices 2 larger.
     *
     * @param shapes for each variable, for example from {@link Formula#shapes}
     */
    public double check(Map<String, long[]> shapes, long seed) {
        return check(RandomValues.of(shapes, seed));
    }

    /** The derivative, as {@link Formula#toString} writes it. */
    @Override
    public String toString() {
        return derivative.toString();
    }
}
