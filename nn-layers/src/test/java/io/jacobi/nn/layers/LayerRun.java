package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.buffer.DataType;

/** The outputs and gradients of one layer for chosen numbers, in training. */
@SuppressWarnings("ArrayRecordComponent") // tests read it and never compare it
record LayerRun(double[] y, double[] dx) {

    /** Runs a layer on all examples of the given shape that {@code x} holds. Every buffer holds NaN before. */
    static LayerRun of(Layer layer, DataType type, Shape example, double[] x, double[] dy) {
        Sequential model = Sequential.input(example).add(layer).build(type, 1);
        try (Workspace w = Workspace.withInputGradient(model, (int) (x.length / example.size()))) {
            w.fill(Double.NaN);
            Vectors.set(w.input(), x);
            w.forward(0, 0);
            Vectors.set(w.outputGradient(), dy);
            w.clearGradients();
            w.backward();
            return new LayerRun(Vectors.toDoubles(w.output()), Vectors.toDoubles(w.inputGradient()));
        }
    }

    /** Runs a layer on one vector, with dy = 1 everywhere. */
    static LayerRun of(Layer layer, DataType type, double... x) {
        double[] ones = new double[x.length];
        java.util.Arrays.fill(ones, 1);
        return of(layer, type, Shape.of(x.length), x, ones);
    }
}
