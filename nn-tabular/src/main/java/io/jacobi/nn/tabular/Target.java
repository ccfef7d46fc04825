package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.NumberTransform;
import java.util.List;
import java.util.stream.Stream;

/** What a model of a table is to predict. */
public sealed interface Target {

    /** The names of the columns with the right answers. */
    List<String> columns();

    /** What a schema prints. */
    String describe();

    /** One of several classes, which are the different cells of a column. */
    static Classes classOf(String column) {
        return new Classes(column);
    }

    /** A number. */
    static Numbers number(String column) {
        return numbers(column);
    }

    /** Several numbers. */
    static Numbers numbers(String... columns) {
        return new Numbers(Stream.of(columns).map(Column::number).toList());
    }

    /** Several labels, each with a column that says yes or no. */
    static Labels labels(String... columns) {
        return new Labels(List.of(columns));
    }

    /** One of several classes. */
    record Classes(String column) implements Target {

        @Override
        public List<String> columns() {
            return List.of(column);
        }

        @Override
        public String describe() {
            return "class of " + column;
        }
    }

    /** Numbers, each scaled like a column. */
    record Numbers(List<Column.Numeric> numbers) implements Target {

        public Numbers {
            numbers = List.copyOf(numbers);
        }

        /** Returns a copy that learns logarithms: for prices and other amounts that span powers of ten. */
        public Numbers logarithmic() {
            return new Numbers(numbers.stream().map(Column.Numeric::logarithmic).toList());
        }

        @Override
        public List<String> columns() {
            return numbers.stream().map(Column.Numeric::name).toList();
        }

        @Override
        public String describe() {
            boolean log = numbers.stream().anyMatch(number -> number.transform() == NumberTransform.LOG);
            return (numbers.size() == 1 ? "number " : "numbers ")
                    + String.join(", ", columns())
                    + (log ? ", logarithm" : "");
        }
    }

    /** Several labels. */
    record Labels(List<String> columns) implements Target {

        public Labels {
            columns = List.copyOf(columns);
        }

        @Override
        public String describe() {
            return "labels " + String.join(", ", columns);
        }
    }
}
