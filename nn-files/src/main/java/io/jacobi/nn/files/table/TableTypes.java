package io.jacobi.nn.files.table;

import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordTypes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The records of a table's encoding, each by its simple name. */
enum TableTypes implements RecordTypes {
    INSTANCE;

    private static final Map<String, Class<? extends Record>> NAMED = Stream.<Class<? extends Record>>of(
                    TableEncoding.class,
                    NumberEncoding.class,
                    OrdinalEncoding.class,
                    OneHotEncoding.class,
                    IndexEncoding.class,
                    WordsEncoding.class,
                    HashEncoding.class,
                    DateEncoding.class,
                    ClassTarget.class,
                    LabelsTarget.class,
                    NumbersTarget.class)
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));

    @Override
    public boolean isNamed(Class<?> declared) {
        return declared == ColumnEncoding.class || declared == TargetEncoding.class;
    }

    @Override
    public Class<? extends Record> named(String name) throws ModelFormatException {
        Class<? extends Record> type = NAMED.get(name);
        if (type == null) {
            throw new ModelFormatException(
                    "the encoding " + TableException.quote(name) + " is unknown",
                    "one of " + NAMED.keySet().stream().sorted().toList(),
                    "use the version of Jacobi that wrote the file, or a later one");
        }
        return type;
    }

    @Override
    public String nameOf(Object object) {
        return object.getClass().getSimpleName();
    }
}
