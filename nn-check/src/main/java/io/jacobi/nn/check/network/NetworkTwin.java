package io.jacobi.nn.check.network;

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
import io.jacobi.nn.scalar.ScalarLoss;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A network and its loss written a second time, number by number, differentiated backwards and forwards. Penalties are
 * left out, because they are functions of the weights alone, and no part of the network.
 *
 * @param loss if empty, the loss's own gradient g is carried through the network: the derivatives of g ∘ y are the
 *     derivatives of the loss
 */
public record NetworkTwin(ScalarLayer network, Optional<ScalarLoss> loss) {

    /** The network is the model itself, not a layer in it. */
    private static final String WHOLE = "";

    /**
     * Compares the loss and its gradients by the input, unless it is left out, and by each parameter, coordinate by
     * coordinate.
     */
    List<TensorResult> scalars(NetworkProbe probe) {
        NetworkProbe.Result actual = probe.run(0, List.of());
        TwinRun<Scalar> run = run(probe, Scalar::of);
        Scalar value = value(probe, run);
        value.backward();

        Comparison comparison = new Comparison(Oracle.SCALARS, Twins.TOLERANCE);
        List<TensorResult> results = new ArrayList<>();
        if (loss.isPresent()) {
            double[] expected = {value.value()};
            results.add(comparison.of("loss", Shape.of(), new double[] {actual.value()}, expected));
        }
        results.addAll(NetworkOracles.compareEach(probe, actual.dx(), gradient(probe), (name, array, analytic) -> {
            Tensor<Scalar> same = name.equals(NetworkOracles.INPUT) ? run.x() : run.parameter(name);
            return comparison.of(name, Shape.of(array.shape()), analytic, Twins.gradients(same));
        }));
        return results;
    }

    /** Compares the slope of the loss in random directions of input and weights. */
    List<TensorResult> duals(NetworkProbe probe) {
        double[] dx = probe.run(0, List.of()).dx();
        double[] gradient = gradient(probe);
        return Slopes.compare(probe.model().seed(), random -> {
            TwinRun<Dual> run = run(probe, a -> new Dual(a, random.nextGaussian()));
            double backward = Twins.dot(gradient, run.parameters())
                    + (probe.settings().comparesInput() ? Twins.dot(dx, Stream.of(run.x())) : 0);
            return new Slopes(backward, value(probe, run).tangent());
        });
    }

    /** Returns the gradient of a training step without penalties. */
    private static double[] gradient(NetworkProbe probe) {
        return GradientRecorder.step(probe, List.of(), 1).gradient();
    }

    private static <T extends Real<T>> TwinRun<T> run(NetworkProbe probe, DoubleFunction<T> kind) {
        return new TwinRun<>(probe.model(), probe.input(), probe.settings().comparesInput(), kind);
    }

    private <T extends Real<T>> T value(NetworkProbe probe, TwinRun<T> run) {
        Tensor<T> y = run.forward(network, WHOLE);
        if (loss.isEmpty()) {
            return Twins.projection(y, probe.outputGradient());
        }
        List<Double> weights = probe.exampleWeights()
                .map(vector ->
                        DoubleStream.of(Vectors.toDoubles(vector)).boxed().toList())
                .orElseGet(() -> Collections.nCopies(probe.batch().size(), 1.0));
        return loss.get().value(y, Twins.tensor(probe.target(), t -> t), weights);
    }
}
