package io.jacobi.nn.files.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A header is a Python literal of one form. Everything else is refused. */
class NpyHeaderTest {

    private static final NpyHeader FLOATS = new NpyHeader(NpyType.F4, false, false, List.of(3, 4));

    private static NpyHeader read(byte[] file) throws IOException {
        return NpyHeader.read(new DataInputStream(new ByteArrayInputStream(file)), file.length);
    }

    private static NpyHeader read(String header) throws IOException {
        return read(NpyBytes.of(header, new byte[48]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"12 ~ (12,)", "3 4 ~ (3, 4)", "2 1 6 ~ (2, 1, 6)"})
    void writesShapesAsPythonDoes(String dims, String tuple) throws IOException {
        List<Integer> shape = Stream.of(dims.split(" ")).map(Integer::valueOf).toList();
        NpyHeader header = new NpyHeader(NpyType.F4, true, true, shape);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        header.write(out);

        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .contains("{'descr': '>f4', 'fortran_order': True, 'shape': " + tuple + ", }  ")
                .endsWith(" \n")
                .hasSize(128);
        out.write(new byte[48]);
        assertThat(read(out.toByteArray())).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }   \n",
                "{'shape': (3, 4), 'fortran_order': False, 'descr': '<f4'}\n",
                "{\"descr\":\"<f4\",\"fortran_order\":False,\"shape\":(3,4,)}\n",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3L, 4L)}\n", // Python 2
                "  { 'descr' : '<f4' , 'fortran_order' : False , 'shape' : ( 3 , 4 ) , }\n"
            })
    void readsEveryNotation(String header) throws IOException {
        assertThat(read(header)).isEqualTo(FLOATS);
    }

    @Test
    void readsShapesOfAnyRank() throws IOException {
        assertThat(read("{'descr': '>i4', 'fortran_order': True, 'shape': (12,)}\n"))
                .isEqualTo(new NpyHeader(NpyType.I4, true, true, List.of(12)));
        assertThat(read(NpyBytes.of("{'descr': '|u1', 'fortran_order': True, 'shape': ()}\n", new byte[1])))
                .isEqualTo(new NpyHeader(NpyType.U1, false, true, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 4)}      ~ its elements are '<f2'",
                "{'descr': '=f4', 'fortran_order': False, 'shape': (3, 4)}      ~ its elements are '=f4'",
                "{'descr': '|f4', 'fortran_order': False, 'shape': (3, 4)}      ~ its elements are '|f4'",
                "{'descr': 'f4', 'fortran_order': False, 'shape': (3, 4)}       ~ its elements are 'f4'",
                "{'descr': '|O', 'fortran_order': False, 'shape': (3, 4)}       ~ its elements are '|O'",
                "{'descr': '', 'fortran_order': False, 'shape': (3, 4)}         ~ its elements are ''",
                "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()} ~ (a structured dtype)",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (3, 4)}          ~ True or False",
                "{'descr': '<f4', 'fortran_order': None, 'shape': (3, 4)}       ~ True or False",
                "{'descr': '<f4', 'fortran_order': Falsehood, 'shape': (3, 4)}  ~ expected ','",
                "{'descr': '<f4', 'fortran_order': False}                       ~ the keys",
                "{}                                                             ~ the keys",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)} ~ 'descr' once",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), 'x': 1}         ~ no key but",
                "{'descr': '<f4', 'fortran_order': False, 'shape': 12}          ~ expected '('",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (12)}        ~ a tuple, such as (3,)",
                "{'descr': '<f4', 'fortran_order': False, 'shape': [3, 4]}      ~ expected '('",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3 4)}       ~ ',' or ')'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}         ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, -4)}     ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 0)}      ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 04)}     ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4LL)}    ~ ',' or ')'",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2147483648)}            ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 99999999999999999999)}  ~ dimensions from 1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)}             ~ at most 2^31-1",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 5)}      ~ 48 bytes of elements",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)} x    ~ spaces and a line feed",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)       ~ expected ','",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (3, 4)}       ~ expected ','",
                "{'descr': 'a\\'b', 'fortran_order': False, 'shape': (3, 4)}    ~ plain characters",
                "{'descr: <f4, }                                                ~ plain characters",
                "__import__('os')                                               ~ expected '{'"
            })
    void refusesEverythingElse(String header, String message) {
        assertThatThrownBy(() -> read(header + "\n"))
                .isInstanceOf(NpyFormatException.class)
                .hasMessageContainingAll(message, "\n  expected ", "\n  fix: ");
    }

    @Test
    void refusesAHeaderWithoutALineFeedOrWithMoreThanOne() {
        assertThatThrownBy(() -> read("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}  "))
                .hasMessageContaining("a line feed at its end");
        assertThatThrownBy(() -> read("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}\n\n"))
                .hasMessageContaining("spaces and a line feed");
        assertThatThrownBy(() -> read("")).isInstanceOf(NpyFormatException.class);
    }

    @Test
    void refusesMoreDimensionsThanAnArrayHas() {
        assertThatThrownBy(() -> read("{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(33) + ")}\n"))
                .hasMessageContaining("32 dimensions");
    }

    @Test
    void refusesALengthBeyondTheFileOrTheLimit() {
        byte[] file = NpyBytes.of("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4)}\n", new byte[48]);
        file[6] = 2;
        // in version 2.0 the first two characters belong to the length
        assertThatThrownBy(() -> read(file)).hasMessageContaining("its header would have");
        file[6] = 4;
        assertThatThrownBy(() -> read(file)).hasMessageContaining("its format version is 4.0");
        assertThatThrownBy(() -> read("{'descr': '<f4', " + " ".repeat(10_000) + "}\n"))
                .hasMessageContainingAll("its header would have", "at most 10000");
    }

    /** Each is a whole file of numpy, so that another copy of it would not help. */
    @Test
    void theFixIsForTheArrayAndNotForTheFile() {
        assertThatThrownBy(
                        () -> read("{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (6,)}\n"))
                .hasMessage("its elements are records with fields (a structured dtype)"
                        + "\n  expected numbers: f4, f8, i4, i8 or u1"
                        + "\n  fix: store each field on its own, such as array['x'], with numpy.save");
        assertThatThrownBy(() -> read("{'descr': '<f4', 'fortran_order': False, 'shape': (0, 3)}\n"))
                .hasMessageContainingAll("a dimension of 0", "fix: store an array that has elements");
        assertThatThrownBy(() -> read("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536)}\n"))
                .hasMessageContaining("fix: store the array in several parts");
        assertThatThrownBy(() -> read(new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0}))
                .hasMessageContainingAll("it is a zip", "numpy.savez", "use Npz.open");
    }

    @Test
    void aLongTypeIsCut() {
        assertThatThrownBy(() -> read("{'descr': '" + "x".repeat(9000) + "', 'fortran_order': False, 'shape': (1,)}\n"))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
    }
}
