package com.example;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.Dataset;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Points of a line through 0, computed when they are read. */
record Line(double slope, int size) implements Dataset {

    @Override
    public Shape features() {
        return Shape.of(1);
    }

    @Override
    public Shape target() {
        return Shape.of(1);
    }

    @Override
    public void read(int[] rows, int from, int count, INDArray features, INDArray targets) {
        for (int i = 0; i < count; i++) {
            double x = 2.0 * rows[from + i] / (size - 1) - 1;
            features.putScalar(i, x);
            targets.putScalar(i, slope * x);
        }
    }
}
