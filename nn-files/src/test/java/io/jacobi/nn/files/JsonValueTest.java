package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value is what its accessor says, or a message names its place. */
class JsonValueTest {

    private static JsonValue parse(String text) throws ModelFormatException {
        return JsonValue.parse("text", text);
    }

    private static void assertRefused(ThrowingCallable reading, String problem, String expected) {
        assertThatThrownBy(reading)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(problem + "\n  expected " + expected + "\n  fix: ");
    }

    @Test
    void givesEveryKindOfValue() throws ModelFormatException {
        JsonValue json = parse("{\"a\": [1, -2.5, \"x\", true, false, {}], \"b\": 9223372036854775807}");

        assertThat(json.members().keySet()).containsExactly("a", "b");
        assertThat(json.member("b").integer(0, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        assertThat(json.member("a").elements()).hasSize(6);
        assertThat(json.member("a").elements().get(0).integer(1, 1)).isEqualTo(1);
        assertThat(json.member("a").elements().get(0).number()).isEqualTo(1);
        assertThat(json.member("a").elements().get(1).number()).isEqualTo(-2.5);
        assertThat(json.member("a").elements().get(2).string()).isEqualTo("x");
        assertThat(json.member("a").elements().get(3).bool()).isTrue();
        assertThat(json.member("a").elements().get(4).bool()).isFalse();
        assertThat(json.member("a").elements().get(5).members()).isEmpty();
    }

    @Test
    void refusesAValueOfAnotherKindAndNamesItsPlace() throws ModelFormatException {
        JsonValue json = parse("{\"a\": [1, {\"b\": \"x\"}, 1.5]}");
        JsonValue a = json.member("a");
        JsonValue one = a.elements().get(0);
        JsonValue x = a.elements().get(1).member("b");
        JsonValue fraction = a.elements().get(2);

        assertRefused(json::elements, "text is an object", "an array");
        assertRefused(a::members, "text.a is an array", "an object");
        assertRefused(a::string, "text.a is an array", "a string");
        assertRefused(one::bool, "text.a[0] is 1", "true or false");
        assertRefused(() -> one.integer(2, 3), "text.a[0] is 1", "a whole number from 2 to 3");
        assertRefused(() -> one.integer(-1, 0), "text.a[0] is 1", "a whole number from -1 to 0");
        assertRefused(() -> json.member("b"), "text has no \"b\"", "a member of this name");
        assertRefused(() -> a.member("b"), "text.a is an array", "an object");
        assertRefused(x::number, "text.a[1].b is \"x\"", "a number");
        assertRefused(() -> fraction.integer(1, 2), "text.a[2] is 1.5", "a whole number from 1 to 2");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, Infinity", "-Infinity, -Infinity"})
    void readsTheNamesOfNumbersWithoutDigits(String name, Double number) throws ModelFormatException {
        assertThat(parse("\"" + name + "\"").number()).isEqualTo(number);
    }

    /** 2^53 + 1 and 10^400 are not doubles. */
    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "1e400", "\"nan\"", "true", "[]"})
    void refusesNumbersThatADoubleCannotRepresent(String text) throws ModelFormatException {
        JsonValue json = parse(text);

        assertThatThrownBy(json::number)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("expected a number");
    }

    @Test
    void aLayerHasATypeAndArguments() throws ModelFormatException {
        JsonValue layer = parse("{\"type\":\"Residual\",\"arguments\":{\"branch\":"
                + "{\"type\":\"Affine\",\"arguments\":{\"units\":3,\"bias\":false}},\"sizes\":[1,2]}}");

        assertThat(layer.type()).isEqualTo("Residual");
        JsonValue branch = layer.argument("branch");
        assertThat(branch.type()).isEqualTo("Affine");
        assertThat(branch.arguments().keySet()).containsExactly("units", "bias");
        assertThat(branch.argument("units").integer(1, 3)).isEqualTo(3);
        assertRefused(
                () -> branch.argument("unit"),
                "text.arguments.branch.arguments has no \"unit\"",
                "a member of this name");
        assertThat(layer).hasToString("Residual(branch=Affine(units=3, bias=false), sizes=[1, 2])");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                     | text has no \"",
                "{\"type\":\"A\"}                       | text has no \"arguments\"",
                "{\"arguments\":{}}                     | text has no \"type\"",
                "{\"type\":\"A\",\"arguments\":{},\"name\":\"a\"} | text has an unknown member \"name\"",
                "[]                                     | text is an array"
            })
    void aValueOfAnotherFormIsNotALayer(String text, String problem) throws ModelFormatException {
        JsonValue json = parse(text);

        assertThatThrownBy(json::type).isInstanceOf(ModelFormatException.class).hasMessageContaining(problem);
        assertThatThrownBy(json::arguments)
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void typeAndArgumentsHaveTheirKinds() throws ModelFormatException {
        JsonValue json = parse("{\"type\":1,\"arguments\":2}");

        assertRefused(json::type, "text.type is 1", "a string");
        assertRefused(json::arguments, "text.arguments is 2", "an object");
    }

    @Test
    void equalValuesAreTheSameJsonAnywhere() throws ModelFormatException {
        JsonValue four = parse("[{\"a\":1}, {\"a\":1}, {\"a\":2}, {\"a\":\"1\"}]");

        assertThat(four.elements().get(0))
                .isEqualTo(four.elements().get(1))
                .hasSameHashCodeAs(four.elements().get(1));
        assertThat(four.elements().get(0))
                .isNotEqualTo(four.elements().get(2))
                .isNotEqualTo(four.elements().get(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"a\":2}        | the JSON cannot be read: Duplicate",
                "{\"a\":}                 | the JSON cannot be read",
                "[1,2                     | the JSON cannot be read",
                "[1] 2                    | there is data after the JSON value",
                "NaN                      | the JSON cannot be read",
                "9223372036854775808      | out of range",
                "[null]                   | text[0] is null",
                "{\"a\":null}             | text.a is null"
            })
    void refusesTextThatIsNotOneValue(String text, String problem) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(problem, "\n  expected ", "\n  fix: ");
    }

    @Test
    void refusesAnEmptyText() {
        assertRefused(() -> parse(""), "text is empty", "a value");
    }

    @Test
    void refusesTextBeyondTheLimits() throws ModelFormatException {
        assertThat(parse("[".repeat(128) + "]".repeat(128))).isNotNull();
        assertThat(parse("9".repeat(18)).integer(0, Long.MAX_VALUE)).isEqualTo(999_999_999_999_999_999L);
        assertThat(parse("\"" + "a".repeat(Json.MAX_STRING) + "\"").string()).hasSize(Json.MAX_STRING);
        assertThat(parse("{\"" + "a".repeat(1000) + "\":1}").members()).hasSize(1);

        for (String text : new String[] {
            "[".repeat(129) + "]".repeat(129),
            "1." + "9".repeat(200),
            "\"" + "a".repeat(Json.MAX_STRING + 1) + "\"",
            "{\"" + "a".repeat(1001) + "\":1}"
        }) {
            assertThatThrownBy(() -> parse(text))
                    .as("%d characters", text.length())
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("the JSON cannot be read", "at most 128 levels deep");
        }
    }

    @Test
    void aMessageShowsTheBeginningOfALongText() {
        assertRefused(
                () -> parse("\"" + "x".repeat(1000) + "\"").bool(),
                "text is \"" + "x".repeat(80) + "... (1000 characters)\"",
                "true or false");
        assertThat(FileText.show("x".repeat(80))).isEqualTo("x".repeat(80));
    }
}
