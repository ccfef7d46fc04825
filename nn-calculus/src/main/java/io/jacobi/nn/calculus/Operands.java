package io.jacobi.nn.calculus;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What all operands of a contraction say together. */
final class Operands {

    private Operands() {}

    /**
     * Their one type; DOUBLE if there are none.
     *
     * @throws IllegalArgumentException unless all are FLOAT or all DOUBLE
     */
    static DataType type(ContractionSpec spec, INDArray... operands) {
        DataType type = operands.length == 0 ? DataType.DOUBLE : operands[0].dataType();
        for (INDArray operand : operands) {
            if (operand.dataType() != type || (type != DataType.FLOAT && type != DataType.DOUBLE)) {
                throw new IllegalArgumentException(spec + ": the types of the operands do not fit"
                        + "\n  expected all FLOAT or all DOUBLE\n  received "
                        + Arrays.stream(operands).map(INDArray::dataType).toList()
                        + "\n  fix: array.castTo(DataType.DOUBLE)");
            }
        }
        return type;
    }

    static List<long[]> shapes(INDArray... operands) {
        return Arrays.stream(operands).map(INDArray::shape).toList();
    }
}
