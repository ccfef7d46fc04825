package io.jacobi.nn.data;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A data set in two native arrays. Reading a batch copies its rows, with one bulk copy for each row; the arrays
 * themselves are never copied.
 */
public final class ArrayDataset implements Dataset {

    private final ExampleRows features;
    private final ExampleRows targets;
    private final int size;
    private final Optional<ExampleRows> weights;

    private ArrayDataset(ExampleRows features, ExampleRows targets, int size, Optional<ExampleRows> weights) {
        this.features = features;
        this.targets = targets;
        this.size = size;
        this.weights = weights;
    }

    /**
     * Returns a data set of examples {@code [n, features...]} with targets {@code [n]} (class indices or numbers) or
     * {@code [n, target...]}. Arrays that are dense, row-major and FLOAT or DOUBLE are used without a copy, so they
     * must stay open as long as the data set is used. Other arrays are copied once: DOUBLE to DOUBLE, integers to FLOAT
     * if FLOAT keeps all their digits and otherwise to DOUBLE, which keeps integers up to 2^53, and other types to
     * FLOAT.
     *
     * @throws IllegalArgumentException if there is no example, or the numbers of examples and targets differ
     * @throws IllegalStateException if an array is closed
     */
    public static ArrayDataset of(INDArray features, INDArray targets) {
        if (features.isEmpty() || features.rank() == 0) {
            throw new IllegalArgumentException("The data set is empty\n  expected at least one example");
        }
        requireOneEach(features.size(0), targets.isEmpty() || targets.rank() == 0 ? 0 : targets.size(0));
        return new ArrayDataset(
                ExampleRows.of("feature", features),
                ExampleRows.of("target", targets),
                Math.toIntExact(features.size(0)),
                Optional.empty());
    }

    /**
     * Returns a data set of examples as rows, with one class index for each.
     *
     * @throws IllegalArgumentException if there is no example, rows differ in length or are empty, or the number of
     *     labels differs
     */
    public static ArrayDataset of(float[][] features, int[] labels) {
        requireOneEach(features.length, labels.length);
        return of(FloatRows.of("features", features), Nd4j.createFromArray(labels));
    }

    /**
     * Returns a data set of examples as rows, with one number for each: for regression, or 0 and 1 for no and yes.
     *
     * @throws IllegalArgumentException if there is no example, rows differ in length or are empty, or the number of
     *     targets differs
     */
    public static ArrayDataset of(float[][] features, float[] targets) {
        requireOneEach(features.length, targets.length);
        INDArray x = FloatRows.of("features", features);
        INDArray t = Memory.vector(DataType.FLOAT, targets.length);
        Vectors.set(new Scratch(), t, 0, targets);
        return of(x, t);
    }

    /**
     * Returns a data set of examples as rows, with a row of numbers for each: several numbers of a regression, several
     * labels of 0 or 1, or the probability of each class.
     *
     * @throws IllegalArgumentException if there is no example, rows differ in length or are empty, or the number of
     *     targets differs
     */
    public static ArrayDataset of(float[][] features, float[][] targets) {
        requireOneEach(features.length, targets.length);
        INDArray x = FloatRows.of("features", features);
        return of(x, FloatRows.of("targets", targets));
    }

    private static void requireOneEach(long examples, long targets) {
        if (examples == 0) {
            throw new IllegalArgumentException("The data set is empty\n  expected at least one example");
        }
        if (examples != targets) {
            throw new ShapeException(
                    "features and targets differ in number",
                    examples + " targets, one for each example",
                    targets == 0 ? "none" : targets + " targets",
                    "check that features and targets belong together");
        }
    }

    /**
     * Returns the examples in another shape, such as images as vectors. Both data sets share their memory.
     *
     * @throws ShapeException if the number of elements differs
     */
    public ArrayDataset reshape(Shape shape) {
        if (shape.size() != features().size()) {
            throw new ShapeException(
                    "examples cannot be reshaped",
                    features().size() + " elements, as in " + features(),
                    shape + ", " + shape.size() + " elements",
                    "give a shape with the same number of elements");
        }
        return new ArrayDataset(features.as(shape), targets, size, weights);
    }

    /**
     * Returns the first {@code n} examples. Both data sets share their memory.
     *
     * @throws IllegalArgumentException if there are fewer examples, or n is below 1
     */
    public ArrayDataset take(int n) {
        if (n < 1 || n > size) {
            throw new IllegalArgumentException(
                    "Cannot take " + n + " examples of " + size + "\n  expected 1 to " + size);
        }
        return new ArrayDataset(features, targets, n, weights);
    }

    /**
     * Returns the examples with weights in the loss: an example of weight 2 counts as much as two of weight 1, and an
     * example of weight 0 is left out of everything, so its features and its target may be anything, NaN included. Both
     * data sets share the memory of the examples; the weights are copied.
     *
     * @throws IllegalArgumentException if the number of weights differs, a weight is negative or not finite, or all
     *     weights are 0
     */
    public ArrayDataset withWeights(float... exampleWeights) {
        if (exampleWeights.length != size) {
            throw new IllegalArgumentException("There are " + exampleWeights.length + " weights for " + size
                    + " examples\n  expected one for each");
        }
        boolean any = false;
        for (int i = 0; i < size; i++) {
            if (!(exampleWeights[i] >= 0 && exampleWeights[i] < Float.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("The weight of example " + i + " is " + exampleWeights[i]
                        + "\n  expected a finite number that is not negative");
            }
            any |= exampleWeights[i] > 0;
        }
        if (!any) {
            throw new IllegalArgumentException("All weights are 0\n  expected at least one positive weight");
        }
        INDArray vector = Memory.vector(DataType.FLOAT, size);
        Vectors.set(new Scratch(), vector, 0, exampleWeights);
        return new ArrayDataset(features, targets, size, Optional.of(ExampleRows.of("weight", vector)));
    }

    /**
     * Checks all features and targets once, which reads them all. Training finds a NaN or an infinity as well, but only
     * when the loss is not finite.
     *
     * @return this data set
     * @throws IllegalArgumentException if an element is NaN or infinite, in an example whose weight is not 0; the
     *     message names its row, its place in the row and its value
     */
    public ArrayDataset requireFinite() {
        Scratch scratch = new Scratch();
        for (int row = 0; row < size; row++) {
            if (weights.isEmpty() || weights.get().get(row) > 0) {
                features.requireFinite(row, scratch);
                targets.requireFinite(row, scratch);
            }
        }
        return this;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Shape features() {
        return features.shape();
    }

    @Override
    public Shape target() {
        return targets.shape();
    }

    @Override
    public void read(int[] rows, int from, int count, INDArray x, INDArray y) {
        features.read(rows, from, count, x);
        targets.read(rows, from, count, y);
    }

    @Override
    public void readTargets(int[] rows, int from, int count, INDArray y) {
        targets.read(rows, from, count, y);
    }

    @Override
    public boolean weighted() {
        return weights.isPresent();
    }

    @Override
    public void readWeights(int[] rows, int from, int count, INDArray into) {
        if (weights.isEmpty()) {
            Dataset.super.readWeights(rows, from, count, into);
        } else {
            weights.get().read(rows, from, count, into);
        }
    }
}
