package io.jacobi.nn.check.recorded;

import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What another framework computed for one layer or loss, so that a check can compare without that framework: the oracle
 * {@link io.jacobi.nn.check.compare.Oracle#RECORDED}. {@link Recordings} reads such cases from a file; {@code LayerCheck.recorded} and
 * {@link io.jacobi.nn.check.LossCheck#recorded} take them.
 *
 * <p>Of a layer: {@code x [batch, input...]}, {@code y [batch, output...]}, the cotangent {@code dy} that backward starts from, and
 * {@code dx} unless the check is of {@code parametersOnly}; {@code parameters/} and their
 * {@code gradients/}, by the layer's own names for them; {@code states/} as training on x leaves them; and, if it was recorded,
 * {@code predicted}: what the layer then makes of x in prediction.
 *
 * <p>Of a loss: {@code prediction [batch, output...]}, {@code target [batch, target...]}, {@code weights [batch]} if the examples
 * have any, {@code value}, and {@code gradient} of the shape of the prediction.
 *
 * @param name the case's
 * @param arrays by name; those of a group as {@code parameters/weight}
 */
public record Recorded(String name, Map<String, Tensor<Double>> arrays) {

    public Recorded {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** Whether there is an array of that name. */
    public boolean has(String array) {
        return arrays.containsKey(array);
    }

    /**
     * An array.
     *
     * @param array such as {@code x} or {@code parameters/weight}
     * @throws IllegalArgumentException if there is none of that name
     */
    public Tensor<Double> get(String array) {
        Tensor<Double> found = arrays.get(array);
        if (found == null) {
            throw new IllegalArgumentException("The recorded case \"" + name + "\" has no " + array
                    + "\n  expected one of " + arrays.keySet() + "\n  fix: record it, or ask for another");
        }
        return found;
    }

    /** The elements of an array in row-major order; throws as {@link #get} does. */
    public double[] values(String array) {
        return get(array).elements().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** An array in native memory, rounded if the type is float; throws as {@link #get} does. */
    public INDArray array(String array, DataType type) {
        return Vectors.of(type, values(array), dims(array));
    }

    /** The shape of an array, the batch included where it has one. */
    public Shape shape(String array) {
        return Shape.of(dims(array));
    }

    /** The shape of one example of an array whose first dimension is the batch. */
    public Shape perExample(String array) {
        long[] dims = dims(array);
        if (dims.length == 0) {
            throw new IllegalArgumentException("In the recorded case \"" + name + "\" " + array + " is one number"
                    + "\n  expected the batch as its first dimension");
        }
        return Shape.of(Arrays.copyOfRange(dims, 1, dims.length));
    }

    private long[] dims(String array) {
        return Arrays.stream(get(array).shape()).asLongStream().toArray();
    }

    /**
     * That the arrays are these and no others: a missing one leaves something unchecked, and so does one that nobody looks at.
     *
     * @param optional may be missing
     * @throws IllegalArgumentException if not, or if one has another shape
     */
    public void requireFit(Object subject, Map<String, Shape> required, Map<String, Shape> optional) {
        required.forEach((array, shape) -> {
            if (!has(array)) {
                throw misfit(subject, "it has no " + array, array + " " + shape, "record it as well");
            }
        });
        for (String array : arrays.keySet()) {
            Shape expected = required.getOrDefault(array, optional.get(array));
            if (expected == null) {
                throw misfit(
                        subject, "nothing would look at its " + array, "only " + required.keySet(), "leave it out");
            }
            if (!shape(array).equals(expected)) {
                throw misfit(
                        subject,
                        array + " has the shape " + shape(array),
                        expected.toString(),
                        "record the same configuration");
            }
        }
    }

    private IllegalArgumentException misfit(Object subject, String problem, String expected, String fix) {
        return new IllegalArgumentException(subject + " cannot be compared with the recorded case \"" + name + "\": "
                + problem + "\n  expected " + expected + "\n  fix: " + fix);
    }

    @Override
    public String toString() {
        return name + " " + arrays.keySet();
    }
}
