package io.jacobi.nn.check.network;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.layer.SpoiledAffine;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/** Layers whose mistakes show only beside other layers, and right layers that reveal them. */
public final class WrongTogether {

    private WrongTogether() {}

    /**
     * Computes no gradient as the first layer of a network, which needs no dx but does need the gradient of its
     * weights.
     */
    public record Lazy() implements SpoiledAffine {

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                RIGHT.backward(p);
            }
        }
    }

    /**
     * Keeps its input for backward by workspace, where another layer of its class in the same workspace overwrites it.
     */
    public static final class Crowded implements SpoiledAffine {

        private static final Map<Scratch, double[]> INPUTS = Collections.synchronizedMap(new WeakHashMap<>());

        @Override
        public void forward(Pass p) {
            INPUTS.put(p.scratch(), Vectors.toDoubles(p.x()));
            RIGHT.forward(p);
        }

        @Override
        public void backward(Pass p) {
            double[] own = Vectors.toDoubles(p.x());
            Vectors.set(p.x(), INPUTS.getOrDefault(p.scratch(), own));
            RIGHT.backward(p);
            Vectors.set(p.x(), own);
        }
    }

    /** y = 2 x; writes over its input if the batch is large, which spoils the layer before it. */
    public record InPlace() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Vectors.copy(p.scratch(), p.x(), p.y());
            Vectors.scale(p.scratch(), 2, p.y());
            if (p.batch() > 3) {
                Vectors.copy(p.scratch(), p.y(), p.x());
            }
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                Vectors.copy(p.scratch(), p.dy(), p.dx());
                Vectors.scale(p.scratch(), 2, p.dx());
            }
        }
    }

    /** y = tanh x, whose derivative needs the layer's y. */
    public record Squash() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Elementwise.map(p.scratch(), p.x(), p.y(), (x, y, n) -> {
                for (int i = 0; i < n; i++) {
                    y[i] = Math.tanh(x[i]);
                }
            });
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                Elementwise.map(p.scratch(), p.y(), p.dy(), p.dx(), (y, dy, dx, n) -> {
                    for (int i = 0; i < n; i++) {
                        dx[i] = (1 - y[i] * y[i]) * dy[i];
                    }
                });
            }
        }
    }

    /** y = m x with a random m for each example: it needs of a loop what dropout needs. */
    public record Noise() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            scale(p, p.scratch().span(p.x()), p.scratch().span(p.y()));
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                scale(p, p.scratch().span(p.dy()), p.scratch().span(p.dx()));
            }
        }

        private static void scale(Pass p, Span from, Span to) {
            double[] factors =
                    p.random().doubles(p.firstExample() + p.batch(), 0.5, 1.5).toArray();
            int size = from.length() / p.batch();
            for (int i = 0; i < from.length(); i++) {
                double factor = p.training() ? factors[p.firstExample() + i / size] : 1;
                to.set(i, factor * from.get(i));
            }
        }
    }

    /** y = x − mean over the batch: it needs of a loop what batch normalization needs. */
    public record Centred() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public boolean couplesExamples() {
            return true;
        }

        @Override
        public void forward(Pass p) {
            centre(p, p.scratch().span(p.x()), p.scratch().span(p.y()));
        }

        @Override
        public void backward(Pass p) {
            if (p.needsInputGradient()) {
                // the matrix I − 1/n is its own transpose
                centre(p, p.scratch().span(p.dy()), p.scratch().span(p.dx()));
            }
        }

        private static void centre(Pass p, Span from, Span to) {
            int size = from.length() / p.batch();
            for (int feature = 0; feature < size; feature++) {
                double mean = 0;
                for (int n = 0; n < p.batch(); n++) {
                    mean += from.get(n * size + feature) / p.batch();
                }
                for (int n = 0; n < p.batch(); n++) {
                    to.set(n * size + feature, from.get(n * size + feature) - mean);
                }
            }
        }
    }
}
