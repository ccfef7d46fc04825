package io.jacobi.nn.io.npy;

import io.jacobi.nn.files.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Writes arrays by name as one .npz file, deflated like the files of numpy.savez_compressed.
 *
 * <pre>{@code
 * new NpzWriter().put("x", examples).put("labels", labels).save(Path.of("data.npz"));
 * }</pre>
 *
 * Equal arrays give equal bytes.
 */
public final class NpzWriter {

    /** The earliest date in the zip format. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, AtomicFile.Content> entries = new LinkedHashMap<>();

    /**
     * Adds an array of any order and strides. Its elements are read when the file is written.
     *
     * @throws IllegalArgumentException if the array is neither FLOAT nor DOUBLE, if it is empty, or if the name is already in use
     */
    public NpzWriter put(String name, INDArray array) {
        Npy.requireWritable(array);
        return put(name, out -> Npy.write(out, array));
    }

    /**
     * Adds integers, as a vector.
     *
     * @throws IllegalArgumentException if there are no integers, or if the name is already in use
     */
    public NpzWriter put(String name, int... values) {
        Npy.requireWritable(values);
        return put(name, out -> Npy.write(out, values));
    }

    private NpzWriter put(String name, AtomicFile.Content content) {
        if (entries.putIfAbsent(name, content) != null) {
            throw new IllegalArgumentException("There is already an array \"" + name + "\"\n  expected another name");
        }
        return this;
    }

    /**
     * Writes the file completely, or leaves an existing file unchanged: see {@link AtomicFile}.
     *
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        AtomicFile.at(file).write(this::writeTo);
    }

    private void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, AtomicFile.Content> entry : entries.entrySet()) {
            ZipEntry header = new ZipEntry(entry.getKey() + ".npy");
            header.setTimeLocal(NO_TIME);
            zip.putNextEntry(header);
            entry.getValue().writeTo(zip);
            zip.closeEntry();
        }
        zip.finish();
    }
}
