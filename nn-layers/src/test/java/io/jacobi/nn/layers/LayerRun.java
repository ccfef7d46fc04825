package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import org.nd4j.linalg.api.buffer.DataType;

/** What one layer makes of chosen numbers, in training. */
@SuppressWarnings("ArrayRecordComponent") // read by tests, compared by nobody
record LayerRun(double[] y, double[] dx) {

    /** As many examples of this shape as {@code x} holds; every buffer holds NaN before. */
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

    /** One example that is a vector, and dy = 1 everywhere. */
    static LayerRun of(Layer layer, DataType type, double... x) {
        double[] ones = new double[x.length];
        java.util.Arrays.fill(ones, 1);
        return of(layer, type, Shape.of(x.length), x, ones);
    }
}
