package io.jacobi.nn.tabular;

import io.jacobi.nn.files.table.DateText;
import io.jacobi.nn.files.table.NumberTransform;
import java.util.List;

/**
 * What a column of a table is, and how its cells become features once it is fitted to the training rows. Use the
 * factories, and the copies with other settings:
 *
 * <pre>{@code
 * schema.with(Column.number("income").logarithmic())
 *       .with(Column.ordered("size", "S", "M", "L"))
 *       .with(Column.ignored("id"))
 * }</pre>
 */
public sealed interface Column {

    /** The name of the column. */
    String name();

    /** What a schema prints: the kind, and how it becomes features. */
    String describe();

    /** A column of numbers, standardized: (x − mean) / standard deviation. */
    static Numeric number(String name) {
        return new Numeric(name, NumberTransform.IDENTITY, ScalingMethod.STANDARD, false);
    }

    /** A column of categories, one-hot up to 32 of them, else as an embedding. */
    static Category category(String name) {
        return new Category(name, 32, 1);
    }

    /** A column of categories with an order, the lowest first. */
    static Ordered ordered(String name, String... order) {
        return new Ordered(name, List.of(order));
    }

    /** A column of texts, as a bag of its 200 most frequent words. */
    static Text text(String name) {
        return new Text(name, 200, false);
    }

    /** A column of dates or times in ISO 8601. */
    static Date date(String name) {
        return new Date(name, DateText.ISO, false);
    }

    /** A column that the model does not read. */
    static Ignored ignored(String name) {
        return new Ignored(name, "as requested");
    }

    /**
     * Numbers.
     *
     * @param transform applied before scaling
     * @param decimalComma whether cells are written as {@code 3,14}
     */
    record Numeric(String name, NumberTransform transform, ScalingMethod scaling, boolean decimalComma)
            implements Column {

        /** Returns a copy that takes the logarithm first: sign(x) log(1 + |x|), for amounts that span powers of ten. */
        public Numeric logarithmic() {
            return new Numeric(name, NumberTransform.LOG, scaling, decimalComma);
        }

        /** Returns a copy with another scaling. */
        public Numeric scaled(ScalingMethod method) {
            return new Numeric(name, transform, method, decimalComma);
        }

        /** Returns a copy for cells with a decimal comma. */
        public Numeric withDecimalComma() {
            return new Numeric(name, transform, scaling, true);
        }

        @Override
        public String describe() {
            return "number, " + (transform == NumberTransform.LOG ? "logarithm, " : "") + scaling
                    + (decimalComma ? ", decimal comma" : "");
        }
    }

    /**
     * Categories without an order.
     *
     * @param maxOneHot the most categories that have a feature each; more become an embedding
     * @param minCount categories that fewer training rows have are pooled into one
     */
    record Category(String name, int maxOneHot, int minCount) implements Column {

        /** Returns a copy with another limit of one-hot features; 0 always makes an embedding. */
        public Category withMaxOneHot(int categories) {
            return new Category(name, categories, minCount);
        }

        /** Returns a copy that pools categories that fewer training rows have. */
        public Category withMinCount(int rows) {
            return new Category(name, maxOneHot, rows);
        }

        @Override
        public String describe() {
            return "category" + (minCount > 1 ? ", those of fewer than " + minCount + " rows pooled" : "");
        }
    }

    /** Categories with an order, the lowest first. */
    record Ordered(String name, List<String> order) implements Column {

        public Ordered {
            order = List.copyOf(order);
        }

        @Override
        public String describe() {
            return "ordered " + order;
        }
    }

    /**
     * Texts.
     *
     * @param features the number of features
     * @param hashed whether a word's feature is chosen by its hash, so that no vocabulary is stored; else the most
     *     frequent words have a feature each
     */
    record Text(String name, int features, boolean hashed) implements Column {

        /** Returns a copy with another number of features. */
        public Text withFeatures(int number) {
            return new Text(name, number, hashed);
        }

        /** Returns a copy that chooses a word's feature by its hash. */
        public Text hashing() {
            return new Text(name, features, true);
        }

        @Override
        public String describe() {
            return "text, " + features + (hashed ? " hashed features" : " most frequent words");
        }
    }

    /**
     * Dates.
     *
     * @param pattern {@link DateText#ISO} or a pattern of {@link java.time.format.DateTimeFormatter}
     * @param time whether the cells have a time of day
     */
    record Date(String name, String pattern, boolean time) implements Column {

        /** Returns a copy for cells in another pattern, such as {@code dd.MM.uuuu}. */
        public Date withPattern(String formatter) {
            return new Date(name, formatter, time);
        }

        /** Returns a copy for cells with a time of day. */
        public Date withTime() {
            return new Date(name, pattern, true);
        }

        @Override
        public String describe() {
            return "date, " + pattern + (time ? " with time" : "");
        }
    }

    /** A column that the model does not read, and why. */
    record Ignored(String name, String reason) implements Column {

        @Override
        public String describe() {
            return "ignored: " + reason;
        }
    }
}
