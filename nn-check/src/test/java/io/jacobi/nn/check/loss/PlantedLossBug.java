package io.jacobi.nn.check.loss;

import io.jacobi.nn.loss.Example;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The fused cross-entropy, with one mistake. */
enum PlantedLossBug implements SpoiledCrossEntropy {
    FORGETS_TO_DIVIDE_BY_THE_BATCH {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
            double loss = RIGHT.valueAndGradient(y, t, gradient, scratch);
            Vectors.scale(scratch, (double) y.size(0), gradient);
            return loss;
        }
    },
    IS_A_SUM_IN_VALUE_AND_GRADIENT {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
            return y.size(0) * FORGETS_TO_DIVIDE_BY_THE_BATCH.valueAndGradient(y, t, gradient, scratch);
        }
    },
    SMOOTHS_OVER_THE_OTHER_CLASSES {
        @Override
        public double row(Example e) {
            // ε / (classes − 1) for each other class: with 4 classes another ε, consistently
            double right = 1 - RIGHT.labelSmoothing() * 4 / 3;
            return crossEntropy(e, c -> c == e.t()[e.tStart()] ? right + (1 - right) / 4 : (1 - right) / 4);
        }
    },
    FLIPS_THE_SIGN_FOR_THE_RIGHT_CLASS {
        @Override
        public double spoil(double dz, int c, Example e) {
            return c == e.t()[e.tStart()] ? -dz : dz;
        }
    },
    IGNORES_WEIGHTS_IN_THE_GRADIENT {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            double loss = RIGHT.valueAndGradient(y, t, weights, gradient, scratch);
            RIGHT.valueAndGradient(y, t, gradient, scratch);
            return loss;
        }
    },
    DIVIDES_BY_THE_SUM_OF_SQUARED_WEIGHTS {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray weights, INDArray gradient, Scratch scratch) {
            double[] w = Vectors.toDoubles(weights);
            double sum = 0;
            double squares = 0;
            for (double each : w) {
                sum += each;
                squares += each * each;
            }
            double ratio = squares == 0 ? 1 : sum / squares;
            double loss = RIGHT.valueAndGradient(y, t, weights, gradient, scratch);
            Vectors.scale(scratch, ratio, gradient);
            return loss * ratio;
        }
    },
    OVERFLOWS {
        @Override
        public double row(Example e) {
            return crossEntropyOf(e, 0, 0);
        }
    },
    NEVER_TAKES_THE_LOGARITHM_OF_LESS_THAN_1E_12 {
        @Override
        public double row(Example e) {
            return crossEntropyOf(e, max(e), 1e-12);
        }
    },
    IS_WRONG_IN_FLOAT_ONLY {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
            double loss = RIGHT.valueAndGradient(y, t, gradient, scratch);
            Span dy = scratch.span(gradient);
            dy.set(1, dy.isFloat() ? dy.get(1) * 1.001 : dy.get(1));
            return loss;
        }
    },
    LEAVES_A_LITTLE_IN_EVERY_LOGIT {
        @Override
        public double spoil(double dz, int c, Example e) {
            return dz + 1e-9;
        }
    },
    PULLS_LOGITS_TO_0 {
        @Override
        public double row(Example e) {
            double[] z = e.y().clone();
            double loss = RIGHT.row(e);
            for (int c = e.yStart(); c < e.yStart() + e.outputs(); c++) {
                loss += 1e-3 * z[c] * z[c];
                e.y()[c] += 2e-3 * z[c];
            }
            return loss;
        }
    },
    LEAVES_THE_LAST_TILE_UNWRITTEN {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
            double loss = RIGHT.valueAndGradient(y, t, gradient, scratch);
            Span dy = scratch.span(gradient);
            for (int i = Scratch.TILE; i < dy.length(); i++) {
                dy.set(i, 0);
            }
            return loss;
        }
    },
    CHANGES_THE_TARGET {
        @Override
        public double valueAndGradient(INDArray y, INDArray t, INDArray gradient, Scratch scratch) {
            double loss = RIGHT.valueAndGradient(y, t, gradient, scratch);
            Vectors.fill(scratch, t, 0);
            return loss;
        }
    },
    HIDES_NAN {
        @Override
        public double row(Example e) {
            double loss = RIGHT.row(e);
            return Double.isNaN(loss) ? 0 : loss;
        }
    };

    /** The share of a class in the target. */
    @FunctionalInterface
    interface Shares {
        double of(int c);
    }

    private static double max(Example e) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < e.outputs(); c++) {
            max = Math.max(max, e.y()[e.yStart() + c]);
        }
        return max;
    }

    private static double crossEntropyOf(Example e, double shift, double smallest) {
        int classes = e.outputs();
        double epsilon = RIGHT.labelSmoothing();
        int k = (int) e.t()[e.tStart()];
        return crossEntropy(e, c -> (c == k ? 1 - epsilon : 0) + epsilon / classes, shift, smallest);
    }

    private static double crossEntropy(Example e, Shares q) {
        return crossEntropy(e, q, max(e), 0);
    }

    /** −Σ q log p by the textbook, with p from logits less {@code shift} and no smaller than {@code smallest}. */
    private static double crossEntropy(Example e, Shares q, double shift, double smallest) {
        double[] z = e.y();
        double sum = 0;
        for (int c = e.yStart(); c < e.yStart() + e.outputs(); c++) {
            sum += Math.exp(z[c] - shift);
        }
        double loss = 0;
        for (int c = 0; c < e.outputs(); c++) {
            double p = Math.exp(z[e.yStart() + c] - shift) / sum;
            loss -= q.of(c) * Math.log(Math.max(p, smallest));
            z[e.yStart() + c] = p - q.of(c);
        }
        return loss;
    }
}
