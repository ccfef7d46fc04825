package io.jacobi.nn.files.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowEncoderTest {

    private static final TableEncoding ENCODING = new TableEncoding(
            List.of(
                    new NumberEncoding("age", NumberTransform.IDENTITY, new Scaling(40, 10, 40, true), false),
                    new OneHotEncoding("job", List.of("clerk", "baker"), false, true),
                    new HashEncoding("note", 4)),
            new ClassTarget("income", List.of("low", "high")),
            List.of("id"));

    @Test
    void aRowByNamesEqualsTheRowInAnyOrder() {
        float[] features = RowEncoder.of(ENCODING).features(Map.of("age", 50, "job", "baker", "note", "x"));
        assertThat(features).hasSize(ENCODING.features().size()).startsWith(1, 0, 0, 1, 0);
        RowEncoder csv = RowEncoder.of(ENCODING, List.of("id", "note", "income", "job", "age"));
        assertThat(csv.features(List.of("7", "x", "low", "baker", "50"))).containsExactly(features);
        assertThat(csv.hasTarget()).isTrue();
        float[] target = new float[1];
        csv.encodeTarget(List.of("7", "x", "high", "baker", "50"), target, 0);
        assertThat(target).containsExactly(1);
    }

    @Test
    void missingAndExtraColumnsAreNamed() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> RowEncoder.of(ENCODING).features(Map.of("age", 50, "jobs", "baker", "note", "x")))
                .withMessage("the row has no \"job\", and the model was not trained with \"jobs\""
                        + "\n  expected the columns \"age\", \"job\", \"note\""
                        + "\n  fix: remove or rename the column; names are compared exactly");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> RowEncoder.of(ENCODING, List.of("age", "job")))
                .withMessageStartingWith("the row has no \"note\"\n");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> RowEncoder.of(ENCODING, List.of("age", "job", "age", "note")))
                .withMessageStartingWith("column \"age\": is there twice");
    }

    @Test
    void withoutATargetThereIsNothingToCompareWith() {
        RowEncoder rows = RowEncoder.of(ENCODING, List.of("age", "job", "note"));
        assertThat(rows.hasTarget()).isFalse();
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> rows.encodeTarget(List.of("1", "2", "3"), new float[1], 0))
                .withMessageStartingWith("column \"income\": is not there");
    }

    @Test
    void codesTakeLessRoomThanFeatures() {
        RowEncoder rows = RowEncoder.of(ENCODING);
        assertThat(rows.codes()).isEqualTo(1 + 1 + 4);
        assertThat(rows.features()).isEqualTo(2 + 3 + 4);
    }

    @Test
    void aNameIsThereOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TableEncoding(ENCODING.columns(), ENCODING.target(), List.of("age")))
                .withMessageContaining("The column \"age\" is there twice");
    }
}
