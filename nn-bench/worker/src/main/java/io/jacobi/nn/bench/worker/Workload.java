package io.jacobi.nn.bench.worker;

import java.util.List;

/** What is trained, on MNIST and in float: the same network, optimizer and batch for every framework. */
public enum Workload {
    /** 784-128-10, ReLU, SGD. */
    W1(64, Optimizer.SGD, 0.1f),
    /** 784-512-256-10, ReLU, Adam. */
    W2(128, Optimizer.ADAM, 1e-3f),
    /** Two blocks of 3 x 3 convolution (16 and 32 channels, padding 1), ReLU and 2 x 2 max pooling, dense 128 with ReLU, dense 10; Adam. */
    W3(64, Optimizer.ADAM, 1e-3f);

    /** How a step is made of a gradient; everything that is not said is what the paper says. */
    public enum Optimizer {
        /** Plain. */
        SGD,
        /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
        ADAM
    }

    /** Pixels of an example. */
    public static final int PIXELS = 28 * 28;

    /** Digits. */
    public static final int CLASSES = 10;

    private final int batch;
    private final Optimizer optimizer;
    private final float rate;

    Workload(int batch, Optimizer optimizer, float rate) {
        this.batch = batch;
        this.optimizer = optimizer;
        this.rate = rate;
    }

    /** Units of the fully connected hidden layers. */
    public List<Integer> hidden() {
        return this == W2 ? List.of(512, 256) : List.of(128);
    }

    /** Examples in a step. */
    public int batch() {
        return batch;
    }

    /** How a step is made. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** The learning rate. */
    public float rate() {
        return rate;
    }

    /** Whether it begins with convolutions. */
    public boolean isConvolutional() {
        return this == W3;
    }
}
