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
 * Arrays by name, to be written as one .npz file, deflated, as numpy.savez_compressed does.
 *
 * <pre>{@code
 * new NpzWriter().put("x", examples).put("labels", labels).save(Path.of("data.npz"));
 * }</pre>
 *
 * The same arrays give the same bytes.
 */
public final class NpzWriter {

    /** The first date that a zip can hold. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Map<String, AtomicFile.Content> entries = new LinkedHashMap<>();

    /**
     * Adds an array, whatever its order and strides; it is read when the file is written.
     *
     * @throws IllegalArgumentException if it is neither FLOAT nor DOUBLE, or empty, or if the name is there already
     */
    public NpzWriter put(String name, INDArray array) {
        Npy.requireWritable(array);
        return put(name, out -> Npy.write(out, array));
    }

    /**
     * Adds integers, as a vector.
     *
     * @throws IllegalArgumentException if there is none, or if the name is there already
     */
    public NpzWriter put(String name, int... values) {
        Npy.requireWritable(values);
        return put(name, out -> Npy.write(out, values));
    }

    private NpzWriter put(String name, AtomicFile.Content content) {
        if (entries.putIfAbsent(name, content) != null) {
            throw new IllegalArgumentException("There is an array \"" + name + "\" already\n  expected another name");
        }
        return this;
    }

    /**
     * Writes the file whole, or leaves everything as it was: see {@link AtomicFile}.
     *
     * @throws IOException if the place cannot be written
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
