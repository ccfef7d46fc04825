package io.jacobi.nn.io;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Layers as JSON: {@code {"type": "Affine", "arguments": {"units": 128, ...}}}, the arguments being the record's components. What is
 * called when one is read is a constructor of a registered record, with arguments of the types that it declares.
 */
final class RecordJson {

    static final String TYPE = "type";
    static final String ARGUMENTS = "arguments";

    private final LayerTypes types;

    RecordJson(LayerTypes types) {
        this.types = types;
    }

    /** A layer or an initializer, which says of what type it is. */
    void writeTyped(JsonGenerator json, Object object) throws ModelFormatException {
        json.writeStartObject();
        json.writeStringProperty(TYPE, types.nameOf(object));
        json.writeName(ARGUMENTS);
        writeComponents(json, (Record) object);
        json.writeEndObject();
    }

    <T> T readTyped(JsonValue json, Class<T> expected) throws ModelFormatException {
        JsonObject members = JsonObject.of(json, Set.of(TYPE, ARGUMENTS), Set.of());
        String name = members.get(TYPE).string();
        Class<? extends Record> type;
        try {
            type = types.named(name);
        } catch (ModelFormatException e) {
            throw e.in(json.place());
        }
        if (!expected.isAssignableFrom(type)) {
            throw json.unexpected("a type that is a kind of " + expected.getSimpleName() + ", and not " + name);
        }
        return expected.cast(construct(type, members.get(ARGUMENTS)));
    }

    /** The components of a record of a type that the reader knows. */
    void writeComponents(JsonGenerator json, Record object) throws ModelFormatException {
        json.writeStartObject();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            json.writeName(component.getName());
            try {
                write(json, component.getGenericType(), value(object, component));
            } catch (ModelFormatException e) {
                throw e.in(component.getName());
            }
        }
        json.writeEndObject();
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

    private void write(JsonGenerator json, Type declared, @Nullable Object value) throws ModelFormatException {
        Class<?> type = rawType(declared);
        if (value == null) {
            throw unsupported(declared, "null");
        } else if (isTyped(type)) {
            writeTyped(json, value);
        } else if (value instanceof List<?> list && type == List.class) {
            json.writeStartArray();
            for (Object element : list) {
                write(json, elementType(declared), element);
            }
            json.writeEndArray();
        } else if (value instanceof Enum<?> constant) {
            json.writeString(constant.name());
        } else if (value instanceof String text) {
            json.writeString(text);
        } else if (value instanceof Boolean bool) {
            json.writeBoolean(bool);
        } else if (value instanceof Double || value instanceof Float) {
            // what JSON has no digits for is written as a string
            json.writeNumber(((Number) value).doubleValue());
        } else if (value instanceof Long || value instanceof Integer) {
            json.writeNumber(((Number) value).longValue());
        } else if (value instanceof Record object && type == value.getClass()) {
            writeComponents(json, object);
        } else {
            throw unsupported(declared, value.getClass().getName());
        }
    }

    private Object read(JsonValue json, Type declared) throws ModelFormatException {
        Class<?> type = rawType(declared);
        if (isTyped(type)) {
            return readTyped(json, type);
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
        throw unsupported(declared, json.toString());
    }

    /** A record of this type, from what {@link #writeComponents} wrote. */
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
                    "arguments that its constructor takes",
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

    private static boolean isTyped(Class<?> type) {
        return type == Layer.class || type == Initializer.class;
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
                "give the layer components of these types");
    }
}
