package io.jacobi.nn.files;

/**
 * The records that a file may construct, each under a name. A component whose declared type is {@linkplain #isNamed named} is stored
 * with the name of its actual type; {@code io.jacobi.nn.io.LayerTypes} does this for layers and initializers.
 */
public interface RecordTypes {

    /** No types: every component has the type that its record declares. */
    RecordTypes NONE = new RecordTypes() {
        @Override
        public boolean isNamed(Class<?> declared) {
            return false;
        }

        @Override
        public Class<? extends Record> named(String name) throws ModelFormatException {
            throw new ModelFormatException(
                    "there is a type \"" + name + "\"", "none", ModelFormatException.WRITE_AGAIN);
        }

        @Override
        public String nameOf(Object object) throws ModelFormatException {
            throw new ModelFormatException(
                    object.getClass().getName() + " has no name in files", "a record of a known type", "store another");
        }
    };

    /** Whether values that are declared with this type are stored under the name of their own type. */
    boolean isNamed(Class<?> declared);

    /**
     * The type that files know under this name.
     *
     * @throws ModelFormatException if there is none
     */
    Class<? extends Record> named(String name) throws ModelFormatException;

    /**
     * The name under which files know the type of this object.
     *
     * @throws ModelFormatException if it has none
     */
    String nameOf(Object object) throws ModelFormatException;
}
