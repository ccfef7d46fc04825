package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Differentiation;
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
 * An expression whose free indices have an order, so that it is an array: of numbers once its variables have values.
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

    /** Where it comes from: before it was simplified, or derived. It tells which axes are equally long. */
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

    /** Reads a formula in matrix or index notation; what its names are is inferred. See {@link #parse(String, Variables)}. */
    public static Formula parse(String formula) {
        return parse(formula, Variables.inferred());
    }

    /**
     * Reads a formula in matrix or index notation.
     *
     * @throws io.jacobi.nn.calculus.notation.SyntaxException if it cannot be read; the message points at the column
     */
    public static Formula parse(String formula, Variables variables) {
        Reader.Read read = Reader.read(formula, variables);
        return read.byIndices()
                ? of(read.expression(), read.axes(), read.variables())
                : lettered(read.expression(), read.axes(), read.variables());
    }

    /** Matrix notation names no indices: they become i, j, k, ... as they are read. */
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

    /** An expression, with the order of its free indices. */
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
                    "the axes " + axes + " do not fit\n  expected each free index once, of " + source.indices());
        }
        return new Formula(source, Letters.untangle(Simplifier.simplify(source)), axes, variables);
    }

    /**
     * The derivative by a variable, with the steps to it. Its axes are this formula's and then the variable's: the gradient of a
     * number has the variable's shape, the Jacobian of a vector by a vector is a matrix, and so on for any number of axes.
     *
     * @throws IllegalArgumentException if the formula has no such variable
     */
    public Derivation derive(String variable) {
        int rank = variables
                .rank(variable)
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no variable " + variable + " in " + this + "\n  expected one of " + names()));
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

    /** 0 at every index of this formula and of the variable. */
    private Expression zero(Variable by) {
        return Simplifier.simplify(expression.times(by).times(0));
    }

    /**
     * The second derivative of a number by a variable: for a vector the Hessian matrix.
     *
     * @throws IllegalArgumentException if this is not a number, or has no such variable
     */
    public Formula hessian(String variable) {
        requireNumber(variable);
        return derive(variable).derivative().derive(variable).derivative();
    }

    /** Refuses what has no Hessian. */
    public void requireNumber(String variable) {
        if (!axes.isEmpty()) {
            throw new IllegalArgumentException("only a number has a Hessian, and " + this + " has " + axes.size()
                    + (axes.size() == 1 ? " axis" : " axes")
                    + "\n  expected a formula without free indices, such as sum(...), tr(...), norm2(...)"
                    + "\n  fix: derive by " + variable + " once, for its Jacobian; deriving that again is allowed");
        }
    }

    /**
     * The numbers, for values of all its variables: a new array, DOUBLE, with this formula's axes.
     *
     * @param values for each variable an array with its number of axes; more are ignored
     * @throws IllegalArgumentException if one is missing
     * @throws io.jacobi.nn.ShapeException if lengths do not fit each other; the message names both axes
     */
    public INDArray evaluate(Map<String, INDArray> values) {
        return evaluate(expression, doubles(values));
    }

    private INDArray evaluate(Expression what, Map<String, INDArray> doubles) {
        return new Evaluation(doubles).of(what).ordered(axes).array();
    }

    private Map<String, INDArray> doubles(Map<String, INDArray> values) {
        Map<String, INDArray> doubles = new HashMap<>();
        Map<String, long[]> shapes = new HashMap<>();
        for (String name : names()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "there is no value for " + name + "\n  expected values for " + names());
            }
        }
        values.forEach((name, value) -> {
            doubles.put(name, value.castTo(DataType.DOUBLE).dup('c'));
            shapes.put(name, value.shape());
        });
        new AxisLengths(source).check(shapes);
        return doubles;
    }

    /** The derivative of every element by every element of a variable, by differences of the formula as it was written. */
    double[] differences(String variable, Map<String, INDArray> values) {
        Map<String, INDArray> doubles = doubles(values);
        INDArray by = Objects.requireNonNull(doubles.get(variable));
        Expression written = source.indices().equals(expression.indices()) ? source : expression;
        return CentralDifferences.jacobian(by, () -> Vectors.toDoubles(evaluate(written, doubles)));
    }

    /**
     * Shapes for all variables, as their indices demand.
     *
     * @param given shapes of some of them
     * @param free the n-th length that is open
     * @throws io.jacobi.nn.ShapeException if the given shapes do not fit each other
     */
    public Map<String, long[]> shapes(Map<String, long[]> given, IntUnaryOperator free) {
        return new AxisLengths(source).complete(given, free);
    }

    /** The names of its variables, in alphabetical order. */
    public List<String> names() {
        return variables.ranks().keySet().stream().sorted().toList();
    }

    /** The expression, simplified. */
    public Expression expression() {
        return expression;
    }

    /** The free indices, in the order of the array's axes. */
    public List<Index> axes() {
        return axes;
    }

    /** The variables, and how many axes each has. */
    public Variables variables() {
        return variables;
    }

    /** In index notation, which every formula has. */
    public String index() {
        return IndexPrinter.plain(expression, variables);
    }

    /** In matrix notation, of what has one. */
    public Optional<String> matrix() {
        return MatrixPrinter.plain(expression, axes, variables);
    }

    /** In LaTeX: matrix notation, or index notation if there is no other. */
    public String latex() {
        return MatrixPrinter.latex(expression, axes, variables)
                .orElseGet(() -> IndexPrinter.latex(expression, variables));
    }

    /** A Java method that computes this with ND4J and {@link Einsum}. */
    public String java(String method) {
        return JavaPrinter.method(method, expression, axes, variables);
    }

    /** In matrix notation, or index notation if there is no other. */
    @Override
    public String toString() {
        return matrix().orElseGet(this::index);
    }
}
