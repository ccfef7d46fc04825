package io.jacobi.nn.files;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: {@code {"type": "Affine", "arguments": {"units": 128, ...}}}, where the arguments are the
 * components. Reading a record calls the constructor of one of the {@link RecordTypes}, with arguments of the types
 * that it declares, and no other code.
 */
public final class RecordJson {

    private static final int SHOWN = 80;

    /** The deepest value, so that a reader accepts the text: a description has three levels around each layer. */
    private static final int MAX_LEVEL = Json.MAX_DEPTH - 3;

    private final RecordTypes types;

    public RecordJson(RecordTypes types) {
        this.types = types;
    }

    /**
     * A record together with the name of its type.
     *
     * @throws ModelFormatException if its type has no name, if a file cannot hold the type of a component, or if
     *     records are nested deeper than a reader accepts
     */
    public JsonValue toJson(Object object) throws ModelFormatException {
        return toJson(object, 1);
    }

    private JsonValue toJson(Object object, int level) throws ModelFormatException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        members.put(JsonValue.TYPE, JsonValue.of(JsonValue.TYPE, types.nameOf(object)));
        members.put(JsonValue.ARGUMENTS, components((Record) object, level + 1));
        return JsonValue.of("the record", members);
    }

    /**
     * The record that {@link #toJson} stored.
     *
     * @throws ModelFormatException if its type is unknown or is not a kind of {@code expected}, or if its constructor
     *     refuses the arguments
     */
    public <T> T fromJson(JsonValue json, Class<T> expected) throws ModelFormatException {
        JsonObject members = JsonObject.typed(json);
        String name = members.get(JsonValue.TYPE).string();
        Class<? extends Record> type;
        try {
            type = types.named(name);
        } catch (ModelFormatException e) {
            throw e.in(json.place());
        }
        if (!expected.isAssignableFrom(type)) {
            throw json.place()
                    .fault("has the type \"" + FileText.show(name) + "\"", "a kind of " + expected.getSimpleName());
        }
        return expected.cast(construct(type, members.get(JsonValue.ARGUMENTS)));
    }

    /** The components of a record, without the name of its type. */
    JsonValue components(Record object) throws ModelFormatException {
        return components(object, 1);
    }

    private JsonValue components(Record object, int level) throws ModelFormatException {
        requireLevel(level);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            try {
                members.put(
                        component.getName(), toJson(component.getGenericType(), value(object, component), level + 1));
            } catch (ModelFormatException e) {
                throw e.in(component.getName());
            }
        }
        return JsonValue.of(JsonValue.ARGUMENTS, members);
    }

    private static @Nullable Object value(Record object, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(component + " of " + object + " cannot be read", e);
        }
    }

    private JsonValue toJson(Type declared, @Nullable Object value, int level) throws ModelFormatException {
        Class<?> type = rawType(declared);
        if (value == null) {
            throw unsupported(declared, "null");
        } else if (types.isNamed(type)) {
            return toJson(value, level);
        } else if (value instanceof List<?> list && type == List.class) {
            requireLevel(level);
            List<JsonValue> elements = new ArrayList<>();
            for (Object element : list) {
                elements.add(toJson(elementType(declared), element, level + 1));
            }
            return JsonValue.of(declared.getTypeName(), elements);
        } else if (value instanceof Record object && type == value.getClass()) {
            return components(object, level);
        }
        return JsonValue.of(declared.getTypeName(), simple(declared, value));
    }

    private static void requireLevel(int level) throws ModelFormatException {
        if (level > MAX_LEVEL) {
            throw new ModelFormatException(
                    "the records are nested too deep to be stored",
                    "at most " + Json.MAX_DEPTH + " levels of JSON, of which a layer in a list in a layer takes three",
                    "nest fewer layers, or put layers that follow one another into one list");
        }
    }

    private static Object simple(Type declared, Object value) throws ModelFormatException {
        if (value instanceof Enum<?> constant) {
            return constant.name();
        } else if (value instanceof String || value instanceof Boolean) {
            return value;
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            // JSON has no digits for NaN and the infinities
            return Double.isFinite(number) ? (Object) number : Double.toString(number);
        } else if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        throw unsupported(declared, value.getClass().getName());
    }

    private Object read(JsonValue json, Type declared) throws ModelFormatException {
        Class<?> type = rawType(declared);
        if (types.isNamed(type)) {
            return fromJson(json, type);
        } else if (type == List.class) {
            List<Object> list = new ArrayList<>();
            for (JsonValue element : json.elements()) {
                list.add(read(element, elementType(declared)));
            }
            return list;
        } else if (type.isEnum()) {
            return constant(json, type);
        } else if (type == String.class) {
            return json.string();
        } else if (type == boolean.class || type == Boolean.class) {
            return json.bool();
        } else if (type == double.class || type == Double.class) {
            return json.number();
        } else if (type == float.class || type == Float.class) {
            return (float) json.number();
        } else if (type == long.class || type == Long.class) {
            return json.integer(Long.MIN_VALUE, Long.MAX_VALUE);
        } else if (type == int.class || type == Integer.class) {
            return (int) json.integer(Integer.MIN_VALUE, Integer.MAX_VALUE);
        } else if (type.isRecord()) {
            return construct(type.asSubclass(Record.class), json);
        }
        throw unsupported(declared, json.toString(SHOWN)).in(json.place());
    }

    /** The record of this type whose {@link #components} these are. */
    Record construct(Class<? extends Record> type, JsonValue json) throws ModelFormatException {
        RecordComponent[] components = type.getRecordComponents();
        Set<String> names =
                Arrays.stream(components).map(RecordComponent::getName).collect(Collectors.toUnmodifiableSet());
        JsonObject members = JsonObject.of(json, names, Set.of());
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            arguments[i] = read(members.get(components[i].getName()), components[i].getGenericType());
        }
        try {
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<? extends Record> canonical = type.getDeclaredConstructor(parameters);
            canonical.setAccessible(true);
            return canonical.newInstance(arguments);
        } catch (InvocationTargetException refused) {
            Throwable cause = Objects.requireNonNull(refused.getCause());
            if (cause instanceof Error error) {
                throw error;
            }
            throw new ModelFormatException(
                    json.place() + ": " + type.getSimpleName() + " refuses its arguments: " + cause.getMessage(),
                    "arguments that its constructor accepts",
                    ModelFormatException.WRITE_AGAIN,
                    cause);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be constructed", e);
        }
    }

    private static Object constant(JsonValue json, Class<?> type) throws ModelFormatException {
        String name = json.string();
        for (Object constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(name)) {
                return constant;
            }
        }
        throw json.unexpected("one of " + Arrays.toString(type.getEnumConstants()));
    }

    private static Class<?> rawType(Type declared) {
        Type raw = declared instanceof ParameterizedType generic ? generic.getRawType() : declared;
        return raw instanceof Class<?> type ? type : Object.class;
    }

    private static Type elementType(Type list) {
        return list instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private static ModelFormatException unsupported(Type declared, String found) {
        return new ModelFormatException(
                "a component of type " + declared.getTypeName() + " cannot be stored: " + found,
                "int, long, float, double, boolean, String, an enum, a record, Layer, Initializer, or a List of these",
                "declare components of these types only");
    }
}
