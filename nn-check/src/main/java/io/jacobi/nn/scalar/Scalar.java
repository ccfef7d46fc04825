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
 * A number that keeps the operands it was computed from, so that it can be differentiated backwards: all of
 * reverse-mode automatic differentiation.
 *
 * <pre>{@code
 * Scalar x = Scalar.of(3);
 * Scalar y = x.times(x).plus(x);     // y = x² + x
 * y.backward();
 * x.gradient();                      // dy/dx = 2x + 1 = 7
 * }</pre>
 *
 * Every operation makes a node with its operands and the derivative by each operand. {@link #backward} walks from the
 * result to its operands, and each node adds its gradient, times these derivatives, to the gradients of its operands:
 * the chain rule. A number that was used twice gets the sum of both contributions. Layers do this for whole arrays at a
 * time.
 *
 * <p>Not safe for several threads. docs/scalar-engine.md teaches it. Source: Rumelhart, Hinton and Williams 1986; in
 * the spirit of Karpathy's micrograd.
 */
public final class Scalar implements Real<Scalar> {

    private static final double SLOPE_OF_ERF_AT_0 = 2 / Math.sqrt(Math.PI);

    private final double value;
    private final List<Scalar> operands;
    private final double[] slopes; // ∂this / ∂operand, one for each
    private final int depth; // greater than the depth of every operand
    private double gradient;

    private Scalar(double value, List<Scalar> operands, double... slopes) {
        this.value = value;
        this.operands = operands;
        this.slopes = slopes;
        this.depth = 1 + operands.stream().mapToInt(s -> s.depth).max().orElse(0);
    }

    /** Returns a number that depends on nothing: an input, a weight, a constant. */
    public static Scalar of(double value) {
        return new Scalar(value, List.of());
    }

    @Override
    public double value() {
        return value;
    }

    /** ∂r/∂this, where r is the last result whose {@link #backward} reached this number; 0 before. */
    public double gradient() {
        return gradient;
    }

    /** Sets the gradient of every number that this one was computed from, and its own gradient, which is 1. */
    public void backward() {
        List<Scalar> order = new ArrayList<>(reachable());
        // a number is deeper than its operands, so that its gradient is complete before it is passed on
        order.sort(Comparator.comparingInt((Scalar s) -> s.depth).reversed());
        order.forEach(s -> s.gradient = 0);
        gradient = 1;
        for (Scalar s : order) {
            for (int k = 0; k < s.slopes.length; k++) {
                s.operands.get(k).gradient += s.slopes[k] * s.gradient;
            }
        }
    }

    /**
     * Returns this number and all numbers it was computed from. There is no recursion, because a long sequence makes a
     * deep graph.
     */
    private Set<Scalar> reachable() {
        Set<Scalar> found = new LinkedHashSet<>(Set.of(this)); // insertion order, so that sums repeat to the bit
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
