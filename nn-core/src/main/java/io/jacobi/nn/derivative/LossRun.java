package io.jacobi.nn.derivative;

import io.jacobi.nn.data.Batch;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import io.jacobi.nn.train.CountedRows;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A {@link Run} followed by a loss. */
final class LossRun implements AutoCloseable {

    private final Run run;
    private final Loss loss;
    private final INDArray target;
    private final Optional<INDArray> exampleWeights;
    private final Batch whole;
    private final Batch batch;

    LossRun(Sequential model, Mode mode, Loss loss, Batch whole) {
        Batch counted = CountedRows.of(whole, loss);
        this.whole = whole;
        // a batch in which nothing counts has the loss 0 and the gradient 0
        this.batch = counted.size() == 0 ? whole : counted;
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

    /** Returns the loss. Afterwards its gradient is in the workspace's output gradient. */
    double forward() {
        run.forward();
        Workspace w = run.workspace();
        return loss.valueAndGradient(w.output(), target, exampleWeights, w.outputGradient(), w.scratch());
    }

    /** Returns the gradient at the last forward pass. An example that was left out has a row of 0 in it. */
    Gradient gradient(Sequential model) {
        run.backward();
        Gradient ofCounted = Gradient.of(model, run);
        if (batch.size() == whole.size()) {
            return ofCounted;
        }
        INDArray input = Memory.array(model.dataType(), model.inputShape().withBatch(whole.size()));
        long width = model.inputShape().size();
        int next = 0;
        for (int i = 0; i < whole.size() && next < batch.size(); i++) {
            // an example that occurs twice is left out twice or never, so the order alone finds the rows
            if (whole.row(i) == batch.row(next)) {
                Vectors.copy(ofCounted.input(), next * width, input, i * width, width);
                next++;
            }
        }
        ofCounted.input().close();
        return ofCounted.withInput(input);
    }

    /** Returns the gradient of the loss with respect to the weights, at these weights. */
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
