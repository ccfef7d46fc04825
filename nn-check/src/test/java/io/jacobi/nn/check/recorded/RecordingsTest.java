package io.jacobi.nn.check.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The format of recorded values: what it contains, and that anything else is refused. */
class RecordingsTest {

    private static final String FILE = """
            {"made_by": "hand", "notes": {"shape": [[]]}, "cases": {
              "first": {"x": {"shape": [2, 3], "data": [1, 2, 3, 4.5, -6e-3, 0]},
                        "parameters": {"0.weight": {"data": [7], "shape": [1]}, "0.bias": 8},
                        "states": {}},
              "second": {"value": {"shape": [], "data": [9]}}}}
            """;

    @TempDir
    private Path directory;

    private static Recordings read(String json) throws IOException {
        return Recordings.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "test.json");
    }

    @Test
    void readsArraysNumbersAndGroupsOfThem() throws IOException {
        Recordings cases = read(FILE);

        assertThat(cases.names()).containsExactly("first", "second");
        Recorded first = cases.get("first");
        assertThat(first.name()).isEqualTo("first");
        assertThat(first.arrays()).containsOnlyKeys("x", "parameters/0.weight", "parameters/0.bias");
        assertThat(first.get("x").shape()).containsExactly(2, 3);
        assertThat(first.values("x")).containsExactly(1, 2, 3, 4.5, -6e-3, 0);
        assertThat(first.get("parameters/0.weight").shape()).containsExactly(1);
        assertThat(first.get("parameters/0.bias").shape()).isEmpty();
        assertThat(first.values("parameters/0.bias")).containsExactly(8);
        assertThat(cases.get("second").get("value").rank()).isZero();
        assertThat(first).hasToString("first [x, parameters/0.weight, parameters/0.bias]");
    }

    @Test
    void readsAFileOrAStreamThatItLeavesOpen() throws IOException {
        Path file = Files.writeString(directory.resolve("cases.json"), FILE);
        InputStream open = new ByteArrayInputStream(FILE.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                throw new AssertionError("closed");
            }
        };

        assertThat(Recordings.read(file).names()).containsExactly("first", "second");
        assertThat(Recordings.read(open, "test.json").names()).containsExactly("first", "second");
    }

    @Test
    void givesArraysInNativeMemoryInEitherPrecision() throws IOException {
        INDArray x = read(FILE).get("first").array("x", DataType.FLOAT);

        assertThat(x.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(x.shape()).containsExactly(2, 3);
        assertThat(x.getFloat(1, 0)).isEqualTo(4.5f);
    }

    @Test
    void theErrorForAMissingNameListsTheExistingOnes() throws IOException {
        Recordings cases = read(FILE);
        Recorded second = cases.get("second");

        assertThat(second.has("x")).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> second.get("x"))
                .withMessage("The recorded case \"second\" has no x\n  expected one of [value]"
                        + "\n  fix: record it, or choose another");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cases.get("third"))
                .withMessage("There is no case \"third\" in test.json\n  expected one of [first, second]");
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("", "test.json: it is not an object (line 1, column 0)"),
                Arguments.of("[1]", "test.json: it is not an object (line 1, column 1)"),
                Arguments.of("{\"cases\": {", "test.json: it is not JSON: Unexpected end-of-input"),
                Arguments.of("{\"cases\": {}} {}", "test.json: something follows the object (line 1, column 15)"),
                Arguments.of("{\"cases\": {}}", "test.json: it has no cases"),
                Arguments.of("{\"case\": {}}", "test.json: it has no cases"),
                Arguments.of("{\"cases\": 3}", "test.json, cases: found 3"),
                Arguments.of("{\"cases\": {\"a\": []}}", "test.json, case \"a\": found ["),
                Arguments.of("{\"cases\": {\"a\": {}, \"a\": {}}}", "it is not JSON: Duplicate Object property \"a\""),
                damagedArray("null", "a\", x: found null (line 1, column 23)\n  expected a finite number"),
                damagedArray("[1, 2]", "a\", x: found ["),
                damagedArray("NaN", "it is not JSON: Non-standard token 'NaN'"),
                damagedArray("1e999", "a\", x: found 1e999"),
                damagedArray(
                        "{\"shape\": [2]}",
                        "a\", x: the array has [shape] (line 1, column 36)\n  expected [shape, data]"),
                damagedArray("{\"data\": [2]}", "a\", x: the array has [data]"),
                damagedArray("{\"shape\": [1], \"values\": [2]}", "a\", x: the array has [shape, values]"),
                damagedArray("{\"shape\": [1], \"data\": [2], \"n\": 1}", "x: the array has [shape, data, n]"),
                damagedArray("{\"dtype\": \"float32\", \"shape\": [1], \"data\": [2]}", "x/dtype: found float32"),
                damagedArray("{\"shape\": [1], \"data\": [true]}", "a\", x/data: found true"),
                damagedArray("{\"shape\": [1], \"data\": [[2]]}", "a\", x/data: found ["),
                damagedArray(
                        "{\"shape\": [2, 2], \"data\": [1, 2, 3]}", "its shape is [2, 2] and its data has 3 elements"),
                damagedArray(
                        "{\"shape\": [65536, 65536], \"data\": []}", "its shape is [65536, 65536] and its data has 0"),
                damagedArray(
                        "{\"shape\": [0], \"data\": []}",
                        "its shape is [0.0] (line 1, column 48)\n  expected whole numbers of 1 or more"),
                damagedArray("{\"shape\": [-1], \"data\": []}", "its shape is [-1.0]"),
                damagedArray("{\"shape\": [1.5], \"data\": [1]}", "its shape is [1.5]"),
                damagedArray("{\"shape\": [1e10], \"data\": [1]}", "its shape is [1.0E10]"));
    }

    private static Arguments damagedArray(String array, String complaint) {
        return Arguments.of("{\"cases\": {\"a\": {\"x\": " + array + "}}}", complaint);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void refusesADamagedFileAndSaysWhere(String json, String complaint) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(complaint)
                .hasMessageContaining("\n  expected ")
                .hasMessageContaining("\n  fix: ");
    }

    @Test
    void aFileThatCannotBeReadIsNotReportedAsDamaged() throws IOException {
        InputStream closed = InputStream.nullInputStream();
        closed.close();

        assertThatThrownBy(() -> Recordings.read(closed, "test.json")).hasMessage("Stream closed");
        assertThatThrownBy(() -> Recordings.read(directory.resolve("none.json")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
