package io.jacobi.nn.io;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.files.JsonValue;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordTypes;
import io.jacobi.nn.init.Constant;
import io.jacobi.nn.init.Normal;
import io.jacobi.nn.init.Uniform;
import io.jacobi.nn.init.VarianceScaling;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** The types whose constructors a file may ask for, by name, and no others. */
public final class LayerTypes {

    private final Map<String, Class<? extends Record>> byName = new HashMap<>();
    private final Map<Class<?>, String> byType = new HashMap<>();

    private LayerTypes() {
        initializers().forEach(this::register);
        ServiceLoader.load(LayerTypeProvider.class).forEach(this::register);
    }

    /** Returns the types of every {@link LayerTypeProvider} that the thread's class loader finds: Jacobi's, and yours. */
    public static LayerTypes installed() {
        return new LayerTypes();
    }

    /**
     * Returns the {@linkplain #installed installed} types and the types of these providers.
     *
     * @throws IllegalArgumentException if two types have one name, or a type is no record
     */
    public static LayerTypes of(LayerTypeProvider... providers) {
        LayerTypes types = new LayerTypes();
        for (LayerTypeProvider provider : providers) {
            types.register(provider);
        }
        return types;
    }

    private void register(LayerTypeProvider provider) {
        provider.layers().forEach(this::register);
        provider.initializers().forEach(this::register);
    }

    private static Map<String, Class<? extends Initializer>> initializers() {
        return Map.of(
                "Constant", Constant.class,
                "Normal", Normal.class,
                "Uniform", Uniform.class,
                "VarianceScaling", VarianceScaling.class);
    }

    private void register(String name, Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(type.getName() + " is registered as \"" + name + "\" and is no record"
                    + "\n  expected a record, whose components a file can hold");
        }
        Class<? extends Record> record = type.asSubclass(Record.class);
        Class<?> before = byName.putIfAbsent(name, record);
        if (before != null && before != type) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is registered for " + before.getName() + " and for " + type.getName()
                            + "\n  expected a name of its own for each"
                            + "\n  fix: let your LayerTypeProvider call it " + type.getName());
        }
        byType.put(type, name);
    }

    /** The type that files call so. */
    Class<? extends Record> named(String name) throws ModelFormatException {
        Class<? extends Record> type = byName.get(name);
        if (type == null) {
            throw new ModelFormatException(
                    "there is no \"" + JsonValue.shorten(name) + "\" here",
                    "one of " + new TreeSet<>(byName.keySet()),
                    "put the jar with that layer on the class path, and a LayerTypeProvider in it");
        }
        return type;
    }

    /** What files call this object's type. */
    String nameOf(Object object) throws ModelFormatException {
        String name = byType.get(object.getClass());
        if (name == null) {
            throw new ModelFormatException(
                    object.getClass().getName() + " cannot be stored: it has no name in files",
                    "one of " + new TreeSet<>(byName.keySet()),
                    "make it a record and register it in a LayerTypeProvider");
        }
        return name;
    }

    /** These types as what reads and writes records needs to know of them. */
    RecordTypes recordTypes() {
        return new RecordTypes() {
            @Override
            public boolean isNamed(Class<?> declared) {
                return declared == Layer.class || declared == Initializer.class;
            }

            @Override
            public Class<? extends Record> named(String name) throws ModelFormatException {
                return LayerTypes.this.named(name);
            }

            @Override
            public String nameOf(Object object) throws ModelFormatException {
                return LayerTypes.this.nameOf(object);
            }
        };
    }
}
