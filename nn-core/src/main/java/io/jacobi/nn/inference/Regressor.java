package io.jacobi.nn.inference;

import io.jacobi.nn.OutputKind;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Answers with numbers, from a model of regression. Any number of threads may ask at the same time; see
 * {@link Predictor}.
 *
 * <pre>{@code
 * try (Regressor prices = Regressor.load(Path.of("prices.safetensors"))) {
 *     float price = prices.value(row);
 * }
 * }</pre>
 */
public final class Regressor implements AutoCloseable {

    private final Predictor predictor;
    private final List<String> names;
    private final Runnable release;

    private Regressor(Predictor predictor, List<String> names, Runnable release) {
        Blueprint blueprint = predictor.blueprint();
        if (blueprint.layers().get(blueprint.layers().size() - 1).outputKind() == OutputKind.LOG_PROBABILITIES) {
            throw new IllegalArgumentException("The model " + blueprint.layers() + " gives log-probabilities of classes"
                    + "\n  expected a model of regression\n  fix: use a Classifier");
        }
        this.predictor = predictor;
        this.names = List.copyOf(names);
        this.release = release;
    }

    /**
     * Loads a model, with the names of its outputs if the file has them.
     *
     * @throws io.jacobi.nn.files.ModelFormatException if the file is damaged or has no description of layers
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the model ends with log-probabilities
     */
    public static Regressor load(Path path) throws IOException {
        ModelFile file = ModelFile.load(path);
        return Owned.of(
                file.model(),
                Predictor.of(file.model()),
                (predictor, release) -> new Regressor(predictor, file.labels(), release));
    }

    /**
     * Returns a regressor that computes with the model's own weights; the model stays open.
     *
     * @throws IllegalArgumentException if the model ends with log-probabilities
     */
    public static Regressor of(Sequential model) {
        return Owned.of(Predictor.of(model), (predictor, release) -> new Regressor(predictor, List.of(), release));
    }

    /**
     * Returns a regressor that asks this predictor, whose weights may be {@linkplain Predictor#replace replaced}. The
     * predictor stays open.
     *
     * @throws IllegalArgumentException if the model ends with log-probabilities
     */
    public static Regressor of(Predictor predictor) {
        return new Regressor(predictor, List.of(), () -> {});
    }

    /** The names of the outputs, which a file stores as labels; empty if there are none. */
    public List<String> names() {
        return names;
    }

    /**
     * Returns the numbers for one example, one for each output in 'c' order.
     *
     * @param row its features in 'c' order
     * @throws IllegalArgumentException if the number of features is wrong, or one is not finite
     * @throws IllegalStateException if the regressor is closed
     */
    public float[] predict(float[] row) {
        return predictor.predict(row);
    }

    /** Returns the numbers for each example, {@code [rows][outputs]}; see {@link #predict(float[])}. */
    public float[][] predict(float[][] rows) {
        return predictor.predict(rows);
    }

    /**
     * Returns the number for one example, from a model with one output.
     *
     * @throws ShapeException if the model has several outputs
     * @throws IllegalArgumentException if the number of features is wrong, or one is not finite
     * @throws IllegalStateException if the regressor is closed
     */
    public float value(float[] row) {
        long outputs = predictor.blueprint().outputShape().size();
        if (outputs != 1) {
            throw new ShapeException(
                    "the model does not answer with one number",
                    "one output",
                    outputs + " outputs",
                    "use predict, which returns all of them");
        }
        return predictor.predict(row)[0];
    }

    /** Frees the memory that this regressor has made; calls in progress end as usual. */
    @Override
    public void close() {
        release.run();
    }
}
