package io.jacobi.nn.check.layer;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Slopes;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.compare.TwinRun;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a layer with its forward pass written once more, differentiated backwards and forwards. */
public final class LayerTwin {

    /** Both sides are derivatives to the last digits; what differs is the order of sums. */
    public static final double TOLERANCE = 1e-12;

    /** Where the one layer of the probe's model stands. */
    private static final String LAYER = "0";

    private LayerTwin() {}

    /** Output, gradient of the input and of each parameter, coordinate by coordinate. */
    static List<TensorResult> scalars(LayerProbe probe, ScalarLayer twin) {
        TwinRun<Scalar> run = run(probe, Scalar::of);
        Tensor<Scalar> y = run.forward(twin, LAYER);
        projection(y, probe.cotangent()).backward();

        Comparison comparison = new Comparison(Oracle.SCALARS, TOLERANCE);
        List<TensorResult> results = new ArrayList<>();
        LayerProbe.Result actual = probe.run();
        INDArray output = probe.workspace().output();
        results.add(comparison.of("output", Shape.of(output.shape()), actual.y(), values(y)));
        results.addAll(LayerOracles.compareEach(probe, actual, (name, array, analytic) -> {
            Tensor<Scalar> same = name.equals("input") ? run.x() : run.parameter(LAYER + "." + name);
            return comparison.of(name, Shape.of(array.shape()), analytic, gradients(same));
        }));
        return results;
    }

    /** uᵀ J v in random directions v, from the layer's side, (Jᵀ u)·v, and from the twin's, u·(J v). */
    static List<TensorResult> duals(LayerProbe probe, ScalarLayer twin) {
        LayerProbe.Result actual = probe.run();
        return Slopes.compare(probe.check().seed(), random -> {
            TwinRun<Dual> run = run(probe, a -> new Dual(a, random.nextGaussian()));
            double forward =
                    projection(run.forward(twin, LAYER), probe.cotangent()).tangent();
            double backward = dot(actual.gradients(), run.parameters())
                    + (probe.check().comparesInput() ? dot(actual.dx(), Stream.of(run.x())) : 0);
            return new Slopes(backward, forward);
        });
    }

    public static double dot(double[] gradient, Stream<Tensor<Dual>> direction) {
        double[] tangents = direction
                .flatMap(t -> t.elements().stream())
                .mapToDouble(Dual::tangent)
                .toArray();
        return IntStream.range(0, gradient.length)
                .mapToDouble(i -> gradient[i] * tangents[i])
                .sum();
    }

    public static <T extends Real<T>> T projection(Tensor<T> y, double[] cotangent) {
        T sum = y.at(0).times(cotangent[0]);
        for (int i = 1; i < cotangent.length; i++) {
            sum = sum.plus(y.at(i).times(cotangent[i]));
        }
        return sum;
    }

    /** What a backward pass left in these numbers. */
    public static double[] gradients(Tensor<Scalar> tensor) {
        return tensor.elements().stream().mapToDouble(Scalar::gradient).toArray();
    }

    private static double[] values(Tensor<? extends Real<?>> tensor) {
        return tensor.elements().stream().mapToDouble(Real::value).toArray();
    }

    /** An array's values as numbers of some kind. */
    public static <T> Tensor<T> tensor(INDArray array, DoubleFunction<T> kind) {
        double[] values = Vectors.toDoubles(array);
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(shape, i -> kind.apply(values[i]));
    }

    private static <T extends Real<T>> TwinRun<T> run(LayerProbe probe, DoubleFunction<T> kind) {
        Vectors.set(probe.workspace().input(), probe.x());
        return new TwinRun<>(
                probe.model(), probe.workspace().input(), probe.check().comparesInput(), kind);
    }
}
