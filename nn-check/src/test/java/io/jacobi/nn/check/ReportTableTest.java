package io.jacobi.nn.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.layer.WrongAffine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report that a reader searches for a mistake. */
class ReportTableTest {

    private static final GradientReport WRONG =
            GradientCheck.of(WrongAffine.TRANSPOSES_THE_WEIGHT_GRADIENT).report();

    private static List<String> lines(GradientReport report, String containing) {
        return report.toString()
                .lines()
                .filter(line -> line.contains(containing))
                .toList();
    }

    @Test
    void columnsAreBelowTheirTitles() {
        List<String> titles = lines(WRONG, "oracle");
        assertThat(titles).hasSize(1);
        int shape = titles.get(0).indexOf("shape");
        int expected = titles.get(0).indexOf("expected") + "expected".length();

        assertThat(lines(WRONG, " 5-point ")).hasSize(6).allSatisfy(row -> {
            assertThat(row.substring(shape - 2, shape + 1)).isEqualTo("  [");
            assertThat(row.substring(expected - 1, expected + 2)).matches("\\d {2}");
        });
    }

    @Test
    void aRowFitsAWideTerminal() {
        GradientReport large = GradientCheck.of(new Dense(70))
                .input(Shape.of(70))
                .batches(100)
                .only(Oracle.FIVE_POINT)
                .report();

        assertThat(large.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
        assertThat(lines(WRONG, " central "))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(130));
    }

    @Test
    void theFirstLineSaysHowManyClaimsDoNotHold() {
        assertThat(WRONG.toString().lines().findFirst().orElseThrow())
                .startsWith("TRANSPOSES_THE_WEIGHT_GRADIENT: gradient check FAILED, 8 of 59 claims are WRONG, worst");
    }

    @Test
    void belowAWrongRowIsTheVerdict() {
        List<String> lines = WRONG.toString().lines().toList();
        int row = lines.indexOf(lines(WRONG, "WRONG weight").get(0));

        assertThat(lines.get(row + 1).strip()).matches("\\d+ of 25 wrong; bug: the error does not fall with h: .*");
        int right = lines.indexOf(lines(WRONG, "ok    bias").get(0));
        assertThat(lines.get(right + 1)).startsWith("  WRONG five-point stencil");
    }

    @Test
    void theJsonHasTheVerdictAndTheNoteOfTheSweep() {
        assertThat(WRONG.toJson())
                .contains("\"verdict\":\"", " of 25 wrong; bug: the error does not fall with h: ")
                .contains("\"oracle\":\"FIVE_POINT\",\"tensor\":\"weight\"");
        assertThat(GradientCheck.of(new Dense(3)).report().toJson()).contains("\"note\":\"is rounding at any h");
    }
}
