package io.jacobi.nn.files.npy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers that the bits of an element stand for. */
class NpyTypeTest {

    @Test
    void givesTheNumberOfItsBits() {
        assertThat(NpyType.F4.toDouble(Integer.toUnsignedLong(Float.floatToRawIntBits(-0.1f))))
                .isEqualTo(-0.1f);
        assertThat(NpyType.F8.toDouble(Double.doubleToRawLongBits(-0.1))).isEqualTo(-0.1);
        assertThat(NpyType.I8.toDouble(-3)).isEqualTo(-3);
        assertThat(NpyType.I8.toLong(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
        assertThat(NpyType.U1.toDouble(0xFF)).isEqualTo(255);
        assertThat(NpyType.U1.toLong(0xFF)).isEqualTo(255);
    }

    /** The four bytes of -3 are the lowest of 2^32 - 3. */
    @Test
    void extendsTheSignOfFourBytes() {
        assertThat(NpyType.I4.toLong(0xFFFF_FFFDL)).isEqualTo(-3);
        assertThat(NpyType.I4.toDouble(0xFFFF_FFFDL)).isEqualTo(-3);
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsName(NpyType type) {
        assertThat(NpyType.of(type.code())).contains(type);
        assertThat(type.code()).endsWith(String.valueOf(type.bytes()));
        assertThat(NpyType.of("<" + type.code())).isEmpty();
    }

    @Test
    void knowsWhichTypesAreIntegers() {
        assertThat(Arrays.stream(NpyType.values()).filter(NpyType::isInteger))
                .containsExactly(NpyType.I4, NpyType.I8, NpyType.U1);
    }
}
