package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
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
 * Gated recurrent unit: reads a sequence step by step and passes a state h, which starts at 0, from each step to the
 * next.
 *
 * <pre>
 * x [batch, time, features]   h [batch, units]   y [batch, units], the last h, or [batch, time, units], every h
 * weight_ih_l0 Wˣ [3·units, features]   weight_hh_l0 Wʰ [3·units, units]   bias_ih_l0 bˣ, bias_hh_l0 bʰ [3·units]
 * a = Wˣ xₜ + bˣ   q = Wʰ hₜ₋₁ + bʰ, each in three parts, r, z and g
 * r = σ(aʳ + qʳ)   z = σ(aᶻ + qᶻ)   g = tanh(aᵍ + r ∘ qᵍ)
 * hₜ = (1 − z) ∘ g + z ∘ hₜ₋₁
 *
 * dhₜ = dyₜ + dhₜ₊₁ ∘ zₜ₊₁ + Wʰᵀ dqₜ₊₁, from the last step to the first
 * daᵍ = dh ∘ (1 − z) ∘ (1 − g²)     daʳ = daᵍ ∘ qᵍ ∘ r ∘ (1 − r)     daᶻ = dh ∘ (hₜ₋₁ − g) ∘ z ∘ (1 − z)
 * dqʳ = daʳ     dqᶻ = daᶻ     dqᵍ = daᵍ ∘ r
 * dWˣ += Σ daₜ xₜᵀ   dbˣ += Σ daₜ   dWʰ += Σ dqₜ hₜ₋₁ᵀ   dbʰ += Σ dqₜ, over batch and time     dxₜ = Wˣᵀ daₜ
 * </pre>
 *
 * The input must have rank 2 per example; otherwise {@link io.jacobi.nn.ShapeException} at build. All parameters start
 * uniform in ±1/√units; names, layout and start are as in {@code torch.nn.GRU(batch_first=True)}, which calls g n.
 *
 * <p>Derivation: docs/derivations/gru.md. Source: Cho et al. 2014; the reset gate multiplies the product with Wʰ, as in
 * cuDNN and PyTorch, and not the state before the product.
 *
 * @param units the length of a state, at least 1
 * @param allStates whether the output is the state after every step, and not only the last state
 */
public record Gru(int units, boolean allStates) implements Layer {

    private static final int GATES = 3;

    public Gru {
        Recurrent.requireUnits("Gru", units);
    }

    /** A layer that gives the last state. */
    public Gru(int units) {
        this(units, false);
    }

    /** Returns a copy that gives the state after every step, which another recurrent layer can read. */
    public Gru withAllStates() {
        return new Gru(units, true);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Recurrent.declare(input, d, units, GATES, Recurrent.start(units));
        long rows = GATES * (long) units;
        d.saved("q", Shape.of(input.dim(0), rows));
        d.saved("dq", Shape.of(input.dim(0), rows));
        return Recurrent.output(input, units, allStates);
    }

    @Override
    public void forward(Pass p) {
        // A = bˣ in every row, then A += X Wˣᵀ;   Q = bʰ in every row
        Recurrent.begin(p, p.value("bias_ih_l0"));
        Rows.fill(p.scratch(), p.value("bias_hh_l0"), p.saved("q"));
        int time = Recurrent.time(p);
        for (int t = 0; t < time; t++) {
            // Qₜ += Hₜ₋₁ Wʰᵀ
            Recurrent.addState(p, t, p.saved("q"));
            step(p, t, time);
        }
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        INDArray dh = p.saved("dh");
        Vectors.fill(s, dh, 0);
        int time = Recurrent.time(p);
        for (int t = time - 1; t >= 0; t--) {
            stepBack(p, t, time);
            // Qₜ += Hₜ₋₁ Wʰᵀ   =>   dHₜ₋₁ += dQₜ Wʰ
            StridedMatMul.addAb(s, p.saved("dq"), t, p.value("weight_hh_l0"), dh, 0);
        }
        Recurrent.addGradients(p, p.saved("dq"));
    }

    /** From a, q and hₜ₋₁, for each example of the batch: the gates and hₜ. */
    private void step(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span qs = s.span(p.saved("q"));
        Span previous = s.span(p.saved("previous_h"));
        Span y = s.span(p.y());
        int rows = GATES * units;
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * rows, rows);
            double[] q = s.load(1, qs, row * rows, rows);
            GruCell.forward(units, a, q, s.load(2, previous, row * units, units));
            s.store(0, gates, row * rows, rows);
            if (t < time - 1) {
                s.store(2, previous, (row + 1) * units, units);
            }
            if (allStates || t == time - 1) {
                s.store(2, y, (allStates ? row : n) * units, units);
            }
        }
    }

    /** From dhₜ, for each example: da and dq of step t, and the part of dhₜ₋₁ that does not pass through q. */
    private void stepBack(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span qs = s.span(p.saved("q"));
        Span previous = s.span(p.saved("previous_h"));
        Span das = s.span(p.saved("da"));
        Span dqs = s.span(p.saved("dq"));
        Span dhs = s.span(p.saved("dh"));
        Span dys = s.span(p.dy());
        int rows = GATES * units;
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] dh = s.load(2, dhs, n * units, units);
            if (allStates || t == time - 1) {
                // yₜ = hₜ   =>   dhₜ += dyₜ
                Recurrent.add(s.load(3, dys, (allStates ? row : n) * units, units), dh, units);
            }
            double[] a = s.load(0, gates, row * rows, rows);
            double[] q = s.load(1, qs, row * rows, rows);
            GruCell.backward(units, s.load(3, previous, row * units, units), a, q, dh);
            s.store(0, das, row * rows, rows);
            s.store(1, dqs, row * rows, rows);
            s.store(2, dhs, n * units, units);
        }
    }

    @Override
    public String toString() {
        return "Gru(" + units + (allStates ? ", all states)" : ")");
    }
}
