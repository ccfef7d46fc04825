package io.jacobi.nn.io;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;

/** The types of elements that are read, and what becomes of each in an array. */
enum NpyType {
    F4("f4", Float.BYTES, DataType.FLOAT) {
        @Override
        double toDouble(long bits) {
            return Float.intBitsToFloat((int) bits);
        }
    },
    F8("f8", Double.BYTES, DataType.DOUBLE) {
        @Override
        double toDouble(long bits) {
            return Double.longBitsToDouble(bits);
        }
    },
    I4("i4", Integer.BYTES, DataType.DOUBLE) {
        @Override
        double toDouble(long bits) {
            return toLong(bits);
        }

        @Override
        long toLong(long bits) {
            return (int) bits;
        }
    },
    I8("i8", Long.BYTES, DataType.DOUBLE) {
        @Override
        double toDouble(long bits) {
            return bits;
        }
    },
    U1("u1", Byte.BYTES, DataType.FLOAT) {
        @Override
        double toDouble(long bits) {
            return bits;
        }
    };

    private final String code;
    private final int bytes;
    private final DataType arrayType;

    NpyType(String code, int bytes, DataType arrayType) {
        this.code = code;
        this.bytes = bytes;
        this.arrayType = arrayType;
    }

    /** The type that numpy calls so, without the sign of its byte order. */
    static Optional<NpyType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    String code() {
        return code;
    }

    /** The bytes of one element. */
    int bytes() {
        return bytes;
    }

    /** The type of an array that holds every such element exactly, save whole numbers above 2^53. */
    DataType arrayType() {
        return arrayType;
    }

    boolean isInteger() {
        return this == I4 || this == I8 || this == U1;
    }

    /** The element of these bits, the lowest ones of the number. */
    abstract double toDouble(long bits);

    /** The same for integers. */
    long toLong(long bits) {
        return bits;
    }
}
