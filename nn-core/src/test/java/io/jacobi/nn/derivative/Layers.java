package io.jacobi.nn.derivative;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.function.IntToDoubleFunction;

/** Layers that differ between training and predicting, or between examples, which derivatives must respect. */
final class Layers {

    private Layers() {}

    /** y = x³. */
    record Cube() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.y(), (x, y, n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = x[i] * x[i] * x[i];
                }
            });
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                Elementwise.map(p.scratch(), p.x(), p.dy(), p.dx(), (x, dy, dx, n) -> {
                    for (int i = 0; i < n; i++) {
                        dx[i] = 3 * x[i] * x[i] * dy[i];
                    }
                });
            }
        }
    }

    /** y = x³, with half of its derivative: a wrong gradient. */
    record WrongCube() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            new Cube().forward(p);
        }

        @Override
        public void backward(Pass p) {
            new Cube().backward(p);
            if (p.needsInputGradient()) {
                Vectors.scale(p.scratch(), 0.5, p.dx());
            }
        }
    }

    /**
     * y = m x. In training m is above 2, depends on the step, and grows by 0.1 from one example of the whole batch to
     * the next. In prediction m is 1.
     */
    record Staged() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.saved("factor", Shape.of());
            return input;
        }

        @Override
        public void forward(Pass p) {
            Span factor = p.scratch().span(p.saved("factor"));
            for (int n = 0; n < p.batch(); n++) {
                // the key is a function of the step, and of the layer and the seed
                factor.set(n, p.training() ? 2 + Math.floorMod(p.key(), 1000) + (p.firstExample() + n) / 10.0 : 1);
            }
            scale(p.scratch().span(p.x()), factor, p.scratch().span(p.y()));
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                scale(
                        p.scratch().span(p.dy()),
                        p.scratch().span(p.saved("factor")),
                        p.scratch().span(p.dx()));
            }
        }

        private static void scale(Span from, Span factor, Span to) {
            int row = from.length() / factor.length();
            for (int i = 0; i < from.length(); i++) {
                to.set(i, factor.get(i / row) * from.get(i));
            }
        }
    }

    /** In training y = x − the mean of x over the batch, and a state counts the passes. In prediction y = x. */
    record Centered() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            d.state("passes", Shape.of(), Initializers.zeros());
            return input;
        }

        @Override
        public boolean couplesExamples() {
            return true;
        }

        @Override
        public void forward(Pass p) {
            if (p.training()) {
                Span passes = p.scratch().span(p.value("passes"));
                passes.set(0, passes.get(0) + 1);
            }
            center(p, p.scratch().span(p.x()), p.scratch().span(p.y()));
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                // the projection on deviations from the mean is its own transpose
                center(p, p.scratch().span(p.dy()), p.scratch().span(p.dx()));
            }
        }

        private static void center(Pass p, Span from, Span to) {
            int row = from.length() / p.batch();
            for (int i = 0; i < row; i++) {
                int column = i;
                IntToDoubleFunction value = n -> from.get(n * row + column);
                double mean = 0;
                for (int n = 0; n < p.batch() && p.training(); n++) {
                    mean += value.applyAsDouble(n) / p.batch();
                }
                for (int n = 0; n < p.batch(); n++) {
                    to.set(n * row + column, value.applyAsDouble(n) - mean);
                }
            }
        }
    }

    /** A layer whose backward pass throws. */
    record Broken() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.y(), (x, y, n) -> System.arraycopy(x, 0, y, 0, n));
        }

        @Override
        public void backward(Pass p) {
            throw new IllegalStateException("broken on purpose");
        }
    }
}
