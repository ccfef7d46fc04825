package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records come back from JSON equal, and JSON constructs nothing but registered records. */
class RecordJsonTest {

    private enum Mode {
        FIRST,
        SECOND {
            @Override
            public String toString() {
                return "another text than its name";
            }
        }
    }

    /** The type of components that are stored with the names of their types. */
    private interface Shape {}

    private record Circle(double radius) implements Shape {
        Circle {
            if (radius < 0) {
                throw new IllegalArgumentException("a radius of " + radius);
            }
        }
    }

    private record Group(List<Shape> shapes) implements Shape {}

    private record Part(int a, String b) {}

    /** A component of every kind that a file can hold. */
    private record Everything(
            int i,
            Integer boxedInt,
            long l,
            Long boxedLong,
            float f,
            Float boxedFloat,
            double d,
            Double boxedDouble,
            boolean b,
            Boolean boxedBoolean,
            String s,
            Mode mode,
            Part part,
            Shape shape,
            List<List<Integer>> lists,
            List<Part> parts,
            List<Mode> modes)
            implements Shape {}

    private record WithObject(@Nullable Object anything) implements Shape {}

    private record WithOptional(Optional<String> text) implements Shape {}

    private record WithRawList(@SuppressWarnings("rawtypes") List list) implements Shape {}

    private record Unregistered() implements Shape {}

    private record Ratio(double value) {}

    private record Broken() implements Shape {
        Broken {
            throw new StackOverflowError("not an exception");
        }
    }

    private static final Map<String, Class<? extends Record>> TYPES = Map.of(
            "Circle", Circle.class,
            "Group", Group.class,
            "Everything", Everything.class,
            "WithObject", WithObject.class,
            "WithOptional", WithOptional.class,
            "WithRawList", WithRawList.class,
            "Ratio", Ratio.class,
            "Broken", Broken.class);

