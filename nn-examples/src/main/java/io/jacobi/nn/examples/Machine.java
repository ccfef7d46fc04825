package io.jacobi.nn.examples;

import com.sun.management.OperatingSystemMXBean;
import io.jacobi.nn.math.NativeLibraries;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What was found out about this machine.
 *
 * @param facts by their names, in the order of reading
 * @param advice what to change, one sentence each; empty if nothing
 * @param works whether the native libraries can be loaded
 */
record Machine(Map<String, Fact> facts, List<String> advice, boolean works) {

    /** A fact as people read it, and as a number if it is one. */
    record Fact(String text, OptionalDouble number) {

        static Fact of(Object text) {
            return new Fact(String.valueOf(text), OptionalDouble.empty());
        }

        static Fact count(int number) {
            return new Fact(Integer.toString(number), OptionalDouble.of(number));
        }

        static Fact megabytes(long bytes) {
            return new Fact(
                    String.format(Locale.ROOT, "%,.0f MB", bytes / MEGABYTE), OptionalDouble.of((double) bytes));
        }

        static Fact gigaflops(double speed) {
            return new Fact(String.format(Locale.ROOT, "%.0f GFLOP/s", speed), OptionalDouble.of(speed));
        }
    }

    private static final double MEGABYTE = 1 << 20;

    Machine {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        advice = List.copyOf(advice);
    }

    /** Looks at this process, and measures for about a second. */
    static Machine examine() {
        Map<String, Fact> facts = new LinkedHashMap<>();
        List<String> advice = new ArrayList<>();
        Runtime runtime = Runtime.getRuntime();
        long heap = runtime.maxMemory();
        long total = totalMemory();
        facts.put("jacobi", Fact.of(Jacobi.Version.text()));
        facts.put(
                "java",
                Fact.of(Runtime.version() + ", " + System.getProperty("java.vm.name") + ", "
                        + System.getProperty("java.vendor")));
        facts.put(
                "system",
                Fact.of(System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                        + System.getProperty("os.arch")));
        facts.put("processors", Fact.count(runtime.availableProcessors()));
        facts.put("memory", Fact.megabytes(total));
        facts.put("heap limit", Fact.megabytes(heap));
        try {
            NativeLibraries libraries = NativeLibraries.load();
            add(libraries, facts);
            int processors = runtime.availableProcessors();
            double one = PeakProduct.gigaflops(DataType.FLOAT);
            double all = PeakProduct.gigaflops(DataType.FLOAT, processors);
            facts.put("speed, 1 thread", Fact.gigaflops(one));
            facts.put("speed, all threads", Fact.gigaflops(all));
            advice.addAll(Advice.of(libraries, heap, total));
            advice.addAll(Advice.ofSpeed(one, all, processors));
            return new Machine(facts, advice, true);
        } catch (IllegalStateException notLoaded) {
            facts.put("native libraries", Fact.of("cannot be loaded"));
            advice.add(String.valueOf(notLoaded.getMessage()));
            return new Machine(facts, advice, false);
        }
    }

    /** The memory of the machine or of the container that this process runs in. */
    private static long totalMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private static void add(NativeLibraries libraries, Map<String, Fact> facts) {
        facts.put("native limit", Fact.megabytes(libraries.mostBytes()));
        facts.put(
                "process limit",
                libraries.mostPhysicalBytes() == 0 ? Fact.of("none") : Fact.megabytes(libraries.mostPhysicalBytes()));
        facts.put("native platform", Fact.of(libraries.platform()));
        facts.put("nd4j", Fact.of(libraries.nd4j()));
        facts.put("openblas", Fact.of(libraries.openBlas()));
        facts.put("blas kernel", Fact.of(libraries.kernel()));
        facts.put("blas threads", Fact.count(libraries.blasThreads()));
        facts.put("native cache", Fact.of(libraries.cache() + free(libraries)));
    }

    private static String free(NativeLibraries libraries) {
        try {
            return String.format(
                    Locale.ROOT,
                    ", %,.0f MB free",
                    Files.getFileStore(libraries.cache()).getUsableSpace() / MEGABYTE);
        } catch (IOException unknown) {
            return "";
        }
    }
}
