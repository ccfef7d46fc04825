package io.jacobi.nn.derivative;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Converts callers' arrays, of any type, order and strides, to arrays that a workspace can be filled from. */
final class Inputs {

    private Inputs() {}

    /** Returns a copy, {@code [n, input shape...]}. */
    static INDArray examples(Sequential model, INDArray x) {
        if (!model.inputShape().isRowOf(x.shape())) {
            throw new ShapeException(
                    "these examples do not fit the model",
                    "[n, " + model.inputShape().toString().substring(1),
                    Arrays.toString(x.shape()),
                    "give each example the shape " + model.inputShape());
        }
        return Memory.view(dense(model, x), 0, model.inputShape().withBatch(x.size(0)));
    }

    /** Returns a copy, {@code [batch, output shape...]}. */
    static INDArray cotangent(Sequential model, INDArray u, long batch) {
        if (!model.outputShape().isRowOf(u.shape()) || u.size(0) != batch) {
            throw new ShapeException(
                    "u does not fit the model's output",
                    Arrays.toString(model.outputShape().withBatch(batch)) + ", a number for each output",
                    Arrays.toString(u.shape()),
                    "give u the shape of output()");
        }
        return dense(model, u);
    }

    /** Returns a copy with one number for each weight of the model. */
    static double[] direction(Sequential model, INDArray v) {
        if (v.length() != model.parameterCount()) {
            throw new ShapeException(
                    "v does not fit the model's weights",
                    "[" + model.parameterCount() + "], in the layout of weights()",
                    Arrays.toString(v.shape()),
                    "give v a number for each weight");
        }
        double[] values = Vectors.toDoubles(dense(model, v));
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("v has elements that are NaN or infinite\n  expected finite numbers");
        }
        return values;
    }

    /** Returns a copy of the model's type, dense and in 'c' order. */
    static INDArray dense(Sequential model, INDArray array) {
        Span.requireOpen(array);
        return array.castTo(model.dataType()).dup('c');
    }

    /** Returns a matrix, {@code [rows, values in each]}. */
    static INDArray matrix(double[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        if (width == 0) {
            throw new ShapeException("there are no values", "rows of numbers", "none", "give at least one example");
        }
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new ShapeException(
                        "row " + i + " differs in length",
                        width + " values, as in row 0",
                        rows[i].length + " values",
                        "give every row the same number of values");
            }
        }
        double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
        return Vectors.of(DataType.DOUBLE, values, rows.length, width);
    }

    static INDArray vector(double[] values) {
        if (values.length == 0) {
            throw new ShapeException("there are no values", "numbers", "none", "give at least one");
        }
        return Vectors.of(DataType.DOUBLE, values, values.length);
    }
}
