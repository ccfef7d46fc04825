package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Optimizers, vectors and parameters that the tests of this package share. */
public final class Samples {

    private Samples() {}

    /** Every optimizer, in every variant of its formula. */
    public static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Sgd(0.1),
                new Sgd(0.1).withMomentum(0.9),
                new Sgd(0.1).withNesterov(0.9).withWeightDecay(0.1),
                new RmsProp(0.01),
                new RmsProp(0.01).withMomentum(0.9),
                new Adagrad(0.01),
                new Adam(0.01),
                new AdamW(0.01),
                new AdamW(0.01).withDecayOfAll(),
                new Nadam(0.01),
                new SignMomentum(Schedule.constant(0.01), 0.9, 0.1, false));
    }

    /**
     * An optimizer as a user writes one, with a loop over doubles only: each weight moves by the sign of a running
     * mean.
     */
    record SignMomentum(Schedule rate, double beta, double weightDecay, boolean decaysAll)
            implements ElementwiseOptimizer {

        @Override
        public List<String> moments() {
            return List.of("mean");
        }

        @Override
        public TileUpdate update(long step, double learningRate) {
            return (w, g, moments, n) -> {
                double[] m = moments[0];
                for (int i = 0; i < n; i++) {
                    m[i] = beta * m[i] + (1 - beta) * g[i];
                    w[i] -= learningRate * Math.signum(m[i]);
                }
            };
        }
    }

    static double[] normals(long seed, int length) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            // floats, so that both types start from the same numbers
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    static INDArray vector(DataType type, double... values) {
        INDArray vector = Memory.vector(type, values.length);
        Vectors.set(vector, values);
        return vector;
    }

    /** Parameters of these shapes, one after another. */
    static List<Parameter> parameters(Shape... shapes) {
        List<Parameter> parameters = new ArrayList<>();
        long offset = 0;
        for (Shape shape : shapes) {
            parameters.add(new Parameter(parameters.size() + ".p", shape, offset, Initializers.zeros()));
            offset += shape.size();
        }
        return parameters;
    }

    /** One weight matrix that holds everything. */
    static List<Parameter> matrix(int length) {
        return parameters(Shape.of(1, length));
    }

    /**
     * The largest difference of two elements; NaN if an element is NaN. AssertJ compares long arrays in quadratic time.
     */
    static double worst(double[] expected, double[] actual) {
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
        }
        return worst;
    }
}
