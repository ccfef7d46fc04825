package io.jacobi.nn.calculus;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.calculus.expression.Excerpt;
import io.jacobi.nn.math.Overlap;
import io.jacobi.nn.math.Span;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Checks and properties of the operands of a contraction. */
final class Operands {

    private Operands() {}

    /**
     * The common type of the operands; DOUBLE if there are none.
     *
     * @throws IllegalArgumentException unless all operands are FLOAT or all are DOUBLE
     */
    static DataType type(ContractionSpec spec, INDArray... operands) {
        DataType type = operands.length == 0 ? DataType.DOUBLE : operands[0].dataType();
        for (INDArray operand : operands) {
            if (operand.dataType() != type || (type != DataType.FLOAT && type != DataType.DOUBLE)) {
                throw new IllegalArgumentException(Excerpt.of(spec)
                        + ": the types of the operands differ or are not supported"
                        + "\n  expected all FLOAT or all DOUBLE\n  received "
                        + Arrays.stream(operands).map(INDArray::dataType).toList()
                        + "\n  fix: array.castTo(DataType.DOUBLE)");
            }
        }
        return type;
    }

    /** Checks that an output array has the shape, type and layout of the result. */
    static void requireOutput(ContractionSpec spec, long[] shape, DataType type, INDArray output) {
        if (!Arrays.equals(shape, output.shape())) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": the output has the wrong shape",
                    Arrays.toString(shape),
                    Arrays.toString(output.shape()),
                    "use Memory.array(type, einsum.shape(...)), or call evaluate(...)");
        }
        if (type != output.dataType() || !(output.isEmpty() || Span.fits(output))) {
            throw new IllegalArgumentException(
                    Excerpt.of(spec) + ": cannot write into this " + output.dataType() + " array\n  expected " + type
                            + ", dense, row-major ('c')\n  fix: call evaluate(...), and assign its result");
        }
    }

    /** Checks that the output shares no memory with an operand, which would change while it is still read. */
    static void requireApart(ContractionSpec spec, INDArray output, INDArray... operands) {
        for (int k = 0; k < operands.length; k++) {
            if (Overlap.of(output, operands[k])) {
                throw new IllegalArgumentException(Excerpt.of(spec) + ": the output is in the memory of operand " + k
                        + "\n  expected an array that shares no memory with an operand"
                        + "\n  fix: call evaluate(...), and assign its result");
            }
        }
    }

    static List<long[]> shapes(INDArray... operands) {
        return Arrays.stream(operands).map(INDArray::shape).toList();
    }
}
