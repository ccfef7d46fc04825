package io.jacobi.nn.check.penalty;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Differences;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Slopes;
import io.jacobi.nn.check.compare.Stencil;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.compare.Twins;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarPenalty;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares the gradient of a penalty with each oracle, parameter by parameter. */
final class PenaltyOracles {

    private static final long SEED = 42;

    private PenaltyOracles() {}

    static List<TensorResult> differences(PenaltyProbe probe, Stencil central) {
        INDArray ignored = Memory.vector(DataType.DOUBLE, probe.length());
        Scratch scratch = new Scratch();
        Differences differences =
                new Differences(central, () -> new double[] {
                    probe.subject().valueAndAddGradient(probe.weights(), probe.parameters(), ignored, scratch)
                });
        double[] gradient = probe.run().gradient();
        return probe.parameters().stream()
                .map(p -> differences.compare(p.path(), probe.value(p), PenaltyProbe.part(gradient, p)))
                .toList();
    }

    /** Compares the value, and every coordinate of the gradient. */
    static List<TensorResult> scalars(PenaltyProbe probe, ScalarPenalty twin) {
        Map<Parameter, Tensor<Scalar>> weights = weights(probe, Scalar::of);
        Scalar value = twin.value(weights);
        value.backward();
        Comparison comparison = new Comparison(Oracle.SCALARS, Twins.TOLERANCE);
        PenaltyProbe.Result actual = probe.run();
        List<TensorResult> results = new ArrayList<>();
        results.add(comparison.of("value", Shape.of(), new double[] {actual.value()}, new double[] {value.value()}));
        weights.forEach((p, w) -> results.add(
                comparison.of(p.path(), p.shape(), PenaltyProbe.part(actual.gradient(), p), Twins.gradients(w))));
        return results;
    }

    /** Compares the slope in random directions v: the penalty's gradient times v, and the tangent of the twin. */
    static List<TensorResult> duals(PenaltyProbe probe, ScalarPenalty twin) {
        double[] gradient = probe.run().gradient();
        return Slopes.compare(SEED, random -> {
            Map<Parameter, Tensor<Dual>> moving = weights(probe, a -> new Dual(a, random.nextGaussian()));
            return new Slopes(
                    Twins.dot(gradient, probe.parameters().stream().map(p -> Objects.requireNonNull(moving.get(p)))),
                    twin.value(moving).tangent());
        });
    }

    private static <T extends Real<T>> Map<Parameter, Tensor<T>> weights(PenaltyProbe probe, DoubleFunction<T> kind) {
        Map<Parameter, Tensor<T>> weights = new LinkedHashMap<>();
        probe.parameters().forEach(p -> weights.put(p, Twins.tensor(probe.value(p), kind)));
        return weights;
    }
}
