package io.jacobi.nn.bench.kernels;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Layers without a product over features: 64 examples of 512 features, or of 16 channels of 28 x 28. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LayerKernel {

    private static final int BATCH = 64;

    /** A layer and its input shape. */
    public enum Case {
        /** max(x, 0). */
        RELU,
        /** Hyperbolic tangent. */
        TANH,
        /** Logistic function. */
        SIGMOID,
        /** x Φ(x). */
        GELU,
        /** x σ(x). */
        SILU,
        /** Exponential linear unit. */
        ELU,
        /** log(1 + eˣ). */
        SOFTPLUS,
        /** Probabilities. */
        SOFTMAX,
        /** Half of the elements dropped. */
        DROPOUT,
        /** Mean 0 and variance 1 over the batch. */
        BATCH_NORM,
        /** Mean 0 and variance 1 over the example. */
        LAYER_NORM,
        /** The first convolution of W3. */
        CONV_1,
        /** The second convolution of W3. */
        CONV_2,
        /** The first pooling of W3. */
        MAX_POOL,
        /** The activation before the first pooling of W3. */
        RELU_ON_IMAGES;

        private Workspace workspace() {
            return switch (this) {
                case RELU -> of(new Relu(), Shape.of(512));
                case TANH -> of(new Tanh(), Shape.of(512));
                case SIGMOID -> of(new Sigmoid(), Shape.of(512));
                case GELU -> of(new Gelu(), Shape.of(512));
                case SILU -> of(new Silu(), Shape.of(512));
                case ELU -> of(new Elu(), Shape.of(512));
                case SOFTPLUS -> of(new Softplus(), Shape.of(512));
                case SOFTMAX -> of(new Softmax(), Shape.of(512));
                case DROPOUT -> of(new Dropout(0.5), Shape.of(512));
                case BATCH_NORM -> of(new BatchNorm(), Shape.of(512));
                case LAYER_NORM -> of(new LayerNorm(), Shape.of(512));
                case CONV_1 -> of(new Conv2d(16, 3).withPadding(1), Shape.of(1, 28, 28));
                case CONV_2 -> of(new Conv2d(32, 3).withPadding(1), Shape.of(16, 14, 14));
                case MAX_POOL -> of(new MaxPool2d(2), Shape.of(16, 28, 28));
                case RELU_ON_IMAGES -> of(new Relu(), Shape.of(16, 28, 28));
            };
        }

        private static Workspace of(Layer layer, Shape input) {
            return Workspace.withInputGradient(
                    Sequential.input(input).add(layer).build(DataType.FLOAT, 1), BATCH);
        }
    }

    /** The layer. */
    @Param
    public Case layer = Case.RELU;

    private Workspace workspace = Case.RELU.workspace();

    /** Fills the buffers with normally distributed numbers. */
    @Setup
    public void setUp() {
        workspace.close();
        workspace = layer.workspace();
        SplittableRandom random = new SplittableRandom(1);
        fill(workspace.input(), random);
        workspace.forward(0, 0);
        fill(workspace.outputGradient(), random);
    }

    private static void fill(INDArray array, SplittableRandom random) {
        Vectors.set(
                array,
                DoubleStream.generate(random::nextGaussian)
                        .limit(array.length())
                        .toArray());
    }

    /** Frees the buffers. */
    @TearDown
    public void tearDown() {
        workspace.close();
    }

    /** Computes y from x. */
    @Benchmark
    public void forward() {
        workspace.forward(0, 0);
    }

    /** Computes dx from dy. */
    @Benchmark
    public void backward() {
        workspace.backward();
    }
}
