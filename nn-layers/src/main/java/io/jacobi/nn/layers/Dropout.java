package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;

/**
 * Dropout: in training, sets each element to 0 with probability {@code rate} and scales the others so that the expected
 * value stays.
 *
 * <pre>
 * x, y, m any shape
 * m = 0 with probability rate, else 1 / (1 − rate)     y = m x     dx = m dy
 * </pre>
 *
 * In prediction the layer is the identity. The mask is a function of the model's seed, the layer, the step, the
 * position of the example in the whole batch, and the element. It is equal in float and double, and does not change if
 * a batch is split over threads. NaN stays NaN, even where it is dropped.
 *
 * <p>Derivation: docs/derivations/dropout.md. Source: Srivastava et al. 2014, section 10 (inverted); the hash is from
 * Steele, Lea and Flood 2014, figure 16.
 *
 * @param rate the probability of being dropped, in [0, 1)
 */
public record Dropout(double rate) implements Layer {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    public Dropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new IllegalArgumentException("Dropout has the rate " + rate
                    + "\n  expected 0 <= rate < 1, the share of elements that are set to 0");
        }
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        d.saved("mask", input);
        return input;
    }

    @Override
    public void forward(Pass p) {
        if (p.training()) {
            draw(p);
            Elementwise.map(p.scratch(), p.x(), p.saved("mask"), p.y(), Dropout::multiply, Dropout::multiply);
        } else {
            Vectors.copy(p.scratch(), p.x(), p.y());
        }
    }

    @Override
    public void backward(Pass p) {
        if (p.needsInputGradient()) {
            // y = m x   =>   dx = m dy;   y = x in prediction   =>   dx = dy
            if (p.training()) {
                Elementwise.map(p.scratch(), p.dy(), p.saved("mask"), p.dx(), Dropout::multiply, Dropout::multiply);
            } else {
                Vectors.copy(p.scratch(), p.dy(), p.dx());
            }
        }
    }

    /**
     * Element e of example n is number n · size + e of the SplitMix64 sequence that starts at the key, and can be
     * computed without the others.
     */
    private void draw(Pass p) {
        Scratch s = p.scratch();
        Span mask = s.span(p.saved("mask"));
        int size = mask.length() / p.batch();
        long state = p.key() + GOLDEN_GAMMA * ((long) p.firstExample() * size);
        for (int i = 0; i < mask.length(); i += Scratch.TILE) {
            int n = Math.min(Scratch.TILE, mask.length() - i);
            draw(state + GOLDEN_GAMMA * i, s.doubles(0, n), n);
            s.store(0, mask, i, n);
        }
    }

    private void draw(long start, double[] mask, int n) {
        long kept = Double.doubleToRawLongBits(1 / (1 - rate));
        // 53 uniform bits are less than this with probability rate
        long dropped = (long) (rate * 0x1p53);
        long state = start;
        for (int i = 0; i < n; i++) {
            state += GOLDEN_GAMMA;
            long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
            // 0 or kept, from the sign of the difference, because a branch on random bits would take five times as long
            mask[i] = Double.longBitsToDouble(kept & ~(((z >>> 11) - dropped) >> 63));
        }
    }

    private static void multiply(float[] a, float[] mask, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * mask[i];
        }
    }

    private static void multiply(double[] a, double[] mask, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] * mask[i];
        }
    }

    @Override
    public String toString() {
        return "Dropout(" + rate + ")";
    }
}
