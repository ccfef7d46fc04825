package io.jacobi.nn.files.npy;

import java.util.Arrays;
import java.util.Optional;

/** The types of elements that Jacobi reads. */
public enum NpyType {
    F4("f4", Float.BYTES) {
        @Override
        public double toDouble(long bits) {
            return Float.intBitsToFloat((int) bits);
        }
    },
    F8("f8", Double.BYTES) {
        @Override
        public double toDouble(long bits) {
            return Double.longBitsToDouble(bits);
        }
    },
    I4("i4", Integer.BYTES) {
        @Override
        public double toDouble(long bits) {
            return toLong(bits);
        }

        @Override
        public long toLong(long bits) {
            return (int) bits;
        }
    },
    I8("i8", Long.BYTES) {
        @Override
        public double toDouble(long bits) {
            return bits;
        }
    },
    U1("u1", Byte.BYTES) {
        @Override
        public double toDouble(long bits) {
            return bits;
        }
    };

    private final String code;
    private final int bytes;

    NpyType(String code, int bytes) {
        this.code = code;
        this.bytes = bytes;
    }

    /** The type with this name in numpy, without the character for the byte order. */
    static Optional<NpyType> of(String code) {
        return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
    }

    /** The name of the type in numpy, without the character for the byte order. */
    public String code() {
        return code;
    }

    /** The number of bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether the elements are whole numbers. */
    public boolean isInteger() {
        return this == I4 || this == I8 || this == U1;
    }

    /** The element with these bits, which are the lowest bits of {@code bits}. */
    public abstract double toDouble(long bits);

    /** The integer with these bits, which are the lowest bits of {@code bits}. */
    public long toLong(long bits) {
        return bits;
    }
}
