package io.jacobi.nn;

import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.MatMul;
import io.jacobi.nn.math.Rows;

/** Layers for the tests of modules without layers. */
public final class TestLayers {

    private TestLayers() {}

    /** y = W x + b. */
    public record Dense(int units) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            if (input.rank() != 1) {
                throw ShapeException.input("rank 1 per example, [features]", input, "put a Flatten before it");
            }
            d.parameter("weight", Shape.of(units, input.dim(0)), Initializers.heNormal());
            d.parameter("bias", Shape.of(units), Initializers.zeros());
            return Shape.of(units);
        }

        @Override
        public void forward(Pass p) {
            Rows.fill(p.scratch(), p.value("bias"), p.y());
            MatMul.addAbT(p.scratch(), p.x(), p.value("weight"), p.y());
        }

        @Override
        public void backward(Pass p) {
            MatMul.addATb(p.scratch(), p.dy(), p.x(), p.gradient("weight"));
            Rows.addSum(p.scratch(), p.dy(), p.gradient("bias"));
            if (p.needsInputGradient()) {
                MatMul.ab(p.scratch(), p.dy(), p.value("weight"), p.dx());
            }
        }

        @Override
        public String toString() {
            return "Dense(" + units + ")";
        }
    }

    /** y = max(x, 0), with derivative 0 at the kink. */
    public record Rectifier() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.y(), (x, y, n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = Math.max(x[i], 0d);
                }
            });
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), (y, dy, dx, n) -> {
                    for (int i = 0; i < n; i++) {
                        dx[i] = y[i] > 0 ? dy[i] : 0;
                    }
                });
            }
        }

        @Override
        public String toString() {
            return "Rectifier";
        }
    }

    /** A layer with a stated output that computes nothing, for checks before the first step. */
    public record Claiming(OutputKind outputKind) implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            throw new AssertionError("nothing is computed in this test");
        }

        @Override
        public void backward(Pass p) {
            throw new AssertionError("nothing is computed in this test");
        }

        @Override
        public String toString() {
            return "Last";
        }
    }
}
