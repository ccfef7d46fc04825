package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a layer with its forward pass written once more, differentiated backwards and forwards. */
final class LayerTwin {

    /** Both sides are derivatives to the last digits; what differs is the order of sums. */
    static final double TOLERANCE = 1e-12;

    /** Directions for forward mode: one that misses a mistake is unlikely, five are out of the question. */
    private static final int DIRECTIONS = 5;

    private LayerTwin() {}

    /** Output, gradient of the input and of each parameter, coordinate by coordinate. */
    static List<TensorResult> scalars(LayerProbe probe, ScalarLayer twin) {
        Run<Scalar> run = new Run<>(probe, Scalar::of);
        Tensor<Scalar> y = run.forward(twin);
        projection(y, probe.cotangent()).backward();

        Comparison comparison = new Comparison(Oracle.SCALARS, TOLERANCE);
        List<TensorResult> results = new ArrayList<>();
        LayerProbe.Result actual = probe.run();
        INDArray output = probe.workspace().output();
        results.add(comparison.of("output", Shape.of(output.shape()), actual.y(), values(y)));
        results.addAll(LayerOracles.compareEach(probe, actual, (name, array, analytic) -> {
            double[] expected = run.at(name).elements().stream()
                    .mapToDouble(Scalar::gradient)
                    .toArray();
            return comparison.of(name, Shape.of(array.shape()), analytic, expected);
        }));
        return results;
    }

    /** uᵀ J v in random directions v, from the layer's side, (Jᵀ u)·v, and from the twin's, u·(J v). */
    static List<TensorResult> duals(LayerProbe probe, ScalarLayer twin) {
        LayerProbe.Result actual = probe.run();
        double[] backward = new double[DIRECTIONS];
        double[] forward = new double[DIRECTIONS];
        for (int d = 0; d < DIRECTIONS; d++) {
            SplittableRandom random = new SplittableRandom(probe.check().seed() + d);
            Run<Dual> run = new Run<>(probe, a -> new Dual(a, random.nextGaussian()));
            forward[d] = projection(run.forward(twin), probe.cotangent()).tangent();
            backward[d] = dot(actual.gradients(), run.parameters())
                    + (probe.check().comparesInput() ? dot(actual.dx(), Stream.of(run.at("input"))) : 0);
        }
        return List.of(new Comparison(Oracle.DUALS, TOLERANCE).alongDirections("directions", backward, forward));
    }

    private static double dot(double[] gradient, Stream<Tensor<Dual>> direction) {
        double[] tangents = direction
                .flatMap(t -> t.elements().stream())
                .mapToDouble(Dual::tangent)
                .toArray();
        return IntStream.range(0, gradient.length)
                .mapToDouble(i -> gradient[i] * tangents[i])
                .sum();
    }

    private static <T extends Real<T>> T projection(Tensor<T> y, double[] cotangent) {
        T sum = y.at(0).times(cotangent[0]);
        for (int i = 1; i < cotangent.length; i++) {
            sum = sum.plus(y.at(i).times(cotangent[i]));
        }
        return sum;
    }

    private static double[] values(Tensor<? extends Real<?>> tensor) {
        return tensor.elements().stream().mapToDouble(Real::value).toArray();
    }

    /** An array's values as numbers of some kind. */
    private static <T> Tensor<T> tensor(INDArray array, DoubleFunction<T> kind) {
        double[] values = Vectors.toDoubles(array);
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        return Tensor.of(shape, i -> kind.apply(values[i]));
    }

    /** The probe's input and parameters as numbers of one kind. An input that is left out, such as an index, has no derivative. */
    private static final class Run<T extends Real<T>> {

        private final LayerProbe probe;
        private final Tensor<T> x;
        private final Map<String, Tensor<T>> values = new HashMap<>();

        Run(LayerProbe probe, DoubleFunction<T> kind) {
            this.probe = probe;
            Vectors.set(probe.workspace().input(), probe.x());
            Tensor<T> input = tensor(probe.workspace().input(), kind);
            this.x = probe.check().comparesInput() ? input : input.map(a -> a.constant(a.value()));
            for (Parameter p : probe.model().parameters()) {
                values.put(p.path(), tensor(probe.model().value(p.path()), kind));
            }
            for (Parameter p : probe.model().states()) {
                values.put(
                        p.path(),
                        tensor(probe.model().value(p.path()), a -> x.at(0).constant(a)));
            }
        }

        Tensor<T> forward(ScalarLayer twin) {
            return twin.forward(new ScalarPass<>(x, values, "0", probe.model().seed()));
        }

        /** In the order of the flat weights. */
        Stream<Tensor<T>> parameters() {
            return probe.model().parameters().stream().map(p -> at(LayerOracles.name(p)));
        }

        Tensor<T> at(String name) {
            return name.equals("input") ? x : Objects.requireNonNull(values.get("0." + name));
        }
    }
}
