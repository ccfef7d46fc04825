package io.jacobi.nn.files;

/**
 * How much memory the content of a compressed file may take. Deflating packs zeros to a thousandth, so two megabytes
 * could unpack to more than a computer has; but data that people compress rarely shrink to less than a fiftieth.
 */
public final class UnpackingLimit {

    /** The memory that any file may take: 256 MiB. */
    private static final long ANY = 256L << 20;

    private static final long RATIO = 100;

    private UnpackingLimit() {}

    /**
     * The most bytes of memory for the content of {@code packed} bytes: 256 MiB, or a hundred times as much if more.
     */
    public static long bytes(long packed) {
        return Math.max(ANY, packed > Long.MAX_VALUE / RATIO ? Long.MAX_VALUE : packed * RATIO);
    }
}
