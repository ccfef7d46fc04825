package io.jacobi.nn.layers.check;

import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Recurrent layers, one example after another, step by step, as their papers and PyTorch's documentation state them. */
final class ScalarSequences {

    private ScalarSequences() {}

    /** i, f, g, o = σ, σ, tanh, σ of (Wˣ x + bˣ + Wʰ h + bʰ); c ← f c + i g; h = o tanh(c). */
    static <T extends Real<T>> Tensor<T> lstm(Lstm layer, ScalarPass<T> p) {
        int units = layer.units();
        List<T> states = new ArrayList<>();
        for (int n = 0; n < p.batch(); n++) {
            List<T> h = Collections.nCopies(units, p.constant(0));
            List<T> c = Collections.nCopies(units, p.constant(0));
            for (int t = 0; t < p.x().dim(1); t++) {
                List<T> nextC = new ArrayList<>();
                List<T> nextH = new ArrayList<>();
                for (int k = 0; k < units; k++) {
                    T i = both(p, n, t, h, k).sigmoid();
                    T f = both(p, n, t, h, units + k).sigmoid();
                    T g = both(p, n, t, h, 2 * units + k).tanh();
                    T o = both(p, n, t, h, 3 * units + k).sigmoid();
                    nextC.add(f.times(c.get(k)).plus(i.times(g)));
                    nextH.add(o.times(nextC.get(k).tanh()));
                }
                c = nextC;
                h = nextH;
                states.addAll(h);
            }
        }
        return output(p, units, layer.allStates(), states);
    }

    /** r, z = σ of (Wˣ x + bˣ + Wʰ h + bʰ); g = tanh(Wˣ x + bˣ + r (Wʰ h + bʰ)); h ← (1 − z) g + z h. */
    static <T extends Real<T>> Tensor<T> gru(Gru layer, ScalarPass<T> p) {
        int units = layer.units();
        List<T> states = new ArrayList<>();
        for (int n = 0; n < p.batch(); n++) {
            List<T> h = Collections.nCopies(units, p.constant(0));
            for (int t = 0; t < p.x().dim(1); t++) {
                List<T> nextH = new ArrayList<>();
                for (int k = 0; k < units; k++) {
                    T r = both(p, n, t, h, k).sigmoid();
                    T z = both(p, n, t, h, units + k).sigmoid();
                    T ofState = ofState(p, h, 2 * units + k);
                    T g = ofInput(p, n, t, 2 * units + k).plus(r.times(ofState)).tanh();
                    nextH.add(z.negate().plus(1).times(g).plus(z.times(h.get(k))));
                }
                h = nextH;
                states.addAll(h);
            }
        }
        return output(p, units, layer.allStates(), states);
    }

    private static <T extends Real<T>> T both(ScalarPass<T> p, int n, int t, List<T> h, int row) {
        return ofInput(p, n, t, row).plus(ofState(p, h, row));
    }

    /** A row of Wˣ x + bˣ. */
    private static <T extends Real<T>> T ofInput(ScalarPass<T> p, int n, int t, int row) {
        T sum = p.value("bias_ih_l0").get(row);
        for (int j = 0; j < p.x().dim(2); j++) {
            sum = sum.plus(p.value("weight_ih_l0").get(row, j).times(p.x().get(n, t, j)));
        }
        return sum;
    }

    /** A row of Wʰ h + bʰ. */
    private static <T extends Real<T>> T ofState(ScalarPass<T> p, List<T> h, int row) {
        T sum = p.value("bias_hh_l0").get(row);
        for (int k = 0; k < h.size(); k++) {
            sum = sum.plus(p.value("weight_hh_l0").get(row, k).times(h.get(k)));
        }
        return sum;
    }

    /** All states, {@code [batch, time, units]}, or the last of each example, {@code [batch, units]}. */
    private static <T extends Real<T>> Tensor<T> output(ScalarPass<T> p, int units, boolean all, List<T> states) {
        int time = p.x().dim(1);
        return all
                ? Tensor.of(new int[] {p.batch(), time, units}, states::get)
                : Tensor.byIndex(
                        new int[] {p.batch(), units}, at -> states.get((at[0] * time + time - 1) * units + at[1]));
    }
}
