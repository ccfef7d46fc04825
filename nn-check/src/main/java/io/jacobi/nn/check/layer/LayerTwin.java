package io.jacobi.nn.check.layer;

import io.jacobi.nn.Shape;
import io.jacobi.nn.check.compare.Comparison;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.compare.Slopes;
import io.jacobi.nn.check.compare.TensorResult;
import io.jacobi.nn.check.compare.TwinRun;
import io.jacobi.nn.check.compare.Twins;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.scalar.Dual;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.Scalar;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a layer with its forward pass written a second time, differentiated backwards and forwards. */
final class LayerTwin {

    /** The path of the only layer of the probe's model. */
    private static final String LAYER = "0";

    private LayerTwin() {}

    /** Compares the output and the gradients by the input and each parameter, coordinate by coordinate. */
    static List<TensorResult> scalars(LayerProbe probe, ScalarLayer twin) {
        TwinRun<Scalar> run = run(probe, Scalar::of);
        Tensor<Scalar> y = run.forward(twin, LAYER);
        Twins.projection(y, probe.cotangent()).backward();

        Comparison comparison = new Comparison(Oracle.SCALARS, Twins.TOLERANCE);
        List<TensorResult> results = new ArrayList<>();
        LayerProbe.Result actual = probe.run();
        INDArray output = probe.workspace().output();
        results.add(comparison.of("output", Shape.of(output.shape()), actual.y(), Twins.values(y)));
        results.addAll(LayerOracles.compareEach(probe, actual, (name, array, analytic) -> {
            Tensor<Scalar> same = name.equals("input") ? run.x() : run.parameter(LAYER + "." + name);
            return comparison.of(name, Shape.of(array.shape()), analytic, Twins.gradients(same));
        }));
        return results;
    }

    /** Compares uᵀ J v in random directions v: by the layer as (Jᵀ u)·v, and by the twin as u·(J v). */
    static List<TensorResult> duals(LayerProbe probe, ScalarLayer twin) {
        LayerProbe.Result actual = probe.run();
        return Slopes.compare(probe.settings().seed(), random -> {
            TwinRun<Dual> run = run(probe, a -> new Dual(a, random.nextGaussian()));
            double forward = Twins.projection(run.forward(twin, LAYER), probe.cotangent())
                    .tangent();
            double backward = Twins.dot(actual.gradients(), run.parameters())
                    + (probe.settings().comparesInput() ? Twins.dot(actual.dx(), Stream.of(run.x())) : 0);
            return new Slopes(backward, forward);
        });
    }

    private static <T extends Real<T>> TwinRun<T> run(LayerProbe probe, DoubleFunction<T> kind) {
        Vectors.set(probe.workspace().input(), probe.x());
        return new TwinRun<>(
                probe.model(), probe.workspace().input(), probe.settings().comparesInput(), kind);
    }
}
