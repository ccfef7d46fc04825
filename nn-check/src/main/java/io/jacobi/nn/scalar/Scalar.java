package io.jacobi.nn.scalar;

import io.jacobi.nn.math.ErrorFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A number that remembers what it was computed from, so that it can be differentiated backwards: reverse-mode automatic
 * differentiation, whole.
 *
 * <pre>{@code
 * Scalar x = Scalar.of(3);
 * Scalar y = x.times(x).plus(x);     // y = x² + x
 * y.backward();
 * x.gradient();                      // dy/dx = 2x + 1 = 7
 * }</pre>
 *
 * Every operation makes a node with its operands and the derivative by each of them. {@link #backward} walks from the result to what
 * it was made of, and each node hands its gradient on to its operands, times those derivatives: the chain rule. A number that was used
 * twice gets both shares, added. Layers do the same for whole arrays at once.
 *
 * <p>One thread at a time. Taught in docs/scalar-engine.md. Source: Rumelhart, Hinton and Williams 1986; in the spirit of Karpathy's
 * micrograd.
 */
public final class Scalar implements Real<Scalar> {

    private static final double SLOPE_OF_ERF_AT_0 = 2 / Math.sqrt(Math.PI);

    private final double value;
    private final List<Scalar> operands;
    private final double[] slopes; // ∂this / ∂operand, one for each
    private final int depth; // more than that of every operand
    private double gradient;

    private Scalar(double value, List<Scalar> operands, double... slopes) {
        this.value = value;
        this.operands = operands;
        this.slopes = slopes;
        this.depth = 1 + operands.stream().mapToInt(s -> s.depth).max().orElse(0);
    }

    /** A number that depends on nothing: an input, a weight, a constant. */
    public static Scalar of(double value) {
        return new Scalar(value, List.of());
    }

    @Override
    public double value() {
        return value;
    }

    /** ∂r/∂this, if r is the last result whose {@link #backward} came by here; 0 before. */
    public double gradient() {
        return gradient;
    }

    /** Sets the gradient of every number that this was computed from, and its own, which is 1. */
    public void backward() {
        List<Scalar> order = new ArrayList<>(reachable());
        // what used a number is deeper, so that its gradient is complete before it hands it on
        order.sort(Comparator.comparingInt((Scalar s) -> s.depth).reversed());
        order.forEach(s -> s.gradient = 0);
        gradient = 1;
        for (Scalar s : order) {
            for (int k = 0; k < s.slopes.length; k++) {
                s.operands.get(k).gradient += s.slopes[k] * s.gradient;
            }
        }
    }

    /** All numbers that this was computed from, and this; found without recursion, as a long sequence makes a deep graph. */
    private Set<Scalar> reachable() {
        Set<Scalar> found = new LinkedHashSet<>(Set.of(this)); // its order makes sums repeat to the bit
        Deque<Scalar> open = new ArrayDeque<>(found);
        while (!open.isEmpty()) {
            for (Scalar operand : open.pop().operands) {
                if (found.add(operand)) {
                    open.push(operand);
                }
            }
        }
        return found;
    }

    @Override
    public Scalar self() {
        return this;
    }

    @Override
    public Scalar constant(double c) {
        return of(c);
    }

    @Override
    public Scalar plus(Scalar b) {
        return new Scalar(value + b.value, List.of(this, b), 1, 1);
    }

    @Override
    public Scalar times(Scalar b) {
        return new Scalar(value * b.value, List.of(this, b), b.value, value);
    }

    @Override
    public Scalar over(Scalar b) {
        double y = value / b.value;
        return new Scalar(y, List.of(this, b), 1 / b.value, -y / b.value);
    }

    @Override
    public Scalar exp() {
        double y = Math.exp(value);
        return new Scalar(y, List.of(this), y);
    }

    @Override
    public Scalar log() {
        return new Scalar(Math.log(value), List.of(this), 1 / value);
    }

    @Override
    public Scalar sqrt() {
        double y = Math.sqrt(value);
        return new Scalar(y, List.of(this), 0.5 / y);
    }

    @Override
    public Scalar tanh() {
        double y = Math.tanh(value);
        return new Scalar(y, List.of(this), (1 - y) * (1 + y));
    }

    @Override
    public Scalar erf() {
        return new Scalar(ErrorFunction.erf(value), List.of(this), SLOPE_OF_ERF_AT_0 * Math.exp(-value * value));
    }

    @Override
    public String toString() {
        return value + " (gradient " + gradient + ")";
    }
}
