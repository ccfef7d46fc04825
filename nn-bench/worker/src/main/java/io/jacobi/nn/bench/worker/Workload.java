package io.jacobi.nn.bench.worker;

import java.util.List;

/** A network, optimizer and batch size to train on MNIST in float, the same for every framework. */
public enum Workload {
    /** 784-128-10, ReLU, SGD. */
    W1(64, Optimizer.SGD, 0.1f),
    /** 784-512-256-10, ReLU, Adam. */
    W2(128, Optimizer.ADAM, 1e-3f),
    /**
     * Two blocks of 3 x 3 convolution (16 and 32 channels, padding 1), ReLU and 2 x 2 max pooling, then dense 128 with
     * ReLU and dense 10; Adam.
     */
    W3(64, Optimizer.ADAM, 1e-3f);

    /** The optimizer, with the hyperparameters of its paper unless stated otherwise. */
    public enum Optimizer {
        /** Without momentum. */
        SGD,
        /** β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
        ADAM
    }

    /** The number of pixels in an example. */
    public static final int PIXELS = 28 * 28;

    /** The number of classes: the digits. */
    public static final int CLASSES = 10;

    private final int batch;
    private final Optimizer optimizer;
    private final float rate;

    Workload(int batch, Optimizer optimizer, float rate) {
        this.batch = batch;
        this.optimizer = optimizer;
        this.rate = rate;
    }

    /** The units of the fully connected hidden layers. */
    public List<Integer> hidden() {
        return this == W2 ? List.of(512, 256) : List.of(128);
    }

    /** The number of examples per step. */
    public int batch() {
        return batch;
    }

    /** The optimizer. */
    public Optimizer optimizer() {
        return optimizer;
    }

    /** The learning rate. */
    public float rate() {
        return rate;
    }

    /** Whether the network begins with convolutions. */
    public boolean isConvolutional() {
        return this == W3;
    }
}
