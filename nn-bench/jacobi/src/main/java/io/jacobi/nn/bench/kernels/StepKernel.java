package io.jacobi.nn.bench.kernels;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.optim.Adam;
import io.jacobi.nn.optim.AdamW;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.RmsProp;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.optim.Stepper;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/**
 * The parts of a training step besides the layers: the loss on 128 x 10 logits, and the optimizer on the weights of W2.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepKernel {

    private static final int WEIGHTS = 535_818;
    private static final int BATCH = 128;
    private static final int CLASSES = 10;

    /** An optimizer. */
    public enum Method {
        /** Without momentum. */
        SGD,
        /** With momentum. */
        MOMENTUM,
        /** With first and second moments. */
        ADAM,
        /** Adam with decoupled weight decay. */
        ADAM_W,
        /** With second moments. */
        RMS_PROP;

        private Optimizer optimizer() {
            return switch (this) {
                case SGD -> new Sgd(0.1);
                case MOMENTUM -> new Sgd(0.1).withMomentum(0.9);
                case ADAM -> new Adam(1e-3);
                case ADAM_W -> new AdamW(1e-3);
                case RMS_PROP -> new RmsProp(1e-3);
            };
        }
    }

    /** The optimizer. */
    @Param
    public Method method = Method.SGD;

    private final Scratch scratch = new Scratch();
    private final INDArray weights = Memory.vector(DataType.FLOAT, WEIGHTS);
    private final INDArray gradients = Memory.vector(DataType.FLOAT, WEIGHTS);
    private final INDArray logits = Memory.array(DataType.FLOAT, BATCH, CLASSES);
    private final INDArray targets = Memory.vector(DataType.FLOAT, BATCH);
    private final INDArray logitsGradient = Memory.array(DataType.FLOAT, BATCH, CLASSES);
    private Stepper stepper = Method.SGD.optimizer().start(weights, List.of());

    /** Starts the optimizer. */
    @Setup
    public void setUp() {
        Vectors.fill(scratch, gradients, 0.01);
        Parameter all = new Parameter("0.weight", Shape.of(1, WEIGHTS), 0, Initializers.zeros());
        stepper = method.optimizer().start(weights, List.of(all));
    }

    /** Takes one optimizer step. */
    @Benchmark
    public void step() {
        stepper.step(gradients, 1e-3);
    }

    /** Computes the value and the gradient of the loss. */
    @Benchmark
    public double loss() {
        return new SoftmaxCrossEntropy().valueAndGradient(logits, targets, logitsGradient, scratch);
    }
}
