package io.jacobi.nn.files.npy;

import io.jacobi.nn.files.FileText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a header, which is a Python literal, character by character. Nothing is evaluated. Literals of another form
 * than this are refused:
 *
 * <pre>
 * header = "{" entry {"," entry} [","] "}" spaces line-feed     each of the three keys once, in any order
 * entry  = 'descr' ":" '&lt;f4'   |   'fortran_order' ":" (True | False)   |   'shape' ":" tuple
 * tuple  = "()"  |  "(" number "," ")"  |  "(" number {"," number} [","] ")"
 * number = digits ["L"]     numpy for Python 2 wrote the L
 * </pre>
 */
final class NpyHeaderParser {

    /** The maximum in ND4J. */
    private static final int MAX_RANK = 32;

    private final String text;
    private int at;

    private @Nullable String descr;
    private @Nullable Boolean fortranOrder;
    private @Nullable List<Integer> shape;

    private NpyHeaderParser(String text) {
        this.text = text;
    }

    static NpyHeader parse(byte[] bytes) throws NpyFormatException {
        // every byte becomes one character, and only ASCII characters are accepted
        return new NpyHeaderParser(new String(bytes, StandardCharsets.ISO_8859_1)).header();
    }

    private NpyHeader header() throws NpyFormatException {
        take('{');
        while (!next('}')) {
            entry();
            if (!next('}')) {
                take(',');
            }
        }
        take('}');
        while (at < text.length() - 1) {
            if (text.charAt(at++) != ' ') {
                throw unexpected("spaces and a line feed");
            }
        }
        if (at != text.length() - 1 || text.charAt(at) != '\n') {
            throw unexpected("a line feed at its end");
        }
        if (descr == null || fortranOrder == null || shape == null) {
            throw unexpected("the keys 'descr', 'fortran_order' and 'shape'");
        }
        return of(descr, fortranOrder, shape);
    }

    private static NpyHeader of(String descr, boolean fortranOrder, List<Integer> shape) throws NpyFormatException {
        char order = descr.isEmpty() ? ' ' : descr.charAt(0);
        NpyType type = NpyType.of(descr.isEmpty() ? "" : descr.substring(1)).orElseThrow(() -> unknownType(descr));
        boolean ordered = order == '<' || order == '>' || (order == '|' && type.bytes() == 1);
        if (!ordered) {
            throw unknownType(descr);
        }
        return new NpyHeader(type, order == '>', fortranOrder, shape);
    }

    private static NpyFormatException unknownType(String descr) {
        return new NpyFormatException(
                "its elements are '" + FileText.show(descr) + "'",
                "f4, f8, i4, i8 with '<' or '>', or '|u1'",
                "call array.astype('<f4') before numpy.save");
    }

    private void entry() throws NpyFormatException {
        String key = string();
        take(':');
        boolean again = switch (key) {
            case "descr" -> descr != null;
            case "fortran_order" -> fortranOrder != null;
            case "shape" -> shape != null;
            default -> throw unexpected("no key but 'descr', 'fortran_order' and 'shape'");
        };
        if (again) {
            throw unexpected("'" + key + "' once");
        }
        switch (key) {
            case "descr" -> {
                requireNoFields();
                descr = string();
            }
            case "fortran_order" -> fortranOrder = truth();
            default -> shape = tuple();
        }
    }

    /** A type of records is a list of fields: {@code [('x', '<f4'), ('y', '<f4')]}. */
    private void requireNoFields() throws NpyFormatException {
        if (next('[')) {
            throw new NpyFormatException(
                    "its elements are records with fields (a structured dtype)",
                    "numbers: f4, f8, i4, i8 or u1",
                    "store each field on its own, such as array['x'], with numpy.save");
        }
    }

    private String string() throws NpyFormatException {
        char quote = next('"') ? '"' : '\'';
        take(quote);
        int end = text.indexOf(quote, at);
        String content = end < 0 ? "\\" : text.substring(at, end);
        if (!content.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
            throw unexpected("a string of plain characters");
        }
        at = end + 1;
        return content;
    }

    private boolean truth() throws NpyFormatException {
        skipSpaces();
        for (String word : List.of("True", "False")) {
            if (text.startsWith(word, at)) {
                at += word.length();
                return word.equals("True");
            }
        }
        throw unexpected("True or False");
    }

    private List<Integer> tuple() throws NpyFormatException {
        List<Integer> dims = new ArrayList<>();
        long elements = 1;
        boolean comma = true;
        take('(');
        while (!next(')')) {
            if (!comma) {
                throw unexpected("',' or ')'");
            }
            int dim = dimension();
            dims.add(dim);
            // both factors are below 2^31
            elements *= dim;
            if (elements > Integer.MAX_VALUE || dims.size() > MAX_RANK) {
                throw tooLarge(dims);
            }
            comma = next(',');
            if (comma) {
                take(',');
            }
        }
        take(')');
        if (dims.size() == 1 && !comma) {
            throw unexpected("a tuple, such as (3,)");
        }
        return dims;
    }

    private static NpyFormatException tooLarge(List<Integer> dims) {
        return new NpyFormatException(
                "its shape begins with " + dims,
                "at most 2^31-1 elements in " + MAX_RANK + " dimensions",
                "store the array in several parts, or with fewer dimensions");
    }

    /** A dimension of at least 1, without sign or leading zeros. */
    private int dimension() throws NpyFormatException {
        skipSpaces();
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && value <= Integer.MAX_VALUE) {
            value = 10 * value + text.charAt(at++) - '0';
        }
        if (at == start + 1 && value == 0) {
            throw new NpyFormatException(
                    "its shape has a dimension of 0, so it has no elements",
                    "dimensions from 1 to 2^31-1",
                    "store an array that has elements");
        }
        if (at == start || text.charAt(start) == '0' || value > Integer.MAX_VALUE) {
            at = start;
            throw unexpected("dimensions from 1 to 2^31-1");
        }
        if (at < text.length() && text.charAt(at) == 'L') {
            at++;
        }
        return (int) value;
    }

    /** Skips spaces, and returns whether this character comes next. */
    private boolean next(char c) {
        skipSpaces();
        return at < text.length() && text.charAt(at) == c;
    }

    private void take(char c) throws NpyFormatException {
        if (!next(c)) {
            throw unexpected("'" + c + "'");
        }
        at++;
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private NpyFormatException unexpected(String expected) {
        String around = text.substring(Math.max(0, Math.min(at, text.length()) - 40), Math.min(at, text.length()));
        return new NpyFormatException(
                "its header cannot be parsed after \"" + around.replaceAll("[^ -~]", "?") + "\"",
                expected,
                NpyFormatException.WRITE_AGAIN);
    }
}
