package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.ElementFunction;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes an expression with {@link WideNumber}s, whose exponents do not overflow: log(Σ exp(x)) at 1000, Σ x² at
 * 1e200, and the powers of such sums in their derivatives. It is slower than {@link Evaluation}, which it replaces only
 * where an intermediate result leaves the range of double.
 */
final class WideEvaluation implements Cases<WideArray> {

    private final VariableValues values;
    private final Map<Expression, WideArray> known = new HashMap<>();

    /** Evaluates with a DOUBLE array for each variable. */
    WideEvaluation(Map<String, INDArray> values) {
        this.values = new VariableValues(values);
    }

    WideArray of(Expression expression) {
        WideArray before = known.get(expression);
        if (before == null) {
            before = expression.accept(this);
            known.put(expression, before);
        }
        return before;
    }

    @Override
    public WideArray variable(Variable variable) {
        INDArray array = values.of(variable.name());
        return WideArray.of(Vectors.toDoubles(array), variable.at(), array.shape());
    }

    @Override
    public WideArray constant(Constant constant) {
        return WideArray.of(new double[] {constant.value()}, List.of());
    }

    @Override
    public WideArray delta(Delta delta) {
        int n = values.length(delta.length());
        return WideArray.of(values.identity(delta.length()), List.of(delta.first(), delta.second()), n, n);
    }

    @Override
    public WideArray ones(Ones ones) {
        double[] all = values.ones(ones.length());
        return WideArray.of(all, List.of(ones.index()), all.length);
    }

    @Override
    public WideArray size(Size size) {
        return WideArray.of(new double[] {values.length(size.dimension())}, List.of());
    }

    @Override
    public WideArray contraction(Contraction contraction) {
        List<WideArray> factors = new ArrayList<>(List.of(constant(new Constant(contraction.scale()))));
        Cofactors cofactors = Cofactors.of(contraction.factors());
        cofactors.others().forEach(factor -> factors.add(of(factor)));
        cofactors.inverses().forEach(inverse -> factors.add(matrix(inverse).adjugate(inverse.row(), inverse.column())));
        return WideArray.contract(factors, List.copyOf(contraction.indices()));
    }

    @Override
    public WideArray sum(Sum sum) {
        List<Index> axes = List.copyOf(sum.indices());
        return WideArray.sum(
                sum.terms().stream().map(term -> of(term).ordered(axes)).toList());
    }

    @Override
    public WideArray mapped(Mapped mapped) {
        return of(mapped.argument()).map(mapped.function());
    }

    @Override
    public WideArray determinant(Determinant of) {
        return WideArray.number(
                WideMatrix.of(of(of.argument()), of.row(), of.column()).determinant());
    }

    @Override
    public WideArray logDeterminant(LogDeterminant of) {
        WideArray determinant = determinant(new Determinant(of.argument(), of.row(), of.column()));
        return determinant.map(ElementFunction.ABS).map(ElementFunction.LOG);
    }

    @Override
    public WideArray inverse(Inverse of) {
        return matrix(of).inverse(of.row(), of.column());
    }

    private WideMatrix matrix(Inverse of) {
        return WideMatrix.of(of(of.argument()), of.from(), of.to());
    }
}
