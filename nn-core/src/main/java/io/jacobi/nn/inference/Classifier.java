package io.jacobi.nn.inference;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.io.ModelFile;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers with labels and probabilities, from a model of classes of which one is right. Any number of threads may ask
 * at the same time; see {@link Predictor}.
 *
 * <pre>{@code
 * try (Classifier pets = Classifier.load(Path.of("pets.safetensors"))) {
 *     Classification answer = pets.classify(row);      // Classification[label=cat, index=0, probability=0.93]
 * }
 * }</pre>
 *
 * Several outputs are a class each. A single output has two classes, no and yes. The last layer says what the outputs
 * are: probabilities, log-probabilities, or otherwise logits:
 *
 * <pre>
 * several logits y   p = softmax(y)
 * a single logit y   p = [1 − sigmoid(y), sigmoid(y)]
 * </pre>
 */
public final class Classifier implements AutoCloseable {

    private final Predictor predictor;
    private final ClassProbabilities probabilities;
    private final List<String> labels;
    private final Runnable release;

    private Classifier(Predictor predictor, List<String> labels, Runnable release) {
        this.predictor = predictor;
        this.probabilities = probabilities(predictor.blueprint());
        this.labels = labels(labels, probabilities.classes());
        this.release = release;
    }

    /**
     * Loads a model and the labels of its classes. A file without labels gets the indices of the classes.
     *
     * @throws io.jacobi.nn.files.ModelFormatException if the file is damaged or has no description of layers
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if the model is no classifier
     */
    public static Classifier load(Path path) throws IOException {
        ModelFile file = ModelFile.load(path);
        return Owned.of(
                file.model(),
                Predictor.of(file.model()),
                (predictor, release) -> new Classifier(predictor, file.labels(), release));
    }

    /**
     * Returns a classifier that computes with the model's own weights; the model stays open.
     *
     * @param labels one for each class, for a single output no and yes; if empty, the indices of the classes
     * @throws ShapeException if the output is not one number for each class
     * @throws IllegalArgumentException if the number of labels is wrong
     */
    public static Classifier of(Sequential model, List<String> labels) {
        return Owned.of(Predictor.of(model), (predictor, release) -> new Classifier(predictor, labels, release));
    }

    /**
     * Returns a classifier that asks this predictor, whose weights may be {@linkplain Predictor#replace replaced}. The
     * predictor stays open.
     *
     * @throws ShapeException if the output is not one number for each class
     * @throws IllegalArgumentException if the number of labels is wrong
     */
    public static Classifier of(Predictor predictor, List<String> labels) {
        return new Classifier(predictor, labels, () -> {});
    }

    private static ClassProbabilities probabilities(Blueprint blueprint) {
        Shape output = blueprint.outputShape();
        if (output.rank() > 1) {
            throw new ShapeException(
                    "the model is no classifier",
                    "[classes], one output for each class, or a single output",
                    output.toString(),
                    "use a Predictor");
        }
        return new ClassProbabilities(
                blueprint.layers().get(blueprint.layers().size() - 1).outputKind(), Math.toIntExact(output.size()));
    }

    private static List<String> labels(List<String> given, int classes) {
        if (given.isEmpty()) {
            return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        }
        if (given.size() != classes) {
            throw new IllegalArgumentException("There are " + given.size() + " labels, " + given + ", for " + classes
                    + " classes\n  expected one label for each class"
                    + "\n  fix: give as many; a single output has two classes, no and yes");
        }
        return List.copyOf(given);
    }

    /** The labels, in the order of the classes. */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the most probable class of one example, the first if several are equally probable.
     *
     * @param row its features in 'c' order
     * @throws IllegalArgumentException if the number of features is wrong, or one is not finite
     * @throws IllegalStateException if the classifier is closed, or the output of the model is NaN or no probability
     */
    public Classification classify(float[] row) {
        return answer(probabilities(row));
    }

    /** Returns the most probable class of each example; see {@link #classify(float[])}. */
    public List<Classification> classify(float[][] rows) {
        List<Classification> answers = new ArrayList<>(rows.length);
        for (float[] output : predictor.predict(rows)) {
            answers.add(answer(probabilities.of(output)));
        }
        return answers;
    }

    private Classification answer(double[] p) {
        int best = 0;
        for (int c = 1; c < p.length; c++) {
            best = p[c] > p[best] ? c : best;
        }
        return new Classification(labels.get(best), best, p[best]);
    }

    /**
     * Returns the probability of each class, in the order of {@link #labels()}, for one example.
     *
     * @throws IllegalArgumentException if the number of features is wrong, or one is not finite
     * @throws IllegalStateException if the classifier is closed, or the output of the model is NaN or no probability
     */
    public double[] probabilities(float[] row) {
        return probabilities.of(predictor.predict(row));
    }

    /** Returns the probabilities for each example, {@code [rows][classes]}; see {@link #probabilities(float[])}. */
    public double[][] probabilities(float[][] rows) {
        float[][] outputs = predictor.predict(rows);
        double[][] p = new double[outputs.length][];
        for (int i = 0; i < p.length; i++) {
            p[i] = probabilities.of(outputs[i]);
        }
        return p;
    }

    /** Frees the memory that this classifier has made; calls in progress end as usual. */
    @Override
    public void close() {
        release.run();
    }
}
