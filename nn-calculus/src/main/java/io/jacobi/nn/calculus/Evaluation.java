package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Function;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Power;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes an expression in double: a repeated subexpression once, and every contraction as one {@link Einsum}. It
 * notices where an intermediate result comes near the ends of the range of double, and then {@link WideEvaluation}
 * computes the expression.
 */
final class Evaluation implements Cases<Labelled> {

    private final VariableValues values;
    private final Map<Expression, Labelled> known = new HashMap<>();
    private boolean safe = true;
    private boolean singular;
    private boolean zeroDeterminant;

    /** Evaluates with a DOUBLE array for each variable. */
    Evaluation(Map<String, INDArray> values) {
        this.values = new VariableValues(values);
    }

    /** The value of an expression, right also where an intermediate result is outside the range of double. */
    static Labelled value(Expression expression, Map<String, INDArray> values) {
        Evaluation plain = new Evaluation(values);
        Labelled value = plain.of(expression);
        return plain.safe ? value : new WideEvaluation(values).of(expression).narrow();
    }

    /**
     * Whether the value needs the inverse or the logarithm of the determinant of a matrix that is nearly singular; or
     * the determinant itself, unless {@code zeroDeterminants} are allowed.
     */
    static boolean isSingular(Expression expression, Map<String, INDArray> values, boolean zeroDeterminants) {
        Evaluation plain = new Evaluation(values);
        plain.of(expression);
        return plain.singular || (plain.zeroDeterminant && !zeroDeterminants);
    }

    Labelled of(Expression expression) {
        Labelled before = known.get(expression);
        if (before == null) {
            before = expression.accept(this);
            safe &= before.range().isSafe();
            known.put(expression, before);
        }
        return before;
    }

    @Override
    public Labelled variable(Variable variable) {
        Labelled whole = new Labelled(values.of(variable.name()), variable.at());
        List<Index> distinct = List.copyOf(variable.indices());
        return distinct.size() == variable.at().size() ? whole : Labelled.contract(List.of(whole), distinct);
    }

    @Override
    public Labelled constant(Constant constant) {
        return Labelled.number(constant.value());
    }

    @Override
    public Labelled delta(Delta delta) {
        int n = values.length(delta.length());
        return Labelled.of(values.identity(delta.length()), List.of(delta.first(), delta.second()), n, n);
    }

    @Override
    public Labelled ones(Ones ones) {
        double[] all = values.ones(ones.length());
        return Labelled.of(all, List.of(ones.index()), all.length);
    }

    @Override
    public Labelled size(Size size) {
        return Labelled.number(values.length(size.dimension()));
    }

    @Override
    public Labelled contraction(Contraction contraction) {
        if (contraction.factors().isEmpty()) {
            return Labelled.number(contraction.scale());
        }
        List<Labelled> factors = new ArrayList<>();
        Cofactors cofactors = Cofactors.of(contraction.factors());
        cofactors.others().forEach(factor -> factors.add(of(factor)));
        cofactors.inverses().forEach(inverse -> factors.add(adjugate(inverse)));
        safe &= factors.stream()
                .map(Labelled::range)
                .reduce(Range.ONE, Range::times)
                .isSafe();
        Labelled product = Labelled.contract(factors, List.copyOf(contraction.indices()));
        return contraction.scale() == 1 ? product : product.map(x -> contraction.scale() * x);
    }

    @Override
    public Labelled sum(Sum sum) {
        List<Index> axes = List.copyOf(sum.indices());
        Labelled first = of(sum.terms().get(0)).ordered(axes);
        double[] total = first.values();
        for (Expression term : sum.terms().subList(1, sum.terms().size())) {
            double[] more = of(term).ordered(axes).values();
            for (int i = 0; i < total.length; i++) {
                total[i] += more[i];
            }
        }
        return Labelled.of(total, axes, first.array().shape());
    }

    @Override
    public Labelled mapped(Mapped mapped) {
        if (mapped.function().equals(ElementFunction.LOG) && mapped.argument() instanceof Determinant of) {
            // from the factors, because the determinant of a large matrix overflows where its logarithm does not
            LuDecomposition matrix = decompose(of.argument(), of.row(), of.column());
            singular |= matrix.isNearlySingular();
            return Labelled.number(matrix.isNegative() ? Double.NaN : matrix.logDeterminant());
        }
        return of(mapped.argument()).map(x -> {
            double y = mapped.function().apply(x);
            safe &= y != 0 || x == 0 || !vanishes(mapped.function());
            return y;
        });
    }

    /** Whether a result of 0 can be a positive number that is too small for double. */
    private static boolean vanishes(Function function) {
        return function instanceof Power
                || function.equals(ElementFunction.EXP)
                || function.equals(ElementFunction.SIGMOID)
                || function.equals(ElementFunction.SOFTPLUS);
    }

    @Override
    public Labelled determinant(Determinant of) {
        LuDecomposition matrix = decompose(of.argument(), of.row(), of.column());
        zeroDeterminant |= matrix.isNearlySingular();
        return Labelled.number(matrix.determinant());
    }

    @Override
    public Labelled logDeterminant(LogDeterminant of) {
        LuDecomposition matrix = decompose(of.argument(), of.row(), of.column());
        singular |= matrix.isNearlySingular();
        return Labelled.number(matrix.logDeterminant());
    }

    @Override
    public Labelled inverse(Inverse inverse) {
        LuDecomposition matrix = decompose(inverse.argument(), inverse.from(), inverse.to());
        singular |= matrix.isNearlySingular();
        return square(inverse, matrix.inverse());
    }

    private Labelled adjugate(Inverse inverse) {
        return square(
                inverse,
                decompose(inverse.argument(), inverse.from(), inverse.to()).adjugate());
    }

    /** A square matrix at the indices of the inverse, which are equal for its diagonal. */
    private static Labelled square(Inverse at, double[] values) {
        long n = Math.round(Math.sqrt(values.length));
        List<Index> axes = List.of(at.row(), at.column());
        Labelled whole = Labelled.of(values, axes, n, n);
        return at.row().equals(at.column()) ? Labelled.contract(List.of(whole), axes.subList(0, 1)) : whole;
    }

    private LuDecomposition decompose(Expression matrix, Index row, Index column) {
        return new LuDecomposition(of(matrix).rows(row, column));
    }
}
