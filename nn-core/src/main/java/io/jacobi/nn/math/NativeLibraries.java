package io.jacobi.nn.math;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The native libraries of this process, and the memory that they may take.
 *
 * @param platform the operating system and processor that they were built for, such as {@code linux-x86_64}
 * @param nd4j the version of ND4J
 * @param openBlas the version of OpenBLAS
 * @param kernel the kernel of OpenBLAS: see {@link BlasKernel}
 * @param blasThreads the threads that a matrix product is split over; 1, because batches are split over threads instead
 * @param cache the directory that they were unpacked into
 * @param mostBytes the most memory outside the heap that arrays may take
 * @param mostPhysicalBytes the most memory that the whole process may take before an allocation outside the heap fails;
 *     0 if there is no limit
 */
public record NativeLibraries(
        String platform,
        String nd4j,
        String openBlas,
        String kernel,
        int blasThreads,
        Path cache,
        long mostBytes,
        long mostPhysicalBytes) {

    private static final String UNKNOWN = "unknown";

    /**
     * Loads the libraries, unless they are loaded, and describes them.
     *
     * @throws IllegalStateException if they cannot be loaded; the message says why
     */
    public static NativeLibraries load() {
        Blas.load();
        try {
            return new NativeLibraries(
                    Loader.getPlatform(),
                    version("org.nd4j", "nd4j-api"),
                    version("org.bytedeco", "openblas"),
                    BlasKernel.name(),
                    Blas.threads(),
                    Loader.getCacheDir().toPath(),
                    Pointer.maxBytes(),
                    Pointer.maxPhysicalBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** The version that Maven wrote into a jar. It stays in a shaded jar, whose manifest has only one version. */
    public static String version(String group, String artifact) {
        String resource = "/META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = INDArray.class.getResourceAsStream(resource)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", UNKNOWN);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
