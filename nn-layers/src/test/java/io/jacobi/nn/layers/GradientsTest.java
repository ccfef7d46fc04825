package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.Oracle;
import io.jacobi.nn.check.TensorResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer, by every check. */
class GradientsTest {

    static List<GradientCheck> checks() {
        return LayerChecks.all();
    }

    @ParameterizedTest
    @MethodSource("checks")
    void agreeWithEveryOracle(GradientCheck check) {
        GradientReport report = check.verify();

        assertThat(report.tensors())
                .extracting(TensorResult::oracle)
                .contains(Oracle.DIFFERENCES, Oracle.SCALARS, Oracle.DUALS);
        assertThat(report.skipped()).as("coordinates on kinks").isZero();
        assertThat(report.coordinates()).isPositive();
    }

    @Test
    void noLayerIsForgotten() throws IOException {
        Set<String> checked = checks().stream()
                .map(check -> check.subject().getClass().getSimpleName())
                .collect(Collectors.toSet());

        assertThat(checked).containsAll(layersOfThePackage());
    }

    private static List<String> layersOfThePackage() throws IOException {
        Path classes = Path.of(
                Affine.class.getProtectionDomain().getCodeSource().getLocation().getPath());
        try (Stream<Path> files = Files.list(classes.resolve("io/jacobi/nn/layers"))) {
            return files.map(file -> file.getFileName().toString().replace(".class", ""))
                    .filter(GradientsTest::isLayer)
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isLayer(String name) {
        try {
            return Layer.class.isAssignableFrom(Class.forName("io.jacobi.nn.layers." + name));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
