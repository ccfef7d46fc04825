package io.jacobi.nn.check.network;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.optim.Penalty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network with a batch, in double: loss, penalties and their gradient by their definition, on the whole batch and on
 * buffers made for it. The faster computations of training are compared with this one.
 */
final class NetworkProbe implements AutoCloseable {

    private final NetworkSettings settings;
    private final Sequential model;
    private final Workspace workspace;
    private final Batch batch;
    private final INDArray target;
    private final Optional<INDArray> exampleWeights;
    private final INDArray unused;

    NetworkProbe(NetworkSettings settings, Sequential model, Batch batch) {
        this.settings = settings;
        this.model = model.share();
        this.batch = batch;
        this.workspace = Workspace.withInputGradient(this.model, batch.size());
        this.target = Memory.array(DataType.DOUBLE, batch.data().target().withBatch(batch.size()));
        batch.read(0, batch.size(), workspace.input(), target);
        this.exampleWeights =
                batch.data().weighted() ? Optional.of(Memory.vector(DataType.DOUBLE, batch.size())) : Optional.empty();
        exampleWeights.ifPresent(weights -> batch.readWeights(0, batch.size(), weights));
        this.unused = Memory.vector(DataType.DOUBLE, model.parameterCount());
    }

    NetworkSettings settings() {
        return settings;
    }

    Sequential model() {
        return model;
    }

    Batch batch() {
        return batch;
    }

    INDArray input() {
        return workspace.input();
    }

    INDArray target() {
        return target;
    }

    Optional<INDArray> exampleWeights() {
        return exampleWeights;
    }

    /** Returns a probe of this network with another batch. */
    NetworkProbe on(Batch other) {
        return new NetworkProbe(settings, model, other);
    }

    /** Computes loss and gradient, with these penalties, in this training step. */
    Result run(long step, List<Penalty> penalties) {
        workspace.fill(Double.NaN);
        batch.read(0, batch.size(), workspace.input(), target);
        double value = loss(step);
        workspace.clearGradients();
        workspace.backward();
        for (Penalty penalty : penalties) {
            value += value(penalty, workspace.gradients());
        }
        return new Result(
                value, Vectors.toDoubles(workspace.inputGradient()), Vectors.toDoubles(workspace.gradients()));
    }

    /** Computes loss and gradient, with the check's penalties, in the first step. */
    Result run() {
        return run(0, settings.penalties());
    }

    /**
     * Returns the loss and the penalties in the first step, at the current input and weights. Their sum is what
     * training minimizes.
     */
    double[] terms() {
        List<Penalty> penalties = settings.penalties();
        double[] terms = new double[1 + penalties.size()];
        terms[0] = loss(0);
        for (int i = 0; i < penalties.size(); i++) {
            terms[1 + i] = value(penalties.get(i), unused);
        }
        return terms;
    }

    /** The first layer whose output of the last forward pass is NaN or infinite. */
    Optional<String> firstNonFiniteLayer() {
        OptionalInt layer = workspace.firstNonFiniteLayer();
        return layer.isEmpty() ? Optional.empty() : Optional.of(model.label(layer.getAsInt()));
    }

    /** Returns the gradient of the loss by the network's output, in the first step. */
    double[] outputGradient() {
        loss(0);
        return Vectors.toDoubles(workspace.outputGradient());
    }

    /** Runs forward, returns the loss and writes its gradient by the output. */
    private double loss(long step) {
        workspace.forward(step, 0);
        return settings.loss()
                .valueAndGradient(
                        workspace.output(), target, exampleWeights, workspace.outputGradient(), workspace.scratch());
    }

    private double value(Penalty penalty, INDArray gradients) {
        return penalty.valueAndAddGradient(model.weights(), model.parameters(), gradients, workspace.scratch());
    }

    @Override
    public void close() {
        workspace.close();
        model.close();
    }

    /** A loss, penalties included, and its gradients by the input and by the weights. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Result(double value, double[] dx, double[] gradients) {}
}
