package io.jacobi.nn.train;

import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.RunState.Setting;
import io.jacobi.nn.math.BlasKernel;
import io.jacobi.nn.math.NativeLibraries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last digits of a run depend on beside its settings: the same seed gives the same weights to the bit where
 * these are the same.
 */
final class RunEnvironment {

    private RunEnvironment() {}

    /** The environment of this process, which is read when it is first asked for. */
    private static final class Current {
        static final List<Setting> VALUE = read();
    }

    /** Returns the environment of this process. */
    static List<Setting> current() {
        return Current.VALUE;
    }

    private static List<Setting> read() {
        return List.of(
                new Setting("BLAS kernel", BlasKernel.name()),
                new Setting("OpenBLAS", NativeLibraries.version("org.bytedeco", "openblas")),
                new Setting("ND4J", NativeLibraries.version("org.nd4j", "nd4j-api")),
                new Setting(
                        "Jacobi",
                        Optional.ofNullable(RunEnvironment.class.getPackage().getImplementationVersion())
                                .orElse("not from a jar")),
                new Setting("Java", Runtime.version().toString()),
                new Setting("platform", System.getProperty("os.name") + ", " + System.getProperty("os.arch")));
    }

    /**
     * Compares two environments. A name that only one of them has, as that of an earlier or later version, is no
     * difference.
     *
     * @return the differences as lines of a message
     */
    static List<String> differences(List<Setting> stored, List<Setting> current) {
        Map<String, String> before = new LinkedHashMap<>();
        stored.forEach(setting -> before.put(setting.name(), setting.value()));
        List<String> lines = new ArrayList<>();
        for (Setting now : current) {
            String then = before.getOrDefault(now.name(), now.value());
            if (!then.equals(now.value())) {
                lines.add("\n  " + now.name() + ": " + FileText.show(then) + " before, " + now.value() + " now");
            }
        }
        return lines;
    }
}
