package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Dimension;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What the variables of an expression are: a DOUBLE array for each, whose axes also say how long each index is. */
record VariableValues(Map<String, INDArray> arrays) {

    INDArray of(String variable) {
        return Objects.requireNonNull(arrays.get(variable), variable);
    }

    int length(Dimension dimension) {
        return (int) of(dimension.variable()).size(dimension.axis());
    }

    /** The identity matrix of this length, by rows. */
    double[] identity(Dimension dimension) {
        int n = length(dimension);
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) {
            identity[i * (n + 1)] = 1;
        }
        return identity;
    }

    /** A vector of ones of this length. */
    double[] ones(Dimension dimension) {
        double[] ones = new double[length(dimension)];
        Arrays.fill(ones, 1);
        return ones;
    }
}
