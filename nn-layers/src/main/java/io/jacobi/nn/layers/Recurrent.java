package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.StridedMatMul;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parts of a recurrent layer that do not depend on its cell. Every gate has a pre-activation with a part from the
 * input and a part from the previous state:
 *
 * <pre>
 * aₜ = Wˣ xₜ + bˣ     qₜ = Wʰ hₜ₋₁ + bʰ
 * </pre>
 *
 * A cell that needs only their sum, such as {@link Lstm}, adds q to a.
 */
final class Recurrent {

    private Recurrent() {}

    static void requireUnits(String name, int units) {
        if (units < 1) {
            throw new IllegalArgumentException(name + " has " + units + " units\n  expected at least 1");
        }
    }

    /** Uniform in ±1/√units. */
    static Initializer start(int units) {
        double bound = 1 / Math.sqrt(units);
        return Initializers.uniform(-bound, bound);
    }

    /**
     * Declares weights, biases, and the buffers of the gates and of the state.
     *
     * @param input [time, features]
     * @param d where to declare
     * @param units the length of a state
     * @param gates the number of gates
     * @param inputBias how bˣ starts; everything else starts uniform in ±1/√units
     */
    static void declare(Shape input, Declarations d, int units, int gates, Initializer inputBias) {
        if (input.rank() != 2) {
            throw ShapeException.input(
                    "rank 2 per example, [time, features]",
                    input,
                    "give each example as a sequence of vectors; one number at each time step is [time, 1]");
        }
        long time = input.dim(0);
        long rows = gates * (long) units;
        Initializer start = start(units);
        d.parameter("weight_ih_l0", Shape.of(rows, input.dim(1)), start);
        d.parameter("weight_hh_l0", Shape.of(rows, units), start);
        d.parameter("bias_ih_l0", Shape.of(rows), inputBias);
        d.parameter("bias_hh_l0", Shape.of(rows), start);
        d.saved("gates", Shape.of(time, rows)); // a, then the gates in its place
        d.saved("previous_h", Shape.of(time, units)); // row t holds hₜ₋₁
        d.saved("da", Shape.of(time, rows));
        d.saved("dh", Shape.of(1, units)); // the part of dhₜ that comes from step t + 1
    }

    /** The shape of the output: the state of the last step, or the states of all steps. */
    static Shape output(Shape input, int units, boolean allStates) {
        return allStates ? Shape.of(input.dim(0), units) : Shape.of(units);
    }

    /** The number of steps. */
    static int time(Pass p) {
        return (int) p.x().size(1);
    }

    /** A = bias in every row, then A += X Wˣᵀ for all steps in one product, because no state is needed; and h₋₁ = 0. */
    static void begin(Pass p, INDArray bias) {
        Scratch s = p.scratch();
        Rows.fill(s, bias, p.saved("gates"));
        StridedMatMul.addAbT(s, p.x(), p.value("weight_ih_l0"), p.saved("gates"));
        Vectors.fill(s, p.saved("previous_h"), 0);
    }

    /** Qₜ += Hₜ₋₁ Wʰᵀ. */
    static void addState(Pass p, int t, INDArray q) {
        StridedMatMul.addAbT(p.scratch(), p.saved("previous_h"), t, p.value("weight_hh_l0"), q, t);
    }

    /**
     * Adds to the gradients of weights and biases, which are sums over the steps because every step uses the same ones,
     * and writes dX.
     *
     * @param p the pass, where da is complete
     * @param dq the gradient of q; da itself if q was added to a
     */
    static void addGradients(Pass p, INDArray dq) {
        Scratch s = p.scratch();
        INDArray da = p.saved("da");
        // Qₜ += Hₜ₋₁ Wʰᵀ   =>   dWʰ += Σₜ dQₜᵀ Hₜ₋₁,   and Q = bʰ in every row   =>   dbʰ += Σ_batch Σₜ dQₜ
        StridedMatMul.addATb(s, dq, p.saved("previous_h"), p.gradient("weight_hh_l0"));
        Rows.addSum(s, dq, p.gradient("bias_hh_l0"));
        // A += X Wˣᵀ   =>   dWˣ += dAᵀ X   and   dX = dA Wˣ
        StridedMatMul.addATb(s, da, p.x(), p.gradient("weight_ih_l0"));
        if (p.needsInputGradient()) {
            StridedMatMul.ab(s, da, p.value("weight_ih_l0"), p.dx());
        }
        // A = bˣ in every row   =>   dbˣ += Σ_batch Σₜ dAₜ
        Rows.addSum(s, da, p.gradient("bias_ih_l0"));
    }

    /** y += x. */
    static void add(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] += x[i];
        }
    }

    /**
     * 1 / (1 + e⁻ˣ). For large negative x the exponential overflows to infinity, whose reciprocal is the right result.
     */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /**
     * tanh x to 12 digits, from the exponential, for which the compiler has an intrinsic: 9 ns, where {@link Math#tanh}
     * takes 31 ns. Near 0, where 1 − 2 / (e²ˣ + 1) would cancel, it is the series.
     */
    static double tanh(double x) {
        if (Math.abs(x) < 0x1p-10) {
            return x - x * x * x / 3;
        }
        return 1 - 2 / (Math.exp(2 * x) + 1);
    }
}
