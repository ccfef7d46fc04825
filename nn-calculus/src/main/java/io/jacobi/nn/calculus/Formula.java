package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Differentiation;
import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Indices;
import io.jacobi.nn.calculus.expression.Letters;
import io.jacobi.nn.calculus.expression.Parts;
import io.jacobi.nn.calculus.expression.Renaming;
import io.jacobi.nn.calculus.expression.Simplifier;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.calculus.notation.IndexPrinter;
import io.jacobi.nn.calculus.notation.JavaPrinter;
import io.jacobi.nn.calculus.notation.MatrixPrinter;
import io.jacobi.nn.calculus.notation.Reader;
import io.jacobi.nn.calculus.notation.Variables;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An expression whose free indices are ordered as the axes of an array. Given values for its variables, it evaluates to
 * that array.
 *
 * <pre>{@code
 * Formula f = Formula.parse("x' * A * x");
 * f.derive("x").derivative();                // A*x + A'*x
 * f.hessian("x");                            // A + A'
 * f.evaluate(Map.of("A", a, "x", x));        // a scalar
 * }</pre>
 *
 * Immutable.
 */
public final class Formula {

    /** The expression before it was simplified or differentiated. It determines which axes have the same length. */
    private final Expression source;

    private final Expression expression;
    private final List<Index> axes;
    private final Variables variables;

    private Formula(Expression source, Expression expression, List<Index> axes, Variables variables) {
        this.source = source;
        this.expression = expression;
        this.axes = List.copyOf(axes);
        this.variables = variables;
    }

    /** Reads a formula in matrix or index notation and infers what its variables are. */
    public static Formula parse(String formula) {
        return parse(formula, Variables.inferred());
    }

    /**
     * Reads a formula in matrix or index notation.
     *
     * @throws io.jacobi.nn.calculus.notation.SyntaxException if the formula cannot be read; the message points at the
     *     column
     */
    public static Formula parse(String formula, Variables variables) {
        Reader.Read read = Reader.read(formula, variables);
        return read.byIndices()
                ? of(read.expression(), read.axes(), read.variables())
                : lettered(read.expression(), read.axes(), read.variables());
    }

    /** Names the indices i, j, k, ... in reading order, because matrix notation does not name them. */
    private static Formula lettered(Expression source, List<Index> axes, Variables variables) {
        Map<Index, Index> names = new HashMap<>();
        Set<Index> letters = new HashSet<>();
        for (Index axis : axes) {
            Index letter = Index.unlike(letters);
            letters.add(letter);
            names.put(axis, letter);
        }
        Expression simple = Letters.renew(Renaming.rename(Simplifier.simplify(source), names));
        return new Formula(
                Renaming.rename(source, names),
                simple,
                axes.stream().map(names::get).toList(),
                variables);
    }

    /** The formula of an expression, with its free indices in the given order. */
    public static Formula of(Expression expression, Index... axes) {
        Variables variables = Parts.variables(expression)
                .reduce(
                        Variables.inferred(),
                        (known, variable) ->
                                known.with(variable.name(), variable.at().size()),
                        (a, b) -> b);
        return of(expression, List.of(axes), variables);
    }

    private static Formula of(Expression source, List<Index> axes, Variables variables) {
        if (!Set.copyOf(axes).equals(source.indices())
                || axes.size() != source.indices().size()) {
            throw new IllegalArgumentException(
                    "the axes " + axes + " are not the free indices\n  expected each of " + source.indices() + " once");
        }
        return new Formula(source, Letters.untangle(Simplifier.simplify(source)), axes, variables);
    }

