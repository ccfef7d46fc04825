package io.jacobi.nn.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every layer comes back from a file, in every configuration of {@link LayerChecks}. The files stay in
 * target/model-files, with their numbers as JSON beside them, for reference/read_models.py, which compares them without
 * Jacobi's code.
 */
class RoundTripTest {

    private static final int BATCH = 4;
    private static final Path FILES = Path.of("target", "model-files");

    static Stream<Arguments> models() {
        List<LayerCheck> checks = LayerChecks.all();
        return IntStream.range(0, checks.size())
                .boxed()
                .flatMap(i ->
                        Stream.of(DataType.FLOAT, DataType.DOUBLE).map(type -> Arguments.of(i, checks.get(i), type)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aLoadedModelIsTheOneThatWasSavedToTheBit(int number, LayerCheck check, DataType type) throws IOException {
        Sequential model = Sequential.input(check.input())
                .add(check.subject())
                .add("last", new Flatten())
                .build(type, number);
        disturb(model);
        Path file = fileOf(number, check.subject(), type);

        ModelFile.of(model).save(file);
        ModelFile loaded = ModelFile.load(file);

        assertThat(loaded.model().layers()).isEqualTo(model.layers());
        assertThat(loaded.model().blueprint().name(1)).contains("last");
        assertThat(loaded.model().inputShape()).isEqualTo(model.inputShape());
        assertThat(loaded.model().dataType()).isEqualTo(type);
        assertThat(loaded.model().seed()).isEqualTo(number);
        assertThat(values(loaded.model())).isEqualTo(values(model));
        double[] x = inputs(check);
        double[] y = predict(model, x);
        assertThat(predict(loaded.model(), x)).isEqualTo(y);
        record(file, model, x, y);
    }

    private static Path fileOf(int number, Layer layer, DataType type) throws IOException {
        Files.createDirectories(FILES);
        return FILES.resolve(String.format(
                Locale.ROOT, "%02d-%s-%s.safetensors", number, layer.getClass().getSimpleName(), type));
    }

    /** Replaces the initial 0 and 1 of the states, to show whether they are stored. Variances must be positive. */
    private static void disturb(Sequential model) {
        SplittableRandom random = new SplittableRandom(7);
        if (!model.state().isEmpty()) {
            Vectors.set(
                    model.state(),
                    random.doubles(model.state().length(), 0.5, 2).toArray());
        }
    }

    private static Map<String, List<Double>> values(Sequential model) {
        return Stream.concat(model.parameters().stream(), model.states().stream())
                .collect(Collectors.toMap(
                        p -> p.path(),
                        p -> Arrays.stream(Vectors.toDoubles(model.value(p.path())))
                                .boxed()
                                .toList()));
    }

    private static double[] inputs(LayerCheck check) {
        double[] x = new double[BATCH * (int) check.input().size()];
        check.inputs().fill(x, check.input(), new SplittableRandom(1));
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) x[i]; // the same numbers for both types
        }
        return x;
    }

    private static double[] predict(Sequential model, double[] x) {
        try (Workspace w = Workspace.forInference(model, BATCH)) {
            Vectors.set(w.input(), x);
            w.predict();
            return Vectors.toDoubles(w.output());
        }
    }

    private static void record(Path file, Sequential model, double[] x, double[] y) throws IOException {
        String tensors = Stream.concat(model.parameters().stream(), model.states().stream())
                .map(p -> "\"" + p.path() + "\":" + json(model.value(p.path())))
                .collect(Collectors.joining(","));
        Files.writeString(
                Path.of(file.toString().replace(".safetensors", ".json")),
                "{\"x\":" + json(model.inputShape().withBatch(BATCH), x)
                        + ",\"y\":" + json(model.outputShape().withBatch(BATCH), y)
                        + ",\"tensors\":{" + tensors + "}}\n");
    }

    private static String json(INDArray array) {
        return json(array.shape(), Vectors.toDoubles(array));
    }

    private static String json(long[] shape, double[] data) {
        return "{\"shape\":" + Arrays.toString(shape) + ",\"data\":" + Arrays.toString(data) + "}";
    }
}
