package io.jacobi.nn.check.layer;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;

/** A layer that runs its own forward pass with every x moved, and returns the difference quotient as its gradient. */
record Quotient(Layer inside, double step, Kind kind) implements Layer {

    enum Kind {
        FORWARD,
        CENTRAL,
        FIVE_POINTS
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        return inside.declare(input, d);
    }

    @Override
    public void forward(Pass p) {
        inside.forward(p);
    }

    @Override
    public void backward(Pass p) {
        inside.backward(p);
        if (p.needsInputGradient()) {
            double[] y = Vectors.toDoubles(p.y());
            Span x = Span.of(p.x());
            Span dx = Span.of(p.dx());
            for (int i = 0; i < x.length(); i++) {
                dx.set(i, quotient(p, x, i));
            }
            Vectors.set(p.y(), y);
        }
    }

    private double quotient(Pass p, Span x, int i) {
        return switch (kind) {
            case FORWARD -> (moved(p, x, i, step) - moved(p, x, i, 0)) / step;
            case CENTRAL -> central(p, x, i, step);
            case FIVE_POINTS -> (4 * central(p, x, i, step) - central(p, x, i, 2 * step)) / 3;
        };
    }

    private double central(Pass p, Span x, int i, double h) {
        return (moved(p, x, i, h) - moved(p, x, i, -h)) / (2 * h);
    }

    /** Returns dy · y with one x moved. */
    private double moved(Pass p, Span x, int i, double by) {
        double at = x.get(i);
        x.set(i, at + by);
        inside.forward(p);
        x.set(i, at);
        double[] y = Vectors.toDoubles(p.y());
        double[] dy = Vectors.toDoubles(p.dy());
        double sum = 0;
        for (int k = 0; k < y.length; k++) {
            sum += y[k] * dy[k];
        }
        return sum;
    }
}
