package com.example;

import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.train.Metric;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The largest distance between an output and its target. */
record MaximumError() implements Metric {

    @Override
    public String name() {
        return "maximum error";
    }

    @Override
    public void check(Shape prediction, Shape target) {
        if (prediction.size() != target.size()) {
            throw new ShapeException(
                    "the maximum error cannot be judged",
                    "targets " + prediction,
                    target.toString(),
                    "give each output a target");
        }
    }

    @Override
    public Accumulator start() {
        return new Accumulator() {
            private double largest = Double.NaN;

            @Override
            public void add(INDArray prediction, INDArray target, Scratch scratch) {
                double[] y = Vectors.toDoubles(prediction);
                double[] t = Vectors.toDoubles(target);
                for (int i = 0; i < y.length; i++) {
                    double error = Math.abs(y[i] - t[i]);
                    largest = error <= largest ? largest : error;
                }
            }

            @Override
            public double value() {
                return largest;
            }
        };
    }
}