    /**
     * The derivative with respect to a variable, with its derivation. Its axes are the axes of this formula followed by
     * the axes of the variable: the gradient of a number has the shape of the variable, the Jacobian of a vector with
     * respect to a vector is a matrix, and so on for any number of axes.
     *
     * @throws IllegalArgumentException if the formula has no such variable
     */
    public Derivation derive(String variable) {
        int rank = variables
                .rank(variable)
                .orElseThrow(() -> new IllegalArgumentException("there is no variable " + Excerpt.of(variable) + " in "
                        + Excerpt.of(this) + "\n  expected one of " + Excerpt.names(names()) + asProduct(variable)));
        Set<Index> taken = new HashSet<>(Indices.everywhere(expression));
        List<Index> at = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            at.add(Index.unlike(taken));
            taken.add(at.get(axis));
        }
        Variable by = new Variable(variable, at);
        Differentiation rules = new Differentiation(by, expression);
        Expression slope = rules.of(expression).orElseGet(() -> zero(by));
        List<Index> all = new ArrayList<>(axes);
        all.addAll(at);
        return new Derivation(this, by, new Formula(source, Letters.untangle(slope), all, variables), rules.steps());
    }

    /** Advice for a name such as Ax, which may be meant as a product of which the variable is a factor. */
    private String asProduct(String variable) {
        return names().stream()
                .filter(name -> name.length() <= 4 && name.contains(variable) && variable.length() == 1)
                .findFirst()
                .map(name ->
                        "\n  fix: write " + String.join("*", name.split("", -1)).replaceAll("^\\*|\\*$", "")
                                + " for a product, because " + name + " is one name")
                .orElse("");
    }

    /** 0 at every index of this formula and of the variable. */
    private Expression zero(Variable by) {
        return Simplifier.simplify(expression.times(by).times(0));
    }

    /**
     * The second derivative of this formula, whose value must be a number, with respect to a variable. For a vector it
     * is the Hessian matrix.
     *
     * @throws IllegalArgumentException if the value of this formula is not a number, or the formula has no such
     *     variable
     */
    public Formula hessian(String variable) {
        requireNumber(variable);
        return derive(variable).derivative().derive(variable).derivative();
    }

    /**
     * Checks that the value of this formula is a number, because only a number has a Hessian.
     *
     * @param variable the variable that the message names
     * @throws IllegalArgumentException if the formula has free indices
     */
    public void requireNumber(String variable) {
        if (!axes.isEmpty()) {
            throw new IllegalArgumentException(
                    "only a number has a Hessian, and " + Excerpt.of(this) + " has " + axes.size()
                            + (axes.size() == 1 ? " axis" : " axes")
                            + "\n  expected a formula without free indices, such as sum(...), tr(...), norm2(...)"
                            + "\n  fix: differentiate once with respect to " + Excerpt.of(variable)
                            + " for the Jacobian, which can be differentiated again");
        }
    }

    /**
     * Evaluates the formula into a new DOUBLE array with the axes of this formula.
     *
     * @param values an array for each variable, with the number of axes of that variable; other entries are ignored
     * @throws IllegalArgumentException if a value is missing
     * @throws io.jacobi.nn.ShapeException if lengths do not fit each other; the message names both axes
     */
    public INDArray evaluate(Map<String, INDArray> values) {
        return evaluate(expression, doubles(values));
    }

    private INDArray evaluate(Expression what, Map<String, INDArray> doubles) {
        return Evaluation.value(what, doubles).ordered(axes).array();
    }

    private Map<String, INDArray> doubles(Map<String, INDArray> values) {
        Map<String, INDArray> doubles = new HashMap<>();
        Map<String, long[]> shapes = new HashMap<>();
        for (String name : names()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException("there is no value for " + Excerpt.of(name)
                        + "\n  expected values for " + Excerpt.names(names()));
            }
        }
        values.forEach((name, value) -> {
            doubles.put(name, value.castTo(DataType.DOUBLE).dup('c'));
            shapes.put(name, value.shape());
        });
        new AxisLengths(source, variables.ranks()).check(shapes);
        return doubles;
    }

    /** The derivative of every element with respect to every element of a variable, from differences of the source. */
    CentralDifferences.Slopes differences(String variable, Map<String, INDArray> values) {
        Map<String, INDArray> doubles = doubles(values);
        INDArray by = Objects.requireNonNull(doubles.get(variable));
        return CentralDifferences.jacobian(by, () -> Vectors.toDoubles(evaluate(written(), doubles)));
    }

    /**
     * Whether the source inverts a matrix, or takes the logarithm of its determinant, that is singular; or takes the
     * determinant itself, unless {@code zeroDeterminants} are allowed.
     */
    boolean isSingular(Map<String, INDArray> values, boolean zeroDeterminants) {
        return Evaluation.isSingular(written(), doubles(values), zeroDeterminants);
    }

    private Expression written() {
        return source.indices().equals(expression.indices()) ? source : expression;
    }

    /**
     * Completes the shapes of all variables so that axes that share an index have the same length.
     *
     * @param given the shapes of some variables
     * @param free returns the n-th length that neither {@code given} nor a shared index determines
     * @throws io.jacobi.nn.ShapeException if the given shapes do not fit each other
     */
    public Map<String, long[]> shapes(Map<String, long[]> given, IntUnaryOperator free) {
        return new AxisLengths(source, variables.ranks()).complete(given, free);
    }

    /** The names of the variables, in alphabetical order. */
    public List<String> names() {
        return variables.ranks().keySet().stream().sorted().toList();
    }

    /** The simplified expression. */
    public Expression expression() {
        return expression;
    }

    /** The free indices, in the order of the array's axes. */
    public List<Index> axes() {
        return axes;
    }

    /** The variables and their numbers of axes. */
    public Variables variables() {
        return variables;
    }

    /** The formula in index notation, which every formula has. */
    public String index() {
        return IndexPrinter.plain(expression, variables);
    }

    /** The formula in matrix notation; empty if it has none. */
    public Optional<String> matrix() {
        return MatrixPrinter.plain(expression, axes, variables);
    }

    /** The formula in LaTeX, in matrix notation if it has one, otherwise in index notation. */
    public String latex() {
        return MatrixPrinter.latex(expression, axes, variables)
                .orElseGet(() -> IndexPrinter.latex(expression, variables));
    }

    /** The source of a Java method that computes the formula with ND4J and {@link Einsum}. */
    public String java(String method) {
        return JavaPrinter.method(method, expression, axes, variables);
    }

    /** The formula in matrix notation if it has one, otherwise in index notation. */
    @Override
    public String toString() {
        return matrix().orElseGet(this::index);
    }
}
