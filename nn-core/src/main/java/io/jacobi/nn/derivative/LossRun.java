package io.jacobi.nn.derivative;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Run} that ends in a loss. */
final class LossRun implements AutoCloseable {

    private final Run run;
    private final Loss loss;
    private final INDArray target;
    private final Optional<INDArray> exampleWeights;

    LossRun(Sequential model, Mode mode, Loss loss, Batch batch) {
        this.run = new Run(model, mode, batch.size());
        this.loss = loss;
        this.target = Memory.array(model.dataType(), batch.data().target().withBatch(batch.size()));
        batch.read(0, batch.size(), run.workspace().input(), target);
        this.exampleWeights =
                batch.data().weighted() ? Optional.of(Memory.vector(model.dataType(), batch.size())) : Optional.empty();
        exampleWeights.ifPresent(weights -> batch.readWeights(0, batch.size(), weights));
    }

    Run run() {
        return run;
    }

    /** The loss; its gradient is in the workspace's output gradient. */
    double forward() {
        run.forward();
        Workspace w = run.workspace();
        return loss.valueAndGradient(w.output(), target, exampleWeights, w.outputGradient(), w.scratch());
    }

    /** The gradient of the loss by the weights, at these weights. */
    double[] gradientAt(double[] weights) {
        Vectors.set(run.weights(), weights);
        forward();
        run.backward();
        return Vectors.toDoubles(run.workspace().gradients());
    }

    @Override
    public void close() {
        run.close();
        target.close();
        exampleWeights.ifPresent(INDArray::close);
    }
}
