package io.jacobi.nn.files.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnEncodingTest {

    private static final Scaling PLAIN = new Scaling(0, 1, 0, false);

    private static float[] features(ColumnEncoding column, @Nullable Object cell) {
        CellEncoder encoder = column.encoder();
        float[] codes = new float[column.codes() + 2];
        float[] features = new float[column.features().size() + 2];
        encoder.encode(cell, codes, 1);
        encoder.expand(codes, 1, features, 1);
        assertThat(new float[] {codes[0], codes[codes.length - 1], features[0], features[features.length - 1]})
                .as("nothing beside the cell's own places is written")
                .containsOnly(0);
        return java.util.Arrays.copyOfRange(features, 1, features.length - 1);
    }

    private static NumberEncoding number(Scaling scaling) {
        return new NumberEncoding("age", NumberTransform.IDENTITY, scaling, false);
    }

    @ParameterizedTest
    @CsvSource({"41, 41", "' -2.5e3 ', -2500", "+.5, 0.5", "1E2, 100", "7., 7"})
    void readsNumbers(String text, float value) {
        assertThat(features(number(PLAIN), text)).containsExactly(value);
    }

    @Test
    void scalesAndFillsNumbers() {
        NumberEncoding age = number(new Scaling(40, 10, 45, true));
        assertThat(age.features()).containsExactly("age", "age is missing");
        assertThat(features(age, 20)).containsExactly(-2, 0);
        assertThat(features(age, true)).containsExactly(-3.9f, 0);
        assertThat(features(age, null)).containsExactly(0.5f, 1);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "", "  ", "NA", "N/A", "n/a", "NaN", "nan", "-NaN", "null", "NULL", "None", "<NA>", "#N/A", "?",
                "1.#QNAN"
            })
    void knowsTheSpellingsOfAMissingValue(@Nullable String text) {
        assertThat(features(number(new Scaling(0, 1, 7, false)), text)).containsExactly(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"inf", "-Inf", "INFINITY", "+infinity", "∞", "1e999", "-1.#INF"})
    void refusesInfiniteNumbers(String text) {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), text))
                .withMessageStartingWith("column \"age\": \"" + text + "\" is infinite\n  expected a finite number");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), Double.NEGATIVE_INFINITY))
                .withMessageContaining("\"-Infinity\" is infinite");
    }

    @ParameterizedTest
    @ValueSource(strings = {"forty", "1d", "0x1p3", "1_000", "--1", "e5", "1,234.5", "."})
    void refusesWhatIsNoNumber(String text) {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), text))
                .withMessageStartingWith("column \"age\": \"" + text + "\" is not a number");
    }

    @Test
    void namesADecimalComma() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), "3,14"))
                .withMessageContaining("expected a decimal point, not a comma\n  fix: write 3.14");
        NumberEncoding comma = new NumberEncoding("age", NumberTransform.IDENTITY, PLAIN, true);
        assertThat(features(comma, "3,5")).containsExactly(3.5f);
    }

    @Test
    void namesCommasThatMaySeparateThousands() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), "-1,234"))
                .withMessageContaining("expected a number without commas; it may be -1234 or -1.234");
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), "1,234,567.8"))
                .withMessageContaining("expected a number without commas; it may be 1234567.8\n");
    }

    @Test
    void numbersAreRoundedAsJavaRoundsThem() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            int digits = 1 + random.nextInt(18);
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < digits; k++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
            text.insert(random.nextInt(digits + 1), random.nextBoolean() ? "." : "");
            text.insert(0, random.nextBoolean() ? "-" : "");
            assertThat(NumberText.parse(text.toString())).isEqualTo(Double.parseDouble(text.toString()));
        }
        assertThat(1 / NumberText.parse("-0")).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void logarithmsKeepTheSignAndCanBeUndone() {
        NumberEncoding amount = new NumberEncoding("amount", NumberTransform.LOG, PLAIN, false);
        assertThat(features(amount, -99)).containsExactly((float) -Math.log(100));
        for (double x : new double[] {-1e6, -0.25, 0, 1e-9, 3, 1e12}) {
            assertThat(NumberTransform.LOG.invert(NumberTransform.LOG.apply(x)))
                    .isCloseTo(x, within(Math.abs(x) * 1e-13));
        }
    }

    @Test
    void oneHotHasAFeatureForEachCategory() {
        OneHotEncoding job = new OneHotEncoding("job", List.of("clerk", "baker"), true, true);
        assertThat(job.features()).containsExactly("job=clerk", "job=baker", "job is missing", "job is another");
        assertThat(features(job, " baker ")).containsExactly(0, 1, 0, 0);
        assertThat(features(job, "NA")).containsExactly(0, 0, 1, 0);
        assertThat(features(job, "smith")).containsExactly(0, 0, 0, 1);
        OneHotEncoding strict = new OneHotEncoding("job", List.of("clerk", "baker"), false, false);
        assertThat(features(strict, "smith")).containsExactly(0, 0);
        assertThat(features(strict, null)).containsExactly(0, 0);
    }

    @Test
    void categoriesAreFoundByNumbersAndBooleansToo() {
        assertThat(features(new OneHotEncoding("zip", List.of("1", "007"), false, false), 1.0))
                .containsExactly(1, 0);
        assertThat(features(new OneHotEncoding("zip", List.of("1", "007"), false, false), 7))
                .containsExactly(0, 0);
        assertThat(features(new OneHotEncoding("zip", List.of("1.0", "2.0"), false, false), 2))
                .containsExactly(0, 1);
        assertThat(features(new OneHotEncoding("old", List.of("True", "False"), false, false), false))
                .containsExactly(0, 1);
    }

    @Test
    void indicesLeaveRowZeroToTheUnknown() {
        IndexEncoding city = new IndexEncoding("city", List.of("Bern", "Rome"));
        assertThat(city.rows()).isEqualTo(3);
        assertThat(features(city, "Rome")).containsExactly(2);
        assertThat(features(city, "Paris")).containsExactly(0);
        assertThat(features(city, null)).containsExactly(0);
    }

    @Test
    void orderedCategoriesAreTheirPosition() {
        OrdinalEncoding size = new OrdinalEncoding("size", List.of("S", "M", "L"), new Scaling(1, 2, 1, true));
        assertThat(features(size, "L")).containsExactly(0.5f, 0);
        assertThat(features(size, "XXL")).containsExactly(0, 1);
    }

    @Test
    void wordsAreCountedAndNormalized() {
        WordsEncoding title = new WordsEncoding("title", List.of("good", "bad", "ärger"));
        float two = (float) (1 + Math.log(2));
        float norm = (float) Math.hypot(two, 1);
        assertThat(features(title, "Good, GOOD; not bad?"))
                .containsExactly(new float[] {two / norm, 1 / norm, 0}, within(1e-6f));
        assertThat(features(title, "ÄRGER")).containsExactly(0, 0, 1);
        assertThat(features(title, "nothing known")).containsExactly(0, 0, 0);
        assertThat(features(title, null)).containsExactly(0, 0, 0);
    }

    @Test
    void hashedWordsKeepTheirPlace() {
        // "a" has the hash code 97, of which the finalizer of MurmurHash3 makes 0xe0371f19
        assertThat(HashEncoding.bucket("a", 1 << 20)).isEqualTo(0x71f19);
        HashEncoding title = new HashEncoding("title", 8);
        float[] features = features(title, "one two two");
        assertThat(features[HashEncoding.bucket("two", 8)]).isGreaterThan(features[HashEncoding.bucket("one", 8)]);
        assertThat(features).hasSize(8).doesNotContain(Float.NaN);
    }

    @Test
    void datesAreDaysAndPlacesInYearAndWeek() {
        DateEncoding when = new DateEncoding("when", DateText.ISO, false, new Scaling(0, 1, 0, true));
        assertThat(when.features()).hasSize(6).startsWith("when", "when is missing", "when: sine of the year");
        // 1970-01-05 was a Monday, the start of a week
        assertThat(features(when, "1970-01-05")[0]).isEqualTo(4);
        assertThat(features(when, "1970-01-05")[4]).isZero();
        assertThat(features(when, "1970-01-05")[5]).isEqualTo(1);
        assertThat(features(when, LocalDate.of(2023, 1, 1))[2]).isZero();
        assertThat(features(when, null)).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(features(when, Instant.parse("1970-01-05T00:00:00Z"))).containsExactly(features(when, "1970-01-05"));
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(when, "31.12.2020"))
                .withMessageContaining("\"31.12.2020\" is not a date\n  expected a date such as 2024-03-01");
    }

    @Test
    void timesHaveAPlaceInTheDay() {
        DateEncoding when = new DateEncoding("when", DateText.ISO, true, new Scaling(0, 1, 0, false));
        float[] noon = features(when, "1970-01-02 12:00:00");
        assertThat(noon[0]).isEqualTo(1.5f);
        assertThat(noon[6]).isEqualTo(-1);
        assertThat(features(when, "1970-01-02T14:00:00+02:00")).containsExactly(noon);
        assertThat(features(new DateEncoding("when", "dd.MM.uuuu HH:mm", true, PLAIN), "02.01.1970 12:00"))
                .containsExactly(noon);
    }

    @Test
    void textOfStrangersStaysOnOneLine() {
        assertThatExceptionOfType(TableException.class)
                .isThrownBy(() -> features(number(PLAIN), "x\n\u001b[2J" + "y".repeat(1000)))
                .withMessageStartingWith(
                        "column \"age\": \"x\\n\\u001b[2J" + "y".repeat(48) + "... (1006 characters)\"");
    }
}
