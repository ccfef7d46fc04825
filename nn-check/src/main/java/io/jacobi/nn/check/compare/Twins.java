package io.jacobi.nn.check.compare;

import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.Tensor;
import java.util.Arrays;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as numbers of a scalar twin, and the derivatives that are read from these numbers. */
public final class Twins {

    /** Both sides are exact derivatives; they differ by the order of sums. */
    public static final double TOLERANCE = 1e-12;

    private Twins() {}

    /** Returns an array's values as numbers of some kind. */
    public static <T> Tensor<T> tensor(INDArray array, DoubleFunction<T> kind) {
        double[] values = Vectors.toDoubles(array);
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(shape, i -> kind.apply(values[i]));
    }

    /** Returns the values of these numbers. */
    public static double[] values(Tensor<? extends Real<?>> tensor) {
        return tensor.elements().stream().mapToDouble(Real::value).toArray();
    }

    /** Returns the gradients of these numbers after a backward pass. */
    public static double[] gradients(Tensor<Scalar> tensor) {
        return tensor.elements().stream().mapToDouble(Scalar::gradient).toArray();
    }

    /** Returns the slope in the direction of these tangents, gradient · v. */
    public static double dot(double[] gradient, Stream<Tensor<Dual>> direction) {
        double[] tangents = direction
                .flatMap(t -> t.elements().stream())
                .mapToDouble(Dual::tangent)
                .toArray();
        return IntStream.range(0, gradient.length)
                .mapToDouble(i -> gradient[i] * tangents[i])
                .sum();
    }

    /** Returns Σ r ∘ y for a cotangent r. */
    public static <T extends Real<T>> T projection(Tensor<T> y, double[] cotangent) {
        T sum = y.at(0).times(cotangent[0]);
        for (int i = 1; i < cotangent.length; i++) {
            sum = sum.plus(y.at(i).times(cotangent[i]));
        }
        return sum;
    }
}
