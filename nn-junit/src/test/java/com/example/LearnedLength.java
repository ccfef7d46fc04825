package com.example;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Row;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;

/** Scales every example to one learned length: y = g x / |x|. */
public record LearnedLength() implements RowLayer {

    @Override
    public Shape declare(Shape input, Declarations d) {
        d.parameter("length", Shape.of(1), Initializers.constant(1));
        return input;
    }

    @Override
    public void forward(Row row) {
        double[] x = row.x();
        double scale = row.value("length")[0] / Math.sqrt(dot(x, x));
        for (int i = 0; i < x.length; i++) {
            row.y()[i] = scale * x[i];
        }
    }

    @Override
    public void backward(Row row) {
        double[] x = row.x();
        double[] dy = row.dy();
        double norm = Math.sqrt(dot(x, x));
        double along = dot(dy, x) / norm;
        // y = g x / |x|   =>   dg += dy·x / |x|   and   dx = g (dy − x (dy·x) / |x|²) / |x|
        row.gradient("length")[0] += along;
        for (int i = 0; i < x.length; i++) {
            row.dx()[i] = row.value("length")[0] * (dy[i] - x[i] * along / norm) / norm;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
