package io.jacobi.nn.examples;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The size of images, as {@code 32x48}: height and width in pixels. */
record ImageSize(int height, int width) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

    /** Reads it from the command line; one number is a square. */
    static final class Converter implements ITypeConverter<ImageSize> {
        @Override
        public ImageSize convert(String text) {
            Matcher form = FORM.matcher(text);
            if (form.matches()) {
                int height = Integer.parseInt(form.group(1));
                int width = form.group(2) == null ? height : Integer.parseInt(form.group(2));
                if (height > 0 && width > 0) {
                    return new ImageSize(height, width);
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is no size of images: expected height x width, such as 32x48, or 32 for a square");
        }
    }

    @Override
    public String toString() {
        return height + "x" + width;
    }
}
