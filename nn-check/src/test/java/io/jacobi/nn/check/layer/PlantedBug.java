package io.jacobi.nn.check.layer;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A square affine layer, 5 to 5, with one mistake that shows only with more than one call, example or cotangent. */
enum PlantedBug implements SpoiledAffine {
    ADDS_A_CONSTANT_TO_DX {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            change(p, p.dx(), 0, 1e-6);
        }
    },
    TAKES_THE_SIZE_OF_DY {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Span dy = p.scratch().span(p.dy());
            // right for one cotangent, and for no other
            SpoiledAffine.scaleDx(p, Math.abs(dy.get(0)) < 1 ? 1 : 2);
        }
    },
    DIVIDES_BY_THE_BATCH {
        @Override
        public void backward(Pass p) {
            INDArray gradient = p.gradient("bias");
            double[] before = Vectors.toDoubles(gradient);
            RIGHT.backward(p);
            Span bias = p.scratch().span(gradient);
            for (int i = 0; i < bias.length(); i++) {
                bias.set(i, before[i] + (bias.get(i) - before[i]) / p.batch());
            }
        }
    },
    LEAKS_BETWEEN_EXAMPLES {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            Span y = p.scratch().span(p.y());
            if (p.batch() > 1) {
                y.set(5, y.get(5) + 0.1 * y.get(0));
            }
        }

        @Override
        public void backward(Pass p) {
            // the leak is differentiated, so that no difference shows it
            Span dy = p.scratch().span(p.dy());
            double own = dy.get(0);
            if (p.batch() > 1) {
                dy.set(0, own + 0.1 * dy.get(5));
            }
            RIGHT.backward(p);
            dy.set(0, own);
        }
    },
    FORGETS_THE_LAST_EXAMPLE {
        @Override
        public void backward(Pass p) {
            Span dy = p.scratch().span(p.dy());
            double own = dy.get(dy.length() - 1);
            dy.set(dy.length() - 1, p.batch() > 1 ? 0 : own);
            RIGHT.backward(p);
            dy.set(dy.length() - 1, own);
        }
    },
    DRAWS_ITS_MASK_AGAIN_IN_BACKWARD {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            mask(p, p.y(), 1);
        }

        @Override
        public void backward(Pass p) {
            INDArray dy = p.dy();
            double[] own = Vectors.toDoubles(dy);
            mask(p, dy, 2);
            RIGHT.backward(p);
            Vectors.set(dy, own);
        }

        private void mask(Pass p, INDArray array, long draw) {
            SplittableRandom random = new SplittableRandom(p.key() + draw);
            Span span = p.scratch().span(array);
            for (int i = 0; i < span.length(); i++) {
                span.set(i, random.nextBoolean() ? 2 * span.get(i) : 0);
            }
        }
    },
    LEAVES_ROUNDING_IN_ANOTHER_EXAMPLE {
        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            if (p.batch() > 1) {
                // too small for any comparison that tolerates rounding
                change(p, p.dx(), 5, 1e-15 * p.scratch().span(p.dy()).get(0));
            }
        }
    },
    DIFFERENTIATES_TRAINING_WHATEVER_WAS_RUN {
        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            Vectors.scale(p.scratch(), p.training() ? 2 : 1, p.y());
        }

        @Override
        public void backward(Pass p) {
            Vectors.scale(p.scratch(), 2, p.dy());
            RIGHT.backward(p);
            Vectors.scale(p.scratch(), 0.5, p.dy());
        }
    },
    ACCUMULATES_IN_A_SAVED_BUFFER {
        @Override
        public Shape declare(Shape input, Declarations d) {
            d.buffer("sum", Shape.of(1));
            return super.declare(input, d);
        }

        @Override
        public void forward(Pass p) {
            RIGHT.forward(p);
            Vectors.fill(p.scratch(), p.buffer("sum"), 0);
        }

        @Override
        public void backward(Pass p) {
            RIGHT.backward(p);
            Span sum = p.scratch().span(p.buffer("sum"));
            SpoiledAffine.scaleDx(p, 1 + sum.get(0));
            sum.set(0, sum.get(0) + 1);
        }
    };

    static void change(Pass p, INDArray array, int index, double by) {
        Span span = p.scratch().span(array);
        span.set(index, span.get(index) + by);
    }
}
