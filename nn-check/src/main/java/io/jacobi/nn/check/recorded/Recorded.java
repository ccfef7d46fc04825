package io.jacobi.nn.check.recorded;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Values that another framework computed for one layer or loss, so that a check can compare with them without that
 * framework: the oracle {@link io.jacobi.nn.check.compare.Oracle#RECORDED}. {@link Recordings} reads such cases from a
 * file; {@link io.jacobi.nn.check.LayerCheck#recorded} and {@link io.jacobi.nn.check.LossCheck#recorded} take them.
 *
 * <p>A case of a layer has {@code x [batch, input...]}, {@code y [batch, output...]}, the cotangent {@code dy} that
 * backward starts from, and {@code dx} unless the check is {@linkplain io.jacobi.nn.check.LayerCheck#parametersOnly of
 * parameters only}; {@code parameters/} and their {@code gradients/}, by the layer's own names for them; {@code
 * states/} after training on x; and optionally {@code predicted}, the output for x in prediction after that.
 *
 * <p>A case of a loss has {@code prediction [batch, output...]}, {@code target [batch, target...]}, {@code weights
 * [batch]} if the examples have weights, {@code value}, and {@code gradient} in the shape of the prediction.
 *
 * @param name the name of the case
 * @param arrays by name; an array of a group has a name such as {@code parameters/weight}
 */
public record Recorded(String name, Map<String, Tensor<Double>> arrays) {

    public Recorded {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** Whether there is an array of this name. */
    public boolean has(String array) {
        return arrays.containsKey(array);
    }

    /**
     * Returns an array.
     *
     * @param array such as {@code x} or {@code parameters/weight}
     * @throws IllegalArgumentException if there is none of this name
     */
    public Tensor<Double> get(String array) {
        Tensor<Double> found = arrays.get(array);
        if (found == null) {
            throw new IllegalArgumentException("The recorded case \"" + name + "\" has no " + array
                    + "\n  expected one of " + arrays.keySet() + "\n  fix: record it, or choose another");
        }
        return found;
    }

    /**
     * Returns the elements of an array in row-major order.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public double[] values(String array) {
        return get(array).elements().stream().mapToDouble(Double::doubleValue).toArray();
    }

    /**
     * Returns an array in native memory, rounded if the type is float.
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public INDArray array(String array, DataType type) {
        return Vectors.of(type, values(array), dims(array));
    }

    /** Returns the shape of an array, the batch included where it has one. */
    public Shape shape(String array) {
        return Shape.of(dims(array));
    }

    /** Returns the shape of one example of an array whose first dimension is the batch. */
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
     * Requires that the arrays are these and no others: a missing array leaves something unchecked, and so does an
     * array that is never compared.
     *
     * @param optional may be missing
     * @throws IllegalArgumentException if an array is missing, is not expected, has another shape, or contains a NaN
     */
    public void requireFit(Object subject, Map<String, Shape> required, Map<String, Shape> optional) {
        required.forEach((array, shape) -> {
            if (!has(array)) {
                throw misfit(subject, "it has no " + array, array + " " + shape, "record it too");
            }
        });
        for (String array : arrays.keySet()) {
            Shape expected = required.getOrDefault(array, optional.get(array));
            if (expected == null) {
                throw misfit(
                        subject,
                        "its " + array + " would not be compared",
                        "only " + required.keySet(),
                        "leave it out");
            }
            if (!shape(array).equals(expected)) {
                throw misfit(
                        subject,
                        array + " has the shape " + shape(array),
                        expected.toString(),
                        "record the same configuration");
            }
            requireNoNaN(subject, array);
        }
    }

    /** No number agrees with NaN. */
    private void requireNoNaN(Object subject, String array) {
        double[] values = values(array);
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                throw misfit(
                        subject,
                        array + TensorResult.place(shape(array), i) + " is NaN",
                        "numbers, computed where " + subject + " is defined",
                        "record it at other inputs");
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
