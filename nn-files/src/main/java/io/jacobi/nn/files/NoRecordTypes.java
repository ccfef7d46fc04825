package io.jacobi.nn.files;

/** No named types: every component has the type that its record declares. */
final class NoRecordTypes implements RecordTypes {

    @Override
    public boolean isNamed(Class<?> declared) {
        return false;
    }

    @Override
    public Class<? extends Record> named(String name) throws ModelFormatException {
        throw new ModelFormatException(
                "the type \"" + FileText.show(name) + "\" is unknown",
                "no named type",
                ModelFormatException.WRITE_AGAIN);
    }

    @Override
    public String nameOf(Object object) throws ModelFormatException {
        throw new ModelFormatException(
                object.getClass().getName() + " has no name in files", "no named type", "register the type");
    }
}
