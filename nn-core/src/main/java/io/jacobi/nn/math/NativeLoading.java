package io.jacobi.nn.math;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;

/**
 * Whether the native libraries were loaded, and if not, why. What ND4J says then, "probably missing dependencies", is
 * seldom the reason.
 */
final class NativeLoading {

    /** Where JavaCPP unpacks libraries; ~/.javacpp/cache if it is not set. */
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";

    private static final int MEGABYTES_UNPACKED = 410;

    private final @Nullable Throwable failure;

    private NativeLoading(@Nullable Throwable failure) {
        this.failure = failure;
    }

    /** Loads the libraries. The failure is kept: an exception in a static initializer tells its reason only once. */
    static NativeLoading attempt(Runnable load) {
        try {
            load.run();
            return new NativeLoading(null);
        } catch (LinkageError | RuntimeException e) {
            return new NativeLoading(e);
        }
    }

    /**
     * Checks that the libraries were loaded.
     *
     * @throws IllegalStateException if they were not; the message says why, and where they are unpacked
     */
    void requireSuccess() {
        if (failure != null) {
            throw new IllegalStateException(
                    "The native libraries for " + Loader.getPlatform() + " cannot be loaded: " + reason(failure)
                            + "\n  expected " + place() + ", and the jars of this platform"
                            + "\n  fix: make room there, or choose another directory with -D" + CACHE
                            + "=DIR; build with -Djavacpp.platform=" + Loader.getPlatform()
                            + " if the jars are missing",
                    failure);
        }
    }

    private static String reason(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage());
    }

    private static String place() {
        String room = MEGABYTES_UNPACKED + " MB to unpack them into ";
        try {
            Path cache = Loader.getCacheDir().toPath();
            return room + cache + ", where " + Files.getFileStore(cache).getUsableSpace() / 1_000_000 + " MB are free";
        } catch (IOException nowhere) {
            return room + "a directory that can be written to, such as "
                    + System.getProperty(
                            CACHE,
                            Path.of(System.getProperty("user.home"), ".javacpp", "cache")
                                    .toString());
        }
    }
}
