package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Abbreviations;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Step;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.IndexPrinter;
import io.jacobi.nn.calculus.notation.MatrixPrinter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A derivative, with the steps that lead to it. */
public final class Derivation {

    private final Formula formula;
    private final Variable by;
    private final Formula derivative;
    private final List<Step> steps;
    private final Abbreviations names;

    Derivation(Formula formula, Variable by, Formula derivative, List<Step> steps) {
        this(formula, by, derivative, steps, Abbreviations.none());
    }

    private Derivation(Formula formula, Variable by, Formula derivative, List<Step> steps, Abbreviations names) {
        this.formula = formula;
        this.by = by;
        this.derivative = derivative;
        this.steps = List.copyOf(steps);
        this.names = names;
    }

    /** Returns a copy whose steps and result are written with the given abbreviations. */
    public Derivation written(Abbreviations with) {
        return new Derivation(formula, by, derivative, steps, with);
    }

    /** The formula that was differentiated. */
    public Formula formula() {
        return formula;
    }

    /** The variable of differentiation, at the indices that the derivative adds. */
    public Variable by() {
        return by;
    }

    /** The derivative. */
    public Formula derivative() {
        return derivative;
    }

    /**
     * The derivation in index notation, rule by rule, from the inside out. Each line is the derivative of a part of the
     * formula, as the rule gives it and then simplified.
     */
    public List<String> steps() {
        List<String> lines = new ArrayList<>();
        lines.add("f = " + print(names.simplified(formula.expression())));
        steps.forEach(step -> lines.add(line(step, "∂(" + print(names.simplified(step.subject())) + ")")));
        matrix().ifPresent(matrix -> lines.add("∂f/∂" + by.name() + " = " + matrix));
        return lines;
    }

    /**
     * The steps without the formula and without routine lines. Omitted are a constant factor in front, a part that was
     * differentiated before at other indices, and added constants.
     */
    public List<String> briefSteps() {
        List<String> lines = new ArrayList<>();
        BriefSteps.of(steps).forEach(step -> {
            boolean all = step.subject().equals(formula.expression());
            lines.add(line(step, all ? "∂f" : "∂(" + print(names.simplified(step.subject())) + ")"));
        });
        matrix().ifPresent(matrix -> lines.add("∂f/∂" + by.name() + " = " + matrix));
        return lines;
    }

    private String line(Step step, String derived) {
        String applied = print(names.apply(step.applied()));
        String simplified = print(names.simplified(step.simplified()));
        return derived + "/∂" + print(by) + " = " + applied + (applied.equals(simplified) ? "" : " = " + simplified)
                + "   [" + step.rule() + "]";
    }

    /** The derivative in one line, in index notation, and in matrix notation if it has one. */
    public String result() {
        String indices = "∂f/∂" + print(by) + " = " + print(names.simplified(derivative.expression()));
        return indices
                + matrix().map(matrix -> ", ∂f/∂" + by.name() + " = " + matrix).orElse("");
    }

    private Optional<String> matrix() {
        return MatrixPrinter.plain(names.simplified(derivative.expression()), derivative.axes(), formula.variables());
    }

    private String print(Expression expression) {
        return IndexPrinter.plain(expression, formula.variables());
    }

    /**
     * The distance of the derivative from finite differences of the formula as it was written: the largest difference
     * of two elements, relative to the largest element if that is above 1.
     *
     * @param values an array for each variable, as for {@link Formula#evaluate}
     */
    public double check(Map<String, INDArray> values) {
        return CentralDifferences.error(derivative.evaluate(values), formula.differences(by.name(), values));
    }

    /**
     * Checks the derivative as {@link #check(Map)} does, at random values between 0.5 and 1.5; the diagonals of square
     * matrices are 2 larger.
     *
     * @param shapes the shape of each variable, for example from {@link Formula#shapes}
     */
    public double check(Map<String, long[]> shapes, long seed) {
        return check(RandomValues.of(shapes, seed));
    }

    /** The derivative as {@link Formula#toString} writes it. */
    @Override
    public String toString() {
        return derivative.toString();
    }
}
