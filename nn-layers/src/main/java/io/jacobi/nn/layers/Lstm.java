package io.jacobi.nn.layers;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.StridedMatMul;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Long short-term memory: reads a sequence step by step and passes a state h and a cell c, which start at 0, from each
 * step to the next.
 *
 * <pre>
 * x [batch, time, features]   h, c [batch, units]   y [batch, units], the last h, or [batch, time, units], every h
 * weight_ih_l0 Wˣ [4·units, features]   weight_hh_l0 Wʰ [4·units, units]   bias_ih_l0 bˣ, bias_hh_l0 bʰ [4·units]
 * a = Wˣ xₜ + bˣ + Wʰ hₜ₋₁ + bʰ, in four parts, i, f, g and o
 * i = σ(aⁱ)   f = σ(aᶠ)   g = tanh(aᵍ)   o = σ(aᵒ)
 * cₜ = f ∘ cₜ₋₁ + i ∘ g     hₜ = o ∘ tanh(cₜ)
 *
 * dhₜ = dyₜ + Wʰᵀ daₜ₊₁     dcₜ = dhₜ ∘ o ∘ (1 − tanh²(cₜ)) + dcₜ₊₁ ∘ fₜ₊₁, from the last step to the first
 * daⁱ = dc ∘ g ∘ i ∘ (1 − i)   daᶠ = dc ∘ cₜ₋₁ ∘ f ∘ (1 − f)
 * daᵍ = dc ∘ i ∘ (1 − g²)      daᵒ = dh ∘ tanh(c) ∘ o ∘ (1 − o)
 * dWˣ += Σ daₜ xₜᵀ     dWʰ += Σ daₜ hₜ₋₁ᵀ     dbˣ, dbʰ += Σ daₜ, over batch and time     dxₜ = Wˣᵀ daₜ
 * </pre>
 *
 * The input must have rank 2 per example; otherwise {@link io.jacobi.nn.ShapeException} at build. All parameters start
 * uniform in ±1/√units; names, layout and start are as in {@code torch.nn.LSTM(batch_first=True)}.
 *
 * <p>Derivation: docs/derivations/lstm.md. Source: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000
 * (the forget gate); Jozefowicz, Zaremba and Sutskever 2015 (its bias).
 *
 * @param units the length of a state, at least 1
 * @param allStates whether the output is the state after every step, and not only the last state
 * @param forgetBias a number that is added to the start of the forget gate's bias; with 1 the cell forgets little until
 *     it learns to forget
 */
public record Lstm(int units, boolean allStates, double forgetBias) implements Layer {

    private static final int GATES = 4;

    public Lstm {
        Recurrent.requireUnits("Lstm", units);
        if (!Double.isFinite(forgetBias)) {
            throw new IllegalArgumentException(
                    "Lstm has a forget bias of " + forgetBias + "\n  expected a finite number, such as 1");
        }
    }

    /** A layer that gives the last state and starts as in PyTorch. */
    public Lstm(int units) {
        this(units, false, 0);
    }

    /** Returns a copy that gives the state after every step, which another recurrent layer can read. */
    public Lstm withAllStates() {
        return new Lstm(units, true, forgetBias);
    }

    /**
     * Returns a copy with this value added to the start of the forget gate's bias. A bias of 1 is better than 0 if the
     * layer has to remember over many steps.
     */
    public Lstm withForgetBias(double bias) {
        return new Lstm(units, allStates, bias);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Recurrent.declare(input, d, units, GATES, new ForgetBiasStart(Recurrent.start(units), forgetBias));
        long time = input.dim(0);
        d.buffer("bias", Shape.of(GATES * (long) units)); // bˣ + bʰ
        d.saved("previous_c", Shape.of(time, units)); // row t holds cₜ₋₁
        d.saved("tanh_c", Shape.of(time, units));
        d.saved("dc", Shape.of(1, units)); // the part of dcₜ that comes from step t + 1
        return Recurrent.output(input, units, allStates);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        // A = bˣ + bʰ in every row, then A += X Wˣᵀ
        Vectors.copy(s, p.value("bias_ih_l0"), p.buffer("bias"));
        Vectors.addScaled(s, 1, p.value("bias_hh_l0"), p.buffer("bias"));
        Recurrent.begin(p, p.buffer("bias"));
        Vectors.fill(s, p.saved("previous_c"), 0);
        int time = Recurrent.time(p);
        for (int t = 0; t < time; t++) {
            // Aₜ += Hₜ₋₁ Wʰᵀ
            Recurrent.addState(p, t, p.saved("gates"));
            step(p, t, time);
        }
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        INDArray dh = p.saved("dh");
        Vectors.fill(s, dh, 0);
        Vectors.fill(s, p.saved("dc"), 0);
        int time = Recurrent.time(p);
        for (int t = time - 1; t >= 0; t--) {
            stepBack(p, t, time);
            // Aₜ += Hₜ₋₁ Wʰᵀ   =>   dHₜ₋₁ = dAₜ Wʰ
            StridedMatMul.ab(s, p.saved("da"), t, p.value("weight_hh_l0"), dh, 0);
        }
        Recurrent.addGradients(p, p.saved("da"));
    }

    /** From a, hₜ₋₁ and cₜ₋₁, for each example of the batch: the gates, hₜ and cₜ. */
    private void step(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span previousH = s.span(p.saved("previous_h"));
        Span previousC = s.span(p.saved("previous_c"));
        Span tanhs = s.span(p.saved("tanh_c"));
        Span y = s.span(p.y());
        int rows = GATES * units;
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * rows, rows);
            double[] c = s.load(1, previousC, row * units, units);
            LstmCell.forward(units, a, c, s.doubles(2, units), s.doubles(3, units));
            s.store(0, gates, row * rows, rows);
            s.store(2, tanhs, row * units, units);
            if (t < time - 1) {
                s.store(1, previousC, (row + 1) * units, units);
                s.store(3, previousH, (row + 1) * units, units);
            }
            if (allStates || t == time - 1) {
                s.store(3, y, (allStates ? row : n) * units, units);
            }
        }
    }

    /** From dhₜ and dcₜ, for each example: da of step t, and dcₜ₋₁. */
    private void stepBack(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span previousC = s.span(p.saved("previous_c"));
        Span tanhs = s.span(p.saved("tanh_c"));
        Span das = s.span(p.saved("da"));
        Span dhs = s.span(p.saved("dh"));
        Span dcs = s.span(p.saved("dc"));
        Span dys = s.span(p.dy());
        int rows = GATES * units;
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * rows, rows);
            double[] dh = s.load(1, dhs, n * units, units);
            if (allStates || t == time - 1) {
                // yₜ = hₜ   =>   dhₜ += dyₜ
                Recurrent.add(s.load(3, dys, (allStates ? row : n) * units, units), dh, units);
            }
            double[] dc = s.load(2, dcs, n * units, units);
            LstmCell.outputBackward(units, s.load(3, tanhs, row * units, units), dh, a, dc);
            LstmCell.cellBackward(units, s.load(3, previousC, row * units, units), a, dc);
            s.store(0, das, row * rows, rows);
            s.store(2, dcs, n * units, units);
        }
    }

    @Override
    public String toString() {
        return "Lstm(" + units + (allStates ? ", all states" : "")
                + (forgetBias == 0 ? ")" : ", forget bias " + forgetBias + ")");
    }
}
