package io.jacobi.nn.examples;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes, as {@code 2g} or {@code 512m}. */
record MemorySize(long bytes) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([kmgt]?)b?");
    private static final Map<String, Integer> POWERS = Map.of("", 0, "k", 10, "m", 20, "g", 30, "t", 40);

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String text) {
            Matcher form = FORM.matcher(text.toLowerCase(Locale.ROOT));
            if (!form.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no size of memory: expected a number with k, m or g, such as 512m or 2g");
            }
            double bytes = Double.parseDouble(form.group(1)) * (1L << POWERS.getOrDefault(form.group(2), 0));
            return new MemorySize((long) bytes);
        }
    }

    /** The shortest of the forms that are read. */
    @Override
    public String toString() {
        for (String unit : new String[] {"g", "m", "k"}) {
            long size = 1L << POWERS.getOrDefault(unit, 0);
            if (bytes > 0 && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return Long.toString(bytes);
    }
}
