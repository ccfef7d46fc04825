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
 * Long short-term memory: reads a sequence step by step, and hands a state h and a cell c from each step to the next. Both start at 0.
 *
 * <pre>
 * x [batch, time, features]   h, c [batch, units]   y [batch, units], the last h, or [batch, time, units], every h
 * weight_ih_l0 Wˣ [4·units, features]   weight_hh_l0 Wʰ [4·units, units]   bias_ih_l0 bˣ, bias_hh_l0 bʰ [4·units]
 * a = Wˣ xₜ + bˣ + Wʰ hₜ₋₁ + bʰ, the pre-activations of four gates, one behind the other
 * i = σ(aⁱ)   f = σ(aᶠ)   g = tanh(aᵍ)   o = σ(aᵒ)
 * cₜ = f ∘ cₜ₋₁ + i ∘ g     hₜ = o ∘ tanh(cₜ)
 *
 * dhₜ = dyₜ + Wʰᵀ daₜ₊₁     dcₜ = dhₜ ∘ o ∘ (1 − tanh²(cₜ)) + dcₜ₊₁ ∘ fₜ₊₁, from the last step to the first
 * daⁱ = dc ∘ g ∘ i ∘ (1 − i)   daᶠ = dc ∘ cₜ₋₁ ∘ f ∘ (1 − f)   daᵍ = dc ∘ i ∘ (1 − g²)   daᵒ = dh ∘ tanh(c) ∘ o ∘ (1 − o)
 * dWˣ += Σ daₜ xₜᵀ     dWʰ += Σ daₜ hₜ₋₁ᵀ     dbˣ, dbʰ += Σ daₜ, over batch and time     dxₜ = Wˣᵀ daₜ
 * </pre>
 *
 * The input must have rank 2 per example; otherwise {@link io.jacobi.nn.ShapeException} at build. All parameters start uniform in
 * ±1/√units; names, layout and start are those of {@code torch.nn.LSTM(batch_first=True)}.
 *
 * <p>Derivation: docs/derivations/lstm.md. Source: Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000 (the forget
 * gate); Jozefowicz, Zaremba and Sutskever 2015 (its bias).
 *
 * @param units the length of a state, at least 1
 * @param allStates whether the output is the state after every step, and not the last one only
 * @param forgetBias what is added to the forget gate's bias at the start: with 1 the cell forgets little until it learns to
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

    /** Gives the last state, and starts as PyTorch's does. */
    public Lstm(int units) {
        this(units, false, 0);
    }

    /** The same, giving the state after every step: what another recurrent layer behind it takes. */
    public Lstm withAllStates() {
        return new Lstm(units, true, forgetBias);
    }

    /** The same with another start of the forget gate. For things to remember over many steps, 1 is better than 0. */
    public Lstm withForgetBias(double bias) {
        return new Lstm(units, allStates, bias);
    }

    @Override
    public Shape declare(Shape input, Declarations d) {
        Recurrent.requireSequence(input);
        long time = input.dim(0);
        long rows = GATES * (long) units;
        Initializer start = Recurrent.start(units);
        d.parameter("weight_ih_l0", Shape.of(rows, input.dim(1)), start);
        d.parameter("weight_hh_l0", Shape.of(rows, units), start);
        d.parameter("bias_ih_l0", Shape.of(rows), new ForgetBiasStart(start, forgetBias));
        d.parameter("bias_hh_l0", Shape.of(rows), start);
        d.buffer("bias", Shape.of(rows)); // bˣ + bʰ
        d.saved("gates", Shape.of(time, rows)); // a, then i, f, g, o in its place
        d.saved("previousH", Shape.of(time, units)); // row t holds hₜ₋₁
        d.saved("previousC", Shape.of(time, units));
        d.saved("tanhC", Shape.of(time, units));
        d.saved("da", Shape.of(time, rows));
        d.saved("dh", Shape.of(1, units)); // what reaches a step from the one behind it
        d.saved("dc", Shape.of(1, units));
        return allStates ? Shape.of(time, units) : Shape.of(units);
    }

    @Override
    public void forward(Pass p) {
        Scratch s = p.scratch();
        INDArray gates = p.saved("gates");
        INDArray previous = p.saved("previousH");
        // A = bˣ + bʰ in every row, then A += X Wˣᵀ, all steps at once: no state is needed for it
        Vectors.copy(s, p.value("bias_ih_l0"), p.buffer("bias"));
        Vectors.addScaled(s, 1, p.value("bias_hh_l0"), p.buffer("bias"));
        Rows.fill(s, p.buffer("bias"), gates);
        StridedMatMul.addAbT(s, p.x(), p.value("weight_ih_l0"), gates);
        Vectors.fill(s, previous, 0);
        Vectors.fill(s, p.saved("previousC"), 0);
        int time = (int) p.x().size(1);
        for (int t = 0; t < time; t++) {
            // Aₜ += Hₜ₋₁ Wʰᵀ
            StridedMatMul.addAbT(s, previous, t, p.value("weight_hh_l0"), gates, t);
            step(p, t, time);
        }
    }

    @Override
    public void backward(Pass p) {
        Scratch s = p.scratch();
        INDArray da = p.saved("da");
        INDArray dh = p.saved("dh");
        Vectors.fill(s, dh, 0);
        Vectors.fill(s, p.saved("dc"), 0);
        int time = (int) p.x().size(1);
        for (int t = time - 1; t >= 0; t--) {
            stepBack(p, t, time);
            // Aₜ += Hₜ₋₁ Wʰᵀ   =>   dHₜ₋₁ = dAₜ Wʰ
            StridedMatMul.ab(s, da, t, p.value("weight_hh_l0"), dh, 0);
        }
        // the same weights at every step   =>   their gradients are sums over the steps
        // Aₜ += Hₜ₋₁ Wʰᵀ   =>   dWʰ += Σₜ dAₜᵀ Hₜ₋₁
        StridedMatMul.addATb(s, da, p.saved("previousH"), p.gradient("weight_hh_l0"));
        // A += X Wˣᵀ   =>   dWˣ += dAᵀ X   and   dX = dA Wˣ
        StridedMatMul.addATb(s, da, p.x(), p.gradient("weight_ih_l0"));
        if (p.needsInputGradient()) {
            StridedMatMul.ab(s, da, p.value("weight_ih_l0"), p.dx());
        }
        // A = bˣ + bʰ in every row   =>   dbˣ += Σ_batch Σₜ dAₜ, and dbʰ the same
        Rows.addSum(s, da, p.gradient("bias_ih_l0"));
        Rows.addSum(s, da, p.gradient("bias_hh_l0"));
    }

    /** From a, h and c of step t, for each example of the batch. */
    private void step(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span previousH = s.span(p.saved("previousH"));
        Span previousC = s.span(p.saved("previousC"));
        Span tanhs = s.span(p.saved("tanhC"));
        Span y = s.span(p.y());
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * GATES * units, GATES * units);
            double[] c = s.load(1, previousC, row * units, units);
            LstmCell.forward(units, a, c, s.doubles(2, units), s.doubles(3, units));
            s.store(0, gates, row * GATES * units, GATES * units);
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

    /** From dh and dc of step t, for each example: da of step t, and dc of the step before. */
    private void stepBack(Pass p, int t, int time) {
        Scratch s = p.scratch();
        Span gates = s.span(p.saved("gates"));
        Span previousC = s.span(p.saved("previousC"));
        Span tanhs = s.span(p.saved("tanhC"));
        Span das = s.span(p.saved("da"));
        Span dhs = s.span(p.saved("dh"));
        Span dcs = s.span(p.saved("dc"));
        Span dys = s.span(p.dy());
        for (int n = 0; n < p.batch(); n++) {
            int row = n * time + t;
            double[] a = s.load(0, gates, row * GATES * units, GATES * units);
            double[] dh = s.load(1, dhs, n * units, units);
            if (allStates || t == time - 1) {
                // yₜ = hₜ   =>   dhₜ += dyₜ
                Recurrent.add(s.load(3, dys, (allStates ? row : n) * units, units), dh, units);
            }
            double[] dc = s.load(2, dcs, n * units, units);
            LstmCell.outputBackward(units, s.load(3, tanhs, row * units, units), dh, a, dc);
            LstmCell.cellBackward(units, s.load(3, previousC, row * units, units), a, dc);
            s.store(0, das, row * GATES * units, GATES * units);
            s.store(2, dcs, n * units, units);
        }
    }

    @Override
    public String toString() {
        return "Lstm(" + units + (allStates ? ", all states" : "")
                + (forgetBias == 0 ? ")" : ", forget bias " + forgetBias + ")");
    }
}
