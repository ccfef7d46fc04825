package io.jacobi.nn.files;

/**
 * The record types that a file may construct, by name. A component whose declared type is {@linkplain #isNamed named}, such as a layer,
 * is stored together with the name of its actual type. {@code io.jacobi.nn.io.LayerTypes} has the types of layers and initializers.
 */
public interface RecordTypes {

    /** Whether components that are declared with this type are stored together with the name of their actual type. */
    boolean isNamed(Class<?> declared);

    /**
     * The type of this name.
     *
     * @throws ModelFormatException if there is none
     */
    Class<? extends Record> named(String name) throws ModelFormatException;

    /**
     * The name of this object's type.
     *
     * @throws ModelFormatException if it has none
     */
    String nameOf(Object object) throws ModelFormatException;
}
