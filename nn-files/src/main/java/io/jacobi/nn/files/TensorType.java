package io.jacobi.nn.files;

import java.util.Arrays;

/**
 * The element types of the safetensors format, except the types shorter than a byte. Jacobi's weights are F32 or F64.
 */
public enum TensorType {
    F32(4),
    F64(8),
    F16(2),
    BF16(2),
    F8_E4M3(1),
    F8_E5M2(1),
    F8_E8M0(1),
    C64(8),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    TensorType(int bytes) {
        this.bytes = bytes;
    }

    /** The number of bytes of one element. */
    public int bytes() {
        return bytes;
    }

    /** Whether weights can have this type: true for F32 and F64. */
    public boolean isWeight() {
        return this == F32 || this == F64;
    }

    static TensorType named(String name) throws ModelFormatException {
        for (TensorType type : values()) {
            if (type.name().equals(name)) {
                return type;
            }
        }
        throw new ModelFormatException(
                "the dtype is \"" + FileText.show(name) + "\"",
                "one of " + Arrays.toString(values()),
                "store the tensors as F32 or F64: module.float() in PyTorch");
    }
}
