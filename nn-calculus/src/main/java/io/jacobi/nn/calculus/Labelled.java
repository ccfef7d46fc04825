package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.expression.Spelling;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An array of doubles with an index for each axis. */
record Labelled(INDArray array, List<Index> axes) {

    /** A new array with these elements in 'c' order. */
    static Labelled of(double[] values, List<Index> axes, long... shape) {
        return new Labelled(Vectors.of(DataType.DOUBLE, values, shape), axes);
    }

    static Labelled number(double value) {
        return of(new double[] {value}, List.of());
    }

    double[] values() {
        return Vectors.toDoubles(array);
    }

    Range range() {
        return Range.of(values());
    }

    Labelled map(DoubleUnaryOperator function) {
        double[] values = values();
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(values[i]);
        }
        return of(values, axes, array.shape());
    }

    /** Returns the array with its axes permuted to the given order. */
    Labelled ordered(List<Index> order) {
        return axes.equals(order) ? this : contract(List.of(this), order);
    }

    /** The product of all factors, summed over every index that is not an axis of the result. */
    static Labelled contract(List<Labelled> factors, List<Index> axes) {
        Spelling spelling = new Spelling();
        String operands =
                factors.stream().map(factor -> spelling.of(factor.axes)).collect(Collectors.joining(","));
        Einsum einsum = Einsum.of(operands + "->" + spelling.of(axes));
        return new Labelled(
                einsum.evaluate(factors.stream().map(Labelled::array).toArray(INDArray[]::new)), axes);
    }

    /** The rows of a matrix over these two indices. */
    double[][] rows(Index row, Index column) {
        Labelled matrix = ordered(List.of(row, column));
        double[] values = matrix.values();
        int width = (int) matrix.array.size(1);
        List<double[]> rows = new ArrayList<>();
        for (int at = 0; at < values.length; at += width) {
            rows.add(Arrays.copyOfRange(values, at, at + width));
        }
        return rows.toArray(double[][]::new);
    }
}
