package io.jacobi.nn.check.layer;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model of one layer, with an input and a cotangent (the random projection of the output), all drawn from the check's
 * seed. Every claim about the layer is tested on such a probe. The same settings and batch size give the same probe.
 */
final class LayerProbe implements AutoCloseable {

    /**
     * The size of the noise that is added to every parameter, because a bias or scale that starts at 0 or 1 hides
     * mistakes.
     */
    private static final double NOISE = 0.3;

    private final LayerSettings settings;
    private final int batch;
    private final Sequential model;
    private final Workspace workspace;
    private final double[] x;
    private final double[] cotangent;

    LayerProbe(LayerSettings settings, int batch) {
        this(settings, batch, DataType.DOUBLE, v -> v);
    }

    private LayerProbe(LayerSettings settings, int batch, DataType type, DoubleUnaryOperator rounding) {
        this.settings = settings;
        this.batch = batch;
        this.model = Sequential.input(settings.inputs().shape())
                .add(settings.subject())
                .build(type, settings.seed());
        this.workspace = Workspace.withInputGradient(model, batch);
        SplittableRandom random = new SplittableRandom(settings.seed());
        for (Parameter p : model.parameters()) {
            double[] values = Vectors.toDoubles(model.value(p.path()));
            for (int i = 0; i < values.length; i++) {
                values[i] = rounding.applyAsDouble(values[i] + NOISE * random.nextGaussian());
            }
            Vectors.set(model.value(p.path()), values);
        }
        this.x = draw(settings.inputs().initializer(), random, workspace.input().length(), rounding);
        this.cotangent =
                draw(Initializers.normal(0, 1), random, workspace.output().length(), rounding);
    }

    private double[] draw(Initializer source, SplittableRandom random, long length, DoubleUnaryOperator rounding) {
        double[] values = new double[Math.toIntExact(length)];
        source.fill(values, settings.inputs().shape(), random);
        return Arrays.stream(values).map(rounding).toArray();
    }

    /** Returns another probe that equals this one as it was made. */
    LayerProbe again() {
        return new LayerProbe(settings, batch);
    }

    /** Returns this probe in float: its weights, input and cotangent are rounded. */
    LayerProbe inFloat() {
        return new LayerProbe(settings, batch, DataType.FLOAT, v -> (float) v);
    }

    /** Returns this probe in double, with the rounded numbers of {@link #inFloat}. */
    LayerProbe rounded() {
        return new LayerProbe(settings, batch, DataType.DOUBLE, v -> (float) v);
    }

    LayerSettings settings() {
        return settings;
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

    /** Runs forward and backward on buffers that held NaN; the gradients start from zero. */
    Result run() {
        return run(workspace);
    }

    /** Runs forward and backward at another input. */
    Result run(double[] input) {
        return run(workspace, input, cotangent, 0);
    }

    /** Runs forward and backward in another workspace of this model and batch size. */
    Result run(Workspace w) {
        return run(w, x, cotangent, 0);
    }

    /** Runs forward and backward for example n alone, at its position in the batch, in a workspace for one. */
    Result run(Workspace one, int n) {
        return run(one, row(x, n), row(cotangent, n), n);
    }

    private double[] row(double[] rows, int n) {
        int width = rows.length / batch;
        return Arrays.copyOfRange(rows, n * width, (n + 1) * width);
    }

    /** Runs forward alone, at another input, on buffers that held 0, and returns y. */
    double[] output(double[] input) {
        workspace.fill(0);
        Vectors.set(workspace.input(), input);
        evaluate();
        return Vectors.toDoubles(workspace.output());
    }

    /** Returns the gradients of the parameters in a workspace that need not have dx. */
    double[] runWithoutDx(Workspace training) {
        forward(training, x, 0);
        differentiate(training, cotangent);
        return gradients(training);
    }

    private Result run(Workspace w, double[] input, double[] dy, int firstExample) {
        forward(w, input, firstExample);
        return backward(w, dy);
    }

    private static void forward(Workspace w, double[] input, int firstExample) {
        w.fill(Double.NaN);
        Vectors.set(w.input(), input);
        w.forward(0, firstExample);
    }

    /** Runs backward alone, for this cotangent, after a forward pass; the gradients start from zero. */
    Result backward(double[] dy) {
        return backward(workspace, dy);
    }

    private Result backward(Workspace w, double[] dy) {
        differentiate(w, dy);
        return new Result(Vectors.toDoubles(w.output()), Vectors.toDoubles(w.inputGradient()), gradients(w));
    }

    private static void differentiate(Workspace w, double[] dy) {
        w.clearGradients();
        Vectors.set(w.outputGradient(), dy);
        w.backward();
    }

    void forward() {
        Vectors.set(workspace.input(), x);
        evaluate();
    }

    /** Runs forward at the current input. */
    private void evaluate() {
        workspace.forward(0, 0);
    }

    void backward() {
        Vectors.set(workspace.outputGradient(), cotangent);
        workspace.backward();
    }

    /** The flat gradient of the weights; empty if there are none. */
    double[] gradients() {
        return gradients(workspace);
    }

    private double[] gradients(Workspace w) {
        return Vectors.toDoubles(w.gradients());
    }

    /** Returns r ∘ y, whose sum is the scalar that is differentiated. */
    double[] projectedOutput() {
        evaluate();
        return projected();
    }

    /** Returns r ∘ y for the y of a prediction. */
    double[] projectedPrediction() {
        workspace.predict();
        return projected();
    }

    private double[] projected() {
        double[] y = Vectors.toDoubles(workspace.output());
        for (int i = 0; i < y.length; i++) {
            y[i] *= cotangent[i];
        }
        return y;
    }

    @Override
    public void close() {
        workspace.close();
        model.close();
    }

    /** The output and the gradients of a forward and backward pass. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Result(double[] y, double[] dx, double[] gradients) {}
}
