package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Cases;
import io.jacobi.nn.calculus.expression.Constant;
import io.jacobi.nn.calculus.expression.Contraction;
import io.jacobi.nn.calculus.expression.Delta;
import io.jacobi.nn.calculus.expression.Determinant;
import io.jacobi.nn.calculus.expression.Dimension;
import io.jacobi.nn.calculus.expression.Expression;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Inverse;
import io.jacobi.nn.calculus.expression.Lengths;
import io.jacobi.nn.calculus.expression.LogDeterminant;
import io.jacobi.nn.calculus.expression.Mapped;
import io.jacobi.nn.calculus.expression.Ones;
import io.jacobi.nn.calculus.expression.Size;
import io.jacobi.nn.calculus.expression.Sum;
import io.jacobi.nn.calculus.expression.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The slow reference for {@link Evaluation}: one number at a time, directly from the definitions. */
final class LoopEvaluation implements Cases<Double> {

    private final Map<String, INDArray> values;
    private final Map<Index, Integer> at = new HashMap<>();

    LoopEvaluation(Map<String, INDArray> values) {
        this.values = values;
    }

    /** All elements, with the last axis varying fastest. */
    double[] of(Expression expression, List<Index> axes) {
        List<Double> all = new ArrayList<>();
        loop(axes, expression, () -> all.add(expression.accept(this)));
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void loop(List<Index> over, Expression scope, Runnable body) {
        if (over.isEmpty()) {
            body.run();
            return;
        }
        Index index = over.get(0);
        Integer before = at.get(index);
        for (int i = 0; i < length(index, scope); i++) {
            at.put(index, i);
            loop(over.subList(1, over.size()), scope, body);
        }
        if (before != null) {
            at.put(index, before);
        }
    }

    private int length(Index index, Expression scope) {
        return length(Lengths.find(index, scope).orElseThrow());
    }

    private int length(Dimension dimension) {
        return (int) Objects.requireNonNull(values.get(dimension.variable())).size(dimension.axis());
    }

    private int position(Index index) {
        return Objects.requireNonNull(at.get(index));
    }

    @Override
    public Double variable(Variable variable) {
        INDArray array = Objects.requireNonNull(values.get(variable.name()));
        return array.getDouble(variable.at().stream().mapToInt(this::position).toArray());
    }

    @Override
    public Double constant(Constant constant) {
        return constant.value();
    }

    @Override
    public Double delta(Delta delta) {
        return position(delta.first()) == position(delta.second()) ? 1.0 : 0.0;
    }

    @Override
    public Double ones(Ones ones) {
        return 1.0;
    }

    @Override
    public Double size(Size size) {
        return (double) length(size.dimension());
    }

    @Override
    public Double contraction(Contraction contraction) {
        double[] total = {0};
        Expression open =
                Contraction.product(contraction.factors().isEmpty() ? List.of(new Constant(1)) : contraction.factors());
        loop(List.copyOf(contraction.summed()), open, () -> {
            double product = contraction.scale();
            for (Expression factor : contraction.factors()) {
                product *= factor.accept(this);
            }
            total[0] += product;
        });
        return total[0];
    }

    @Override
    public Double sum(Sum sum) {
        return sum.terms().stream().mapToDouble(term -> term.accept(this)).sum();
    }

    @Override
    public Double mapped(Mapped mapped) {
        return mapped.function().apply(mapped.argument().accept(this));
    }

    @Override
    public Double determinant(Determinant of) {
        return byCofactors(rows(of.argument(), of.row(), of.column()));
    }

    @Override
    public Double logDeterminant(LogDeterminant of) {
        return Math.log(Math.abs(byCofactors(rows(of.argument(), of.row(), of.column()))));
    }

    /** Cramer's rule. */
    @Override
    public Double inverse(Inverse of) {
        double[][] rows = rows(of.argument(), of.from(), of.to());
        int row = position(of.row());
        int column = position(of.column());
        return sign(row + column) * byCofactors(without(rows, column, row)) / byCofactors(rows);
    }

    private double[][] rows(Expression argument, Index row, Index column) {
        double[] all = of(argument, List.of(row, column));
        int n = (int) Math.round(Math.sqrt(all.length));
        double[][] rows = new double[n][n];
        for (int i = 0; i < all.length; i++) {
            rows[i / n][i % n] = all[i];
        }
        return rows;
    }

    private static double byCofactors(double[][] rows) {
        double sum = rows.length == 0 ? 1 : 0;
        for (int column = 0; column < rows.length; column++) {
            sum += sign(column) * rows[0][column] * byCofactors(without(rows, 0, column));
        }
        return sum;
    }

    private static double[][] without(double[][] rows, int row, int column) {
        double[][] left = new double[rows.length - 1][rows.length - 1];
        for (int i = 0; i < left.length; i++) {
            for (int j = 0; j < left.length; j++) {
                left[i][j] = rows[i < row ? i : i + 1][j < column ? j : j + 1];
            }
        }
        return left;
    }

    private static int sign(int power) {
        return power % 2 == 0 ? 1 : -1;
    }
}
