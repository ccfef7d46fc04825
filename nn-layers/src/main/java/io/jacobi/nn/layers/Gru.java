package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Rows;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.StridedMatMul;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Gated recurrent unit: reads a sequence step by step, and hands a state h from each step to the next. It starts at 0.
 *
 * <pre>
 * x [batch, time, features]   h [batch, units]   y [batch, units], the last h, or [batch, time, units], every h
 * weight_ih_l0 Wˣ [3·units, features]   weight_hh_l0 Wʰ [3·units, units]   bias_ih_l0 bˣ, bias_hh_l0 bʰ [3·units]
 * a = Wˣ xₜ + bˣ   q = Wʰ hₜ₋₁ + bʰ, three parts each, one behind the other
 * r = σ(aʳ + qʳ)   z = σ(aᶻ + qᶻ)   g = tanh(aᵍ + r ∘ qᵍ)
 * hₜ = (1 − z) ∘ g + z ∘ hₜ₋₁
 *
 * dhₜ = dyₜ + dhₜ₊₁ ∘ zₜ₊₁ + Wʰᵀ dqₜ₊₁, from the last step to the first
 * daᵍ = dh ∘ (1 − z) ∘ (1 − g²)     daʳ = daᵍ ∘ qᵍ ∘ r ∘ (1 − r)     daᶻ = dh ∘ (hₜ₋₁ − g) ∘ z ∘ (1 − z)
 * dqʳ = daʳ     dqᶻ = daᶻ     dqᵍ = daᵍ ∘ r
 * dWˣ += Σ daₜ xₜᵀ   dbˣ += Σ daₜ   dWʰ += Σ dqₜ hₜ₋₁ᵀ   dbʰ += Σ dqₜ, over batch and time     dxₜ = Wˣᵀ daₜ
 * </pre>
 *
 * The input must have rank 2 per example; otherwise {@link io.jacobi.nn.ShapeException} at build. All parameters start uniform in
 * ±1/√units; names, layout and start are those of {@code torch.nn.GRU(batch_first=True)}, whose n is g here.
 *
 * <p>Derivation: docs/derivations/gru.md. Source: Cho et al. 2014; the reset gate stands behind the product with Wʰ, as in cuDNN and
 * PyTorch, and not before it.
 *
 * @param units the length of a state, at least 1
 * @param allStates whether the output is the state after every step, and not the last one only
 */
public record Gru(int units, boolean allStates) implements Layer {

    private static final int GATES = 3;

    public Gru {
        Recurrent.requireUnits("Gru", units);
    }

    /** Gives the last state. */
    public Gru(int units) {
        this(units, false);
    }