    private static final RecordJson JSON = new RecordJson(new RecordTypes() {
        @Override
        public boolean isNamed(Class<?> declared) {
            return declared == Shape.class;
        }

        @Override
        public Class<? extends Record> named(String name) throws ModelFormatException {
            Class<? extends Record> type = TYPES.get(name);
            if (type == null) {
                throw new ModelFormatException("no " + name, "a type", "register it");
            }
            return type;
        }

        @Override
        public String nameOf(Object object) throws ModelFormatException {
            return TYPES.entrySet().stream()
                    .filter(type -> type.getValue() == object.getClass())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> new ModelFormatException(object + " has no name", "a type", "register it"));
        }
    });

    private static final Everything EVERYTHING = new Everything(
            Integer.MIN_VALUE,
            Integer.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -Float.MIN_VALUE,
            Double.MIN_VALUE,
            -0.0,
            true,
            false,
            "\"ü\\\n\u0000",
            Mode.SECOND,
            new Part(3, ""),
            new Group(List.of(new Circle(1), new Group(List.of()))),
            List.of(List.of(1, 2), List.of()),
            List.of(new Part(4, "x")),
            List.of(Mode.FIRST));

    /** Reads the text of a description that was written, as a program that did not write it does. */
    private static JsonValue written(JsonValue json) throws ModelFormatException {
        Description description = new Description(
                "x",
                List.of(1L),
                TensorType.F32,
                1,
                List.of(new Description.StoredLayer(Optional.empty(), json)),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return Description.parse(description.toJson()).layers().get(0).layer();
    }

    private static JsonValue parse(String type, String arguments) throws ModelFormatException {
        return JsonValue.parse("json", "{\"type\":\"" + type + "\",\"arguments\":" + arguments + "}");
    }

    @Test
    void aRecordComesBackWithEveryComponent() throws ModelFormatException {
        JsonValue json = JSON.toJson(EVERYTHING);

        assertThat(JSON.fromJson(json, Shape.class)).isEqualTo(EVERYTHING);
        assertThat(written(json)).isEqualTo(json);
        assertThat(JSON.fromJson(written(json), Shape.class)).isEqualTo(EVERYTHING);
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity", "1e-310", "1e22", "0.1"})
    void everyDoubleComesBack(double value) throws ModelFormatException {
        Ratio ratio = new Ratio(value);

        JsonValue json = JSON.toJson(ratio);
        assertThat(written(json)).isEqualTo(json);
        assertThat(JSON.fromJson(written(json), Ratio.class)).isEqualTo(ratio);
    }

    @Test
    void onlyComponentsOfANamedTypeHaveTheNameOfTheirType() throws ModelFormatException {
        assertThat(JSON.toJson(EVERYTHING))
                .asString()
                .startsWith("Everything(i=-2147483648, ")
                .contains("mode=SECOND, part=(a=3, b=), shape=Group(shapes=[Circle(radius=1.0), Group(shapes=[])]), ")
                .endsWith("lists=[[1, 2], []], parts=[(a=4, b=x)], modes=[FIRST])");
    }

    @Test
    void aTypeWithoutANameIsRefused() {
        assertThatThrownBy(() -> JSON.toJson(new Unregistered()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("has no name");
        assertThatThrownBy(() -> JSON.toJson(new Group(List.of(new Circle(1), new Unregistered()))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("shapes: ");
    }

    /** The description around a layer takes three of the 128 levels. */
    @Test
    void recordsThatAReaderWouldRefuseAreNotStored() throws ModelFormatException {
        assertThat(new RecordJson(new NoRecordTypes()).components(nested(62))).isNotNull();
        for (int depth : new int[] {63, 200, 1000}) {
            assertThatThrownBy(() -> new RecordJson(new NoRecordTypes()).components(nested(depth)))
                    .as("%d", depth)
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageContainingAll("nested too deep", "at most 128 levels", "fix: nest fewer");
        }
    }

    private record Nested(List<Nested> inside) {}

    /** A record in a list in a record ..., {@code depth} records in all. */
    private static Nested nested(int depth) {
        Nested nested = new Nested(List.of());
        for (int i = 1; i < depth; i++) {
            nested = new Nested(List.of(nested));
        }
        return nested;
    }

    @Test
    void aTypeThatAFileCannotHoldIsRefused() throws ModelFormatException {
        assertThatThrownBy(() -> JSON.toJson(new WithObject(Optional.empty())))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("anything: ", "java.lang.Object", "java.util.Optional", "List of these");
        assertThatThrownBy(() -> JSON.toJson(new WithObject(new Part(1, ""))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("RecordJsonTest$Part");
        assertThatThrownBy(() -> JSON.toJson(new WithOptional(Optional.of("x"))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("text: ", "java.util.Optional");
        assertThatThrownBy(() -> JSON.toJson(new WithRawList(Arrays.asList(1, null))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("list: ", "null");

        JsonValue text = parse("WithOptional", "{\"text\":[\"" + "x".repeat(1000) + "\"]}");
        assertThatThrownBy(() -> JSON.fromJson(text, Shape.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(
                        "json.arguments.text: ", "java.util.Optional", "[" + "x".repeat(80) + "... (1000 characters)");
        JsonValue list = parse("WithRawList", "{\"list\":[1]}");
        assertThatThrownBy(() -> JSON.fromJson(list, Shape.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("java.lang.Object");
    }

    @Test
    void aMissingComponentIsRefusedWhenItIsStored() {
        assertThatThrownBy(() -> JSON.toJson(new WithObject(null)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("anything: ", "null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Square | {}                     | json: no Square                                  | a type",
                "Ratio | {\"value\":1}          | json has the type \"Ratio\"                     | a kind of Shape",
                "Circle | {}                     | json.arguments has no \"radius\"                 | a member",
                "Circle | {\"radius\":1,\"x\":1} | json.arguments has an unknown member \"x\"       | only [radius]",
                "Circle | {\"radius\":\"1\"}     | json.arguments.radius is \"1\"                   | a number",
                "Circle | {\"radius\":true}      | json.arguments.radius is true                    | a number",
                "Circle | []                     | json.arguments is an array                       | an object",
                "Circle | {\"radius\":-1}        | json.arguments: Circle refuses its arguments: a radius | arguments",
                "Group  | {\"shapes\":{}}        | json.arguments.shapes is an object               | an array",
                "Group  | {\"shapes\":[{\"type\":\"Square\",\"arguments\":{}}]} | json.arguments.shapes[0]: no Square | a",
                "Group  | {\"shapes\":[{\"radius\":1}]} | json.arguments.shapes[0] has no \"            | a member"
            })
    void jsonOfAnotherFormIsRefused(String type, String arguments, String problem, String expected)
            throws ModelFormatException {
        JsonValue json = parse(type, arguments);

        assertThatThrownBy(() -> JSON.fromJson(json, Shape.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(problem)
                .hasMessageContainingAll("\n  expected " + expected, "\n  fix: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"i\":-2147483648 | \"i\":-2147483649  | arguments.i is -2147483649",
                "\"i\":-2147483648 | \"i\":1.0          | arguments.i is 1.0",
                "\"b\":true        | \"b\":1            | arguments.b is 1",
                "\"s\":\"text\"    | \"s\":1            | arguments.s is 1",
                "\"mode\":\"SECOND\" | \"mode\":\"THIRD\" | arguments.mode is \"THIRD\"",
                "\"mode\":\"SECOND\" | \"mode\":1       | arguments.mode is 1",
                "\"a\":3           | \"a\":\"3\"        | arguments.part.a is \"3\"",
                "\"a\":3           | \"a\":3,\"c\":0    | arguments.part has an unknown member \"c\"",
                "[[1,2],[]]        | [[1,2],3]          | arguments.lists[1] is 3",
                "[[1,2],[]]        | [[1,\"2\"],[]]     | arguments.lists[0][1] is \"2\""
            })
    void aComponentOfAnotherTypeIsRefused(String part, String replacement, String problem) throws ModelFormatException {
        String text = "{\"i\":-2147483648,\"boxedInt\":0,\"l\":0,\"boxedLong\":0,\"f\":0,\"boxedFloat\":0,\"d\":0,"
                + "\"boxedDouble\":0,\"b\":true,\"boxedBoolean\":true,\"s\":\"text\",\"mode\":\"SECOND\","
                + "\"part\":{\"a\":3,\"b\":\"\"},\"shape\":{\"type\":\"Circle\",\"arguments\":{\"radius\":1}},"
                + "\"lists\":[[1,2],[]],\"parts\":[],\"modes\":[]}";
        assertThat(JSON.fromJson(parse("Everything", text), Everything.class).i())
                .isEqualTo(Integer.MIN_VALUE);
        assertThat(text).containsOnlyOnce(part);
        JsonValue json = parse("Everything", text.replace(part, replacement));

        assertThatThrownBy(() -> JSON.fromJson(json, Shape.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll(problem, "\n  expected ", "\n  fix: ");
    }

    @Test
    void aRefusalHasTheExceptionOfTheConstructorAsItsCause() throws ModelFormatException {
        JsonValue json = parse("Circle", "{\"radius\":-1}");

        assertThatThrownBy(() -> JSON.fromJson(json, Circle.class))
                .isInstanceOf(ModelFormatException.class)
                .hasCauseInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErrorIsNotTakenForARefusal() throws ModelFormatException {
        JsonValue json = parse("Broken", "{}");

        assertThatThrownBy(() -> JSON.fromJson(json, Shape.class))
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("not an exception");
    }

    @Test
    void withoutNamedTypesNoTypeHasAName() throws ModelFormatException {
        RecordJson json = new RecordJson(new NoRecordTypes());
        JsonValue circle = parse("Circle", "{\"radius\":1}");

        assertThatThrownBy(() -> json.toJson(new Circle(1)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("RecordJsonTest$Circle has no name in files", "expected ", "fix: ");
        assertThatThrownBy(() -> json.fromJson(circle, Circle.class))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContainingAll("json: the type \"Circle\" is unknown", "expected ", "fix: ");
    }
}
