package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stochastic gradient descent, with momentum if asked for.
 *
 * <pre>
 * v ← μ v + g
 * w ← w − rate · v              momentum
 * w ← w − rate · (g + μ v)      Nesterov
 * </pre>
 *
 * The rate multiplies the velocity and not the gradient, as in PyTorch. Source: Sutskever et al. 2013, section 2.
 *
 * @param momentum μ in [0, 1)
 * @param nesterov look ahead along the velocity; needs momentum
 */
public record Sgd(Schedule rate, double momentum, boolean nesterov) implements Optimizer {

    public Sgd {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("Momentum is " + momentum + "\n  expected 0 <= momentum < 1");
        }
        if (nesterov && momentum == 0) {
            throw new IllegalArgumentException("Nesterov's method needs momentum\n  fix: withNesterov(0.9)");
        }
    }

    /** Plain descent at a constant rate. */
    public Sgd(double rate) {
        this(Schedule.constant(rate), 0, false);
    }

    /** The same with classical momentum. */
    public Sgd withMomentum(double momentum) {
        return new Sgd(rate, momentum, false);
    }

    /** The same with Nesterov momentum. */
    public Sgd withNesterov(double momentum) {
        return new Sgd(rate, momentum, true);
    }

    /** The same with another schedule. */
    public Sgd withRate(Schedule rate) {
        return new Sgd(rate, momentum, nesterov);
    }

    @Override
    public Stepper start(INDArray weights, List<Parameter> parameters) {
        return momentum == 0 ? new Plain(weights) : new Momentum(weights, momentum, nesterov);
    }

    private static final class Plain implements Stepper {
        private final INDArray weights;
        private final Scratch scratch = new Scratch();

        Plain(INDArray weights) {
            this.weights = weights;
        }

        @Override
        public void step(INDArray gradients, double rate) {
            // w ← w − rate · g
            Vectors.addScaled(scratch, -rate, gradients, weights);
        }

        @Override
        public Map<String, INDArray> state() {
            return Map.of();
        }
    }

    private static final class Momentum implements Stepper {
        private final INDArray weights;
        private final INDArray velocity;
        private final double momentum;
        private final boolean nesterov;
        private final Scratch scratch = new Scratch();

        Momentum(INDArray weights, double momentum, boolean nesterov) {
            this.weights = weights;
            this.velocity = Memory.vector(weights.dataType(), weights.length());
            this.momentum = momentum;
            this.nesterov = nesterov;
        }

        @Override
        public void step(INDArray gradients, double rate) {
            Span w = scratch.span(weights);
            Span v = scratch.span(velocity);
            Span g = scratch.span(gradients);
            for (int i = 0; i < w.length(); i += Scratch.TILE) {
                int n = Math.min(Scratch.TILE, w.length() - i);
                if (w.isFloat()) {
                    floats(
                            scratch.loadFloats(0, w, i, n),
                            scratch.loadFloats(1, v, i, n),
                            scratch.loadFloats(2, g, i, n),
                            n,
                            (float) rate);
                    scratch.storeFloats(0, w, i, n);
                    scratch.storeFloats(1, v, i, n);
                } else {
                    doubles(scratch.load(0, w, i, n), scratch.load(1, v, i, n), scratch.load(2, g, i, n), n, rate);
                    scratch.store(0, w, i, n);
                    scratch.store(1, v, i, n);
                }
            }
        }

        private void floats(float[] w, float[] v, float[] g, int n, float rate) {
            float mu = (float) momentum;
            // Nesterov: w −= rate · (g + μ v); classical: w −= rate · v, which is the same with factors 0 and 1
            float ofGradient = nesterov ? rate : 0;
            float ofVelocity = nesterov ? rate * mu : rate;
            for (int i = 0; i < n; i++) {
                v[i] = mu * v[i] + g[i];
                w[i] -= ofGradient * g[i] + ofVelocity * v[i];
            }
        }

        private void doubles(double[] w, double[] v, double[] g, int n, double rate) {
            double ofGradient = nesterov ? rate : 0;
            double ofVelocity = nesterov ? rate * momentum : rate;
            for (int i = 0; i < n; i++) {
                v[i] = momentum * v[i] + g[i];
                w[i] -= ofGradient * g[i] + ofVelocity * v[i];
            }
        }

        @Override
        public Map<String, INDArray> state() {
            return Map.of("velocity", velocity);
        }
    }
}
