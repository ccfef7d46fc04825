package io.jacobi.nn.train;

import io.jacobi.nn.files.FileText;
import io.jacobi.nn.files.RunState.Setting;
import io.jacobi.nn.math.BlasKernel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the last digits of a run depend on beside its settings: the same seed gives the same weights to the bit where
 * these are the same.
 */
final class RunEnvironment {

    private static final String UNKNOWN = "unknown";

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
                new Setting("OpenBLAS", version("org.bytedeco", "openblas")),
                new Setting("ND4J", version("org.nd4j", "nd4j-api")),
                new Setting(
                        "Jacobi",
                        Optional.ofNullable(RunEnvironment.class.getPackage().getImplementationVersion())
                                .orElse("not from a jar")),
                new Setting("Java", Runtime.version().toString()),
                new Setting("platform", System.getProperty("os.name") + ", " + System.getProperty("os.arch")));
    }

    /** The version that Maven wrote into the jar. It stays in a shaded jar, whose manifest has only one version. */
    private static String version(String group, String artifact) {
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
