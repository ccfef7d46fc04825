package io.jacobi.nn.check.recorded;

import io.jacobi.nn.files.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A file of {@linkplain Recorded recorded cases}, in JSON. An array is its shape and its elements in row-major order; a
 * number alone is an array of shape []; an object of arrays is a group.
 *
 * <pre>{@code
 * {"cases": {"scale": {
 *     "x": {"shape": [1, 2], "data": [0.5, -2]},
 *     "parameters": {"scale": {"shape": [2], "data": [3, 4]}},
 *     "y": {"shape": [1, 2], "data": [1.5, -8]},
 *     "dy": {"shape": [1, 2], "data": [1, 10]},
 *     "dx": {"shape": [1, 2], "data": [3, 40]},
 *     "gradients": {"scale": {"shape": [2], "data": [0.5, -20]}}}}}
 * }</pre>
 *
 * Other fields than {@code cases}, such as the tool that made the file, are skipped. The directory {@code reference} of
 * Jacobi's sources records from PyTorch in this format.
 *
 * @param source the name of the file in messages
 * @param cases by name, in the order of the file
 */
public record Recordings(String source, Map<String, Recorded> cases) {

    public Recordings {
        cases = Collections.unmodifiableMap(new LinkedHashMap<>(cases));
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read, or is not in this format; the message says where and what was expected
     */
    public static Recordings read(Path file) throws IOException {
        try (InputStream in = RegularFile.open(file, "a file of recordings")) {
            return read(in, file.toString());
        }
    }

    /**
     * Reads a stream to its end, and leaves it open.
     *
     * @param source the name of the stream in messages
     * @throws IOException as for {@link #read(Path)}
     */
    public static Recordings read(InputStream in, String source) throws IOException {
        return new Recordings(source, RecordedJson.read(in, source));
    }

    /** The names of all cases. */
    public Set<String> names() {
        return cases.keySet();
    }

    /**
     * Returns one case.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Recorded get(String name) {
        Recorded found = cases.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    "There is no case \"" + name + "\" in " + source + "\n  expected one of " + names());
        }
        return found;
    }
}
