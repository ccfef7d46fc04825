package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.check.recorded.Recordings;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares with the results of numpy.einsum for the same expressions. */
class EinsumReferenceTest {

    static Stream<Recorded> cases() {
        String file = "reference/einsum.json";
        try (InputStream in = EinsumReferenceTest.class.getResourceAsStream("/" + file)) {
            assertThat(in).as("%s; made by reference/generate.py", file).isNotNull();
            return Recordings.read(in, file).cases().values().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(Recorded recorded, DataType type, double precision) {
        Einsum einsum = Einsum.of(recorded.name());
        INDArray[] operands = IntStream.range(0, einsum.spec().operands().size())
                .mapToObj(k -> recorded.array("operands/" + k, type))
                .toArray(INDArray[]::new);

        INDArray value = einsum.evaluate(operands);

        assertThat(value.shape()).isEqualTo(recorded.array("value", type).shape());
        assertThat(Vectors.toDoubles(value))
                .usingComparatorWithPrecision(precision)
                .containsExactly(recorded.values("value"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void agreesWithNumPy(Recorded recorded) {
        compare(recorded, DataType.DOUBLE, 1e-12);
        compare(recorded, DataType.FLOAT, 1e-3);
    }
}
