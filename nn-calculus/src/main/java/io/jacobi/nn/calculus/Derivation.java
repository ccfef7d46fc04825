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

    /** Lengths that are all different, so that a check detects axes that are mixed up. */
    private static final List<int[]> LENGTHS = List.of(new int[] {3, 4, 2, 5}, new int[] {5, 3, 4, 2});

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
        return CentralDifferences.error(
                derivative.evaluate(values),
                formula.differences(by.name(), values).values());
    }

    /**
     * Checks the derivative as {@link #check(Map)} does, at random values between 0.5 and 1.5; the diagonals of square
     * matrices are 2 larger. If the formula is not defined or not smooth there, other values between -3 and 3 are
     * tried.
     *
     * @param shapes the shape of each variable, for example from {@link Formula#shapes}
     * @return the distance; infinite if the derivative has no value where the formula has one; NaN if the formula is
     *     not defined at any of the values
     */
    public double check(Map<String, long[]> shapes, long seed) {
        return checkAt(shapes, seed, true).error();
    }

    /**
     * Checks the derivative as {@link #check(Map, long)} does, at shapes that are completed with different lengths. If
     * the formula is not defined for them, as logdet(X'*X) is not for fewer rows than columns, other lengths are tried.
     * So they are if a determinant is 0 for them, as det(X'*X) is, because a comparison of zeros says little.
     *
     * @param given the shapes of some variables
     * @throws io.jacobi.nn.ShapeException if the given shapes do not fit each other
     */
    public DerivativeCheck checkSomewhere(Map<String, long[]> given, long seed) {
        DerivativeCheck regular = checkSomewhere(given, seed, false);
        return regular.isDefined() || !regular.singular() ? regular : checkSomewhere(given, seed, true);
    }

    private DerivativeCheck checkSomewhere(Map<String, long[]> given, long seed, boolean zeroDeterminants) {
        List<DerivativeCheck> undefined = new ArrayList<>();
        for (int[] lengths : LENGTHS) {
            Map<String, long[]> shapes = formula.shapes(given, open -> lengths[open % lengths.length]);
            DerivativeCheck check = checkAt(shapes, seed, zeroDeterminants);
            if (check.isDefined()) {
                return check;
            }
            undefined.add(check);
        }
        return undefined.get(0);
    }

    private DerivativeCheck checkAt(Map<String, long[]> shapes, long seed, boolean zeroDeterminants) {
        boolean[] singular = {false};
        double error = RandomValues.draws(shapes, seed)
                .filter(values -> {
                    boolean regular = !formula.isSingular(values, zeroDeterminants);
                    singular[0] |= !regular;
                    return regular && formula.differences(by.name(), values).reliable();
                })
                .findFirst()
                .map(this::check)
                .map(distance -> Double.isNaN(distance) ? Double.POSITIVE_INFINITY : distance)
                .orElse(Double.NaN);
        boolean defined = !Double.isNaN(error);
        return new DerivativeCheck(error, shapes, !defined && singular[0]);
    }

    /** The derivative as {@link Formula#toString} writes it. */
    @Override
    public String toString() {
        return derivative.toString();
    }
}
