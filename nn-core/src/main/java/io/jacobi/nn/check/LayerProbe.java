package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Sequential;
import io.jacobi.nn.Workspace;
import io.jacobi.nn.init.Initializer;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model of one layer, with an input and a cotangent (the random projection of the output) drawn from the check's seed: what
 * every check of that layer runs on. The same check and batch size give the same probe.
 */
final class LayerProbe implements AutoCloseable {

    /** Added to every parameter: a bias or scale that starts at 0 or 1 hides mistakes. */
    private static final double NOISE = 0.3;

    private final GradientCheck check;
    private final int batch;
    private final Sequential model;
    private final Workspace workspace;
    private final double[] x;
    private final double[] cotangent;

    LayerProbe(GradientCheck check, int batch) {
        this(check, batch, DataType.DOUBLE);
    }

    private LayerProbe(GradientCheck check, int batch, DataType type) {
        this.check = check;
        this.batch = batch;
        this.model = Sequential.input(check.input()).add(check.subject()).build(type, check.seed());
        this.workspace = Workspace.withInputGradient(model, batch);
        SplittableRandom random = new SplittableRandom(check.seed());
        for (Parameter p : model.parameters()) {
            double[] values = Vectors.toDoubles(model.value(p.path()));
            for (int i = 0; i < values.length; i++) {
                values[i] += NOISE * random.nextGaussian();
            }
            Vectors.set(model.value(p.path()), values);
        }
        this.x = draw(check.inputs(), random, workspace.input().length());
        this.cotangent =
                draw(Initializer.normal(0, 1), random, workspace.output().length());
    }

    private double[] draw(Initializer source, SplittableRandom random, long length) {
        double[] values = new double[Math.toIntExact(length)];
        source.fill(values, check.input(), random);
        return values;
    }

    /** The same probe, afresh. */
    LayerProbe again() {
        return new LayerProbe(check, batch);
    }

    /** The same probe in float: weights, input and cotangent are these, rounded. */
    LayerProbe inFloat() {
        return new LayerProbe(check, batch, DataType.FLOAT);
    }

    int batch() {
        return batch;
    }

    Sequential model() {
        return model;
    }

    Workspace workspace() {
        return workspace;
    }

    double[] x() {
        return x.clone();
    }

    double[] cotangent() {
        return cotangent.clone();
    }

    /** Forward and backward on buffers that held NaN; the gradients start from zero. */
    Result run() {
        workspace.fill(Double.NaN);
        workspace.clearGradients();
        forward();
        backward();
        return new Result(
                Vectors.toDoubles(workspace.output()), Vectors.toDoubles(workspace.inputGradient()), gradients());
    }

    void forward() {
        Vectors.set(workspace.input(), x);
        workspace.forward(0, 0);
    }

    void backward() {
        Vectors.set(workspace.outputGradient(), cotangent);
        workspace.backward();
    }

    /** The flat gradient of the weights; empty if there are none. */
    double[] gradients() {
        return model.parameterCount() == 0 ? new double[0] : Vectors.toDoubles(workspace.gradients());
    }

    /** Compares the gradient of the input, unless it is left out, and of each parameter with central differences. */
    List<TensorResult> compareWithDifferences() {
        Result analytic = run();
        Differences differences = new Differences(check.step(), check.tolerance(), this::projectedOutput);
        List<TensorResult> results = new ArrayList<>();
        Vectors.set(workspace.input(), x);
        if (check.comparesInput()) {
            results.add(differences.compare("input", batch, workspace.input(), analytic.dx()));
        }
        for (Parameter p : model.parameters()) {
            double[] gradient = Arrays.copyOfRange(analytic.gradients(), (int) p.offset(), (int) p.end());
            results.add(differences.compare(p.name(), batch, model.value(p.path()), gradient));
        }
        return results;
    }

    /** r ∘ y, whose sum is the scalar that is differentiated. */
    private double[] projectedOutput() {
        workspace.forward(0, 0);
        double[] y = Vectors.toDoubles(workspace.output());
        for (int i = 0; i < y.length; i++) {
            y[i] *= cotangent[i];
        }
        return y;
    }

    @Override
    public void close() {
        workspace.close();
    }

    /** What a forward and backward pass wrote. */
    @SuppressWarnings("ArrayRecordComponent") // carried from one method to another, compared by nobody
    record Result(double[] y, double[] dx, double[] gradients) {}
}
