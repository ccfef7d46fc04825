package io.jacobi.nn.io;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.files.FileText;
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

/** The layers and initializers that a file may construct, by name. */
public final class LayerTypes {

    private final Map<String, Class<? extends Record>> byName = new HashMap<>();
    private final Map<Class<?>, String> byType = new HashMap<>();

    private LayerTypes() {
        initializers().forEach(this::register);
        ServiceLoader.load(LayerTypeProvider.class).forEach(this::register);
    }

    /**
     * Returns the types of every {@link LayerTypeProvider} that the thread's class loader finds: Jacobi's, and yours.
     */
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
            throw new IllegalArgumentException(type.getName() + " is registered as \"" + name + "\" but is not a record"
                    + "\n  expected a record, because a file stores its components");
        }
        Class<? extends Record> record = type.asSubclass(Record.class);
        Class<?> before = byName.putIfAbsent(name, record);
        if (before != null && before != type) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is registered for " + before.getName() + " and for " + type.getName()
                            + "\n  expected a different name for each type"
                            + "\n  fix: use another name in your LayerTypeProvider, such as " + type.getName());
        }
        byType.put(type, name);
    }

    /** The type with this name in files. */
    Class<? extends Record> named(String name) throws ModelFormatException {
        Class<? extends Record> type = byName.get(name);
        if (type == null) {
            throw new ModelFormatException(
                    "the type \"" + FileText.show(name) + "\" is not registered",
                    "one of " + new TreeSet<>(byName.keySet()),
                    "add the jar of this layer, with its LayerTypeProvider, to the class path");
        }
        return type;
    }

    /** The name of this object's type in files. */
    String nameOf(Object object) throws ModelFormatException {
        String name = byType.get(object.getClass());
        if (name == null) {
            throw new ModelFormatException(
                    object.getClass().getName() + " cannot be stored: it is not registered",
                    "one of " + new TreeSet<>(byName.keySet()),
                    "make it a record and register it in a LayerTypeProvider");
        }
        return name;
    }

    /** These types for the code that reads and writes records. */
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
