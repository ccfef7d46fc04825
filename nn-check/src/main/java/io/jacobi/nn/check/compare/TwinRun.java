package io.jacobi.nn.check.compare;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model's input, parameters and states as numbers of one kind, for a run of the forward pass that was written a
 * second time.
 */
public final class TwinRun<T extends Real<T>> {

    private final Sequential model;
    private final Tensor<T> x;
    private final Map<String, Tensor<T>> values = new HashMap<>();

    /**
     * Takes the current values of the model and its input.
     *
     * @param variesInput false for an input such as an index, which has no derivative
     */
    public TwinRun(Sequential model, INDArray input, boolean variesInput, DoubleFunction<T> kind) {
        this.model = model;
        Tensor<T> numbers = Twins.tensor(input, kind);
        this.x = variesInput ? numbers : numbers.map(a -> a.constant(a.value()));
        for (Parameter p : model.parameters()) {
            values.put(p.path(), Twins.tensor(model.value(p.path()), kind));
        }
        for (Parameter p : model.states()) {
            values.put(
                    p.path(), Twins.tensor(model.value(p.path()), a -> x.at(0).constant(a)));
        }
    }

    /** Returns the output of {@code twin}, as the layer at {@code path}. */
    public Tensor<T> forward(ScalarLayer twin, String path) {
        return twin.forward(new ScalarPass<>(x, values, path, model.seed()));
    }

    public Tensor<T> x() {
        return x;
    }

    public Tensor<T> parameter(String path) {
        return Objects.requireNonNull(values.get(path));
    }

    /** The parameters, in the order of the flat weights. */
    public Stream<Tensor<T>> parameters() {
        return model.parameters().stream().map(p -> parameter(p.path()));
    }
}
