package io.jacobi.nn.examples;

import io.jacobi.nn.files.table.TableException;
import java.util.ArrayList;
import java.util.List;

/** The names of a table's columns, and what the options of a command line call them. */
record Names(List<String> columns) {

    /**
     * Returns the names in the values of an option: a value is a name, or several with commas between them.
     *
     * @throws IllegalArgumentException if a name is not one of a column; the message has the nearest
     */
    List<String> of(String option, List<String> values) {
        List<String> found = new ArrayList<>();
        for (String value : values) {
            if (columns.contains(value)) {
                found.add(value);
                continue;
            }
            for (String name : value.split(",", -1)) {
                found.add(require(option, columns.contains(name) ? name : name.strip()));
            }
        }
        return found;
    }

    private String require(String option, String name) {
        if (columns.contains(name)) {
            return name;
        }
        throw new IllegalArgumentException(option + ": there is no column " + TableException.quote(name)
                + "\n  expected one of " + TableException.list(columns)
                + Nearest.to(name, columns)
                        .map(near -> "\n  fix: did you mean " + TableException.quote(near) + "?")
                        .orElse("\n  fix: names are compared exactly, with their capital letters"));
    }
}
