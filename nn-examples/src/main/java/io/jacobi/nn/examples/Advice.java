package io.jacobi.nn.examples;

import io.jacobi.nn.math.NativeLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What to change on a machine, so that Jacobi runs fast and is not killed. */
final class Advice {

    private static final long MEGABYTE = 1 << 20;

    /** Less heap is too little for MNIST. */
    private static final long SMALL_HEAP = 256 * MEGABYTE;

    /** The kernels of OpenBLAS that have no AVX. */
    private static final Set<String> OLD_KERNELS = Set.of(
            "KATMAI",
            "COPPERMINE",
            "NORTHWOOD",
            "BANIAS",
            "ATHLON",
            "PRESCOTT",
            "CORE2",
            "PENRYN",
            "DUNNINGTON",
            "NEHALEM",
            "ATOM",
            "OPTERON",
            "OPTERON_SSE3",
            "BARCELONA",
            "BOBCAT",
            "NANO");

    /** Two threads that compute this much more than one are worth it. */
    private static final double WORTH = 1.3;

    private Advice() {}

    /**
     * Returns advice on memory and libraries.
     *
     * @param heap the most memory of the heap, in bytes
     * @param total the memory of the machine or container, in bytes
     */
    static List<String> of(NativeLibraries libraries, long heap, long total) {
        List<String> advice = new ArrayList<>();
        long both = heap + libraries.mostBytes();
        if (heap < SMALL_HEAP) {
            advice.add(text(
                    "The heap has at most %,d MB, which is too little for MNIST: give more with java -Xmx2g"
                            + " -jar ...",
                    heap / MEGABYTE));
        }
        if (both > total) {
            advice.add(text(
                    "The heap (%,d MB) and native arrays (%,d MB) may grow to more than the memory of this machine or"
                            + " container (%,d MB), which would end the process without a message: lower -Xmx, or set"
                            + " -Dorg.bytedeco.javacpp.maxbytes=%dm",
                    heap / MEGABYTE,
                    libraries.mostBytes() / MEGABYTE,
                    total / MEGABYTE,
                    Math.max(1, (total - heap) / MEGABYTE / 2)));
        } else if (heap < total / 4 - MEGABYTE) {
            advice.add(text(
                    "The heap may use %,d of %,d MB: if data or models do not fit, give more with java -Xmx%dg"
                            + " -jar ...",
                    heap / MEGABYTE, total / MEGABYTE, Math.max(1, total / MEGABYTE / 2048)));
        }
        if (OLD_KERNELS.contains(libraries.kernel())) {
            advice.add("OpenBLAS has chosen the kernel " + libraries.kernel()
                    + ", which has no AVX: matrix products are several times slower than with it. If the processor has"
                    + " AVX2, let the virtual machine pass it on, or set the environment variable"
                    + " OPENBLAS_CORETYPE=Haswell");
        }
        if (libraries.blasThreads() != 1) {
            advice.add("BLAS computes on " + libraries.blasThreads() + " threads, and so do batches: something in this"
                    + " process has changed it from 1, which makes training slower");
        }
        return advice;
    }

    /** Returns advice on what was measured, in 10^9 operations a second. */
    static List<String> ofSpeed(double one, double all, int processors) {
        if (processors > 1 && all < WORTH * one) {
            return List.of(text(
                    "%d threads compute %.0f GFLOP/s and one computes %.0f: other programs use the processors,"
                            + " or they are limited. Train with --threads 1, or stop the other programs",
                    processors, all, one));
        }
        return List.of();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
