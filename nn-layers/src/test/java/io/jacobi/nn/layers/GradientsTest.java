package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.check.GradientReport;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.junit.GradientTests;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.model.LayerPlan;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Checks every layer; each claim is a test. */
class GradientsTest implements GradientTests {

    @Override
    public List<LayerCheck> checks() {
        return LayerChecks.all();
    }

    @TestFactory
    Stream<DynamicContainer> fullTiles() {
        return GradientTests.of(TileChecks::all);
    }

    @Test
    void everyOracleIsAskedAndNoCoordinateLiesOnAKink() {
        for (LayerCheck check : checks()) {
            GradientReport report =
                    check.only(Oracle.DIFFERENCES, Oracle.SCALARS, Oracle.DUALS).report();

            assertThat(report.tensors())
                    .as(check.toString())
                    .extracting(TensorResult::oracle)
                    .contains(Oracle.DIFFERENCES, Oracle.SCALARS, Oracle.DUALS);
            assertThat(report.skipped()).as(check.toString()).isZero();
            assertThat(report.coordinates()).as(check.toString()).isPositive();
        }
    }

    @Test
    void fivePointsAreAskedOfEveryLayerThatHasNoKinks() {
        assertThat(checks())
                .filteredOn(check -> check.claims().stream()
                        .noneMatch(claim -> claim.oracle().equals(Optional.of(Oracle.FIVE_POINT))))
                .extracting(check -> check.subject().getClass().getSimpleName())
                .as("these, an Elu of two slopes and a Residual around a Relu")
                .containsOnly("Elu", "HardTanh", "LeakyRelu", "Relu", "Selu", "MaxPool2d", "Residual");
    }

    @Test
    void parametersStatesAndBuffersHaveNamesInSnakeCase() {
        for (LayerCheck check : checks()) {
            LayerPlan plan = Sequential.input(check.input())
                    .add(check.subject())
                    .blueprint()
                    .plans()
                    .get(0);

            assertThat(Stream.of(plan.parameters(), plan.states(), plan.saved(), plan.buffers())
                            .flatMap(arrays -> arrays.keySet().stream()))
                    .as(check.toString())
                    .allMatch(name -> name.matches("[a-z0-9]+(_[a-z0-9]+)*"));
        }
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