    /** The same, giving the state after every step: what another recurrent layer behind it takes. */
    public Gru withAllStates() {
        return new Gru(units, true);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Recurrent.requireSequence(input);
        long time = input.dim(0);
        long rows = GATES * (long) units;
        Initializer start = Recurrent.start(units);
        d.parameter("weight_ih_l0", Shape.of(rows, input.dim(1)), start);
        d.parameter("weight_hh_l0", Shape.of(rows, units), start);
        d.parameter("bias_ih_l0", Shape.of(rows), start);
        d.parameter("bias_hh_l0", Shape.of(rows), start);
        d.saved("gates", Shape.of(time, rows)); // a, then r, z, g in its place
        d.saved("q", Shape.of(time, rows));
        d.saved("previousH", Shape.of(time, units)); // row t holds hₜ₋₁
        d.saved("da", Shape.of(time, rows));
        d.saved("dq", Shape.of(time, rows));
        d.saved("dh", Shape.of(1, units)); // what reaches a step from the one behind it
        return allStates ? Shape.of(time, units) : Shape.of(units);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        INDArray q = p.saved("q");
        INDArray previous = p.saved("previousH");
        // A = bˣ in every row, then A += X Wˣᵀ, all steps at once: no state is needed for it
        Rows.fill(s, p.value("bias_ih_l0"), p.saved("gates"));
        StridedMatMul.addAbT(s, p.x(), p.value("weight_ih_l0"), p.saved("gates"));
        Rows.fill(s, p.value("bias_hh_l0"), q);
        Vectors.fill(s, previous, 0);
        int time = (int) p.x().size(1);
        for (int t = 0; t < time; t++) {
            // Q = bʰ in every row, then Qₜ += Hₜ₋₁ Wʰᵀ
            StridedMatMul.addAbT(s, previous, t, p.value("weight_hh_l0"), q, t);
            step(p, t, time);
        }
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        INDArray da = p.saved("da");
        INDArray dq = p.saved("dq");
        INDArray dh = p.saved("dh");
        Vectors.fill(s, dh, 0);
        int time = (int) p.x().size(1);
        for (int t = time - 1; t >= 0; t--) {
            stepBack(p, t, time);
            // Qₜ += Hₜ₋₁ Wʰᵀ   =>   dHₜ₋₁ += dQₜ Wʰ
            StridedMatMul.addAb(s, dq, t, p.value("weight_hh_l0"), dh, 0);
        }
        // the same weights at every step   =>   their gradients are sums over the steps
        // Qₜ += Hₜ₋₁ Wʰᵀ   =>   dWʰ += Σₜ dQₜᵀ Hₜ₋₁,   and Q = bʰ in every row   =>   dbʰ += Σ_batch Σₜ dQₜ
        StridedMatMul.addATb(s, dq, p.saved("previousH"), p.gradient("weight_hh_l0"));
        Rows.addSum(s, dq, p.gradient("bias_hh_l0"));
        // A += X Wˣᵀ   =>   dWˣ += dAᵀ X   and   dX = dA Wˣ
        StridedMatMul.addATb(s, da, p.x(), p.gradient("weight_ih_l0"));
        if (p.needsInputGradient()) {
            StridedMatMul.ab(s, da, p.value("weight_ih_l0"), p.dx());
        }
        // A = bˣ in every row   =>   dbˣ += Σ_batch Σₜ dAₜ
        Rows.addSum(s, da, p.gradient("bias_ih_l0"));
    }

    /** From a, q and h of step t, for each example of the batch. */
    private void step(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span qs = s.span(p.saved("q"));
        Span previous = s.span(p.saved("previousH"));
        Span y = s.span(p.y());
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * GATES * units, GATES * units);
            double[] q = s.load(1, qs, row * GATES * units, GATES * units);
            GruCell.forward(units, a, q, s.load(2, previous, row * units, units));
            s.store(0, gates, row * GATES * units, GATES * units);
            if (t < time - 1) {
                s.store(2, previous, (row + 1) * units, units);
            }
            if (allStates || t == time - 1) {
                s.store(2, y, (allStates ? row : n) * units, units);
            }
        }
    }

    /** From dh of step t, for each example: da and dq of step t, and the part of the previous dh that does not pass through q. */
    private void stepBack(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span qs = s.span(p.saved("q"));
        Span previous = s.span(p.saved("previousH"));
        Span das = s.span(p.saved("da"));
        Span dqs = s.span(p.saved("dq"));
        Span dhs = s.span(p.saved("dh"));
        Span dys = s.span(p.dy());
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] dh = s.load(2, dhs, n * units, units);
            if (allStates || t == time - 1) {
                // yₜ = hₜ   =>   dhₜ += dyₜ
                Recurrent.add(s.load(3, dys, (allStates ? row : n) * units, units), dh, units);
            }
            double[] a = s.load(0, gates, row * GATES * units, GATES * units);
            double[] q = s.load(1, qs, row * GATES * units, GATES * units);
            GruCell.backward(units, s.load(3, previous, row * units, units), a, q, dh);
            s.store(0, das, row * GATES * units, GATES * units);
            s.store(1, dqs, row * GATES * units, GATES * units);
            s.store(2, dhs, n * units, units);
        }
    }

    @Override
    public String toString() {
        return "Gru(" + units + (allStates ? ", all states)" : ")");
    }
}
