package io.jacobi.nn.bench.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Images and labels as Java arrays: every framework reads the same bytes, without any library.
 *
 * @param pixels one row per example, from 0 to 1
 * @param labels one per example
 */
@SuppressWarnings("ArrayRecordComponent") // passed to one adapter and never compared
public record Examples(float[][] pixels, int[] labels) {

    /** The number of examples. */
    public int size() {
        return labels.length;
    }

    /** Reads {@code <name>.pixels} (little-endian floats) and {@code <name>.labels} (bytes). */
    public static Examples read(Path directory, String name) throws IOException {
        byte[] labels = Files.readAllBytes(directory.resolve(name + ".labels"));
        float[][] pixels = new float[labels.length][Workload.PIXELS];
        int[] classes = new int[labels.length];
        ByteBuffer row = ByteBuffer.allocate(Workload.PIXELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel in = FileChannel.open(directory.resolve(name + ".pixels"), StandardOpenOption.READ)) {
            for (int i = 0; i < labels.length; i++) {
                row.clear();
                while (row.hasRemaining() && in.read(row) >= 0) {
                    // a read may be short
                }
                row.flip();
                row.asFloatBuffer().get(pixels[i]);
                classes[i] = labels[i];
            }
        }
        return new Examples(pixels, classes);
    }

    /** Writes the two files that {@link #read} reads. */
    public void write(Path directory, String name) throws IOException {
        byte[] classes = new byte[labels.length];
        ByteBuffer row = ByteBuffer.allocate(Workload.PIXELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel out = FileChannel.open(
                directory.resolve(name + ".pixels"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < labels.length; i++) {
                row.clear();
                row.asFloatBuffer().put(pixels[i]);
                while (row.hasRemaining()) {
                    out.write(row);
                }
                classes[i] = (byte) labels[i];
            }
        }
        Files.write(directory.resolve(name + ".labels"), classes);
    }
}
