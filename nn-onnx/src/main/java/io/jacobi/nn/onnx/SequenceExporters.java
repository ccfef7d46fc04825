package io.jacobi.nn.onnx;

import com.google.protobuf.ByteString;
import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.Lstm;

/**
 * Exporters of recurrent layers: ONNX puts the time before the batch, adds a dimension for directions, and orders the
 * gates differently.
 */
final class SequenceExporters {

    /** ONNX orders the gates of an LSTM i, o, f, g; Jacobi, like PyTorch, i, f, g, o. */
    private static final int[] LSTM_GATES = {0, 3, 1, 2};

    /** ONNX orders the gates of a GRU z, r, g; Jacobi, like PyTorch, r, z, g. */
    private static final int[] GRU_GATES = {1, 0, 2};

    private SequenceExporters() {}

    static Exporters addTo(Exporters known) {
        return known.with(Lstm.class, SequenceExporters::lstm).with(Gru.class, SequenceExporters::gru);
    }

    private static Value lstm(Lstm layer, LayerGraph g) {
        return states(recurrent("LSTM", LSTM_GATES, layer.units(), g), layer.allStates(), g);
    }

    private static Value gru(Gru layer, LayerGraph g) {
        // r ∘ (Wʰ h + bʰ), not Wʰ (r ∘ h) + bʰ
        Node gru = recurrent("GRU", GRU_GATES, layer.units(), g).with("linear_before_reset", 1);
        return states(gru, layer.allStates(), g);
    }

    private static Node recurrent(String operator, int[] gates, int units, LayerGraph g) {
        long rows = (long) gates.length * units;
        ByteString biases = reordered(g, "bias_ih_l0", gates).concat(reordered(g, "bias_hh_l0", gates));
        return g.node(
                        operator,
                        timeAndBatchSwapped(g, g.x()),
                        g.rearranged(
                                "weight_ih_l0",
                                reordered(g, "weight_ih_l0", gates),
                                1,
                                rows,
                                g.input().dim(1)),
                        g.rearranged("weight_hh_l0", reordered(g, "weight_hh_l0", gates), 1, rows, units),
                        g.rearranged("biases", biases, 1, 2 * rows))
                .with("hidden_size", units);
    }

    /** Returns the gates' blocks of rows in ONNX's order. */
    private static ByteString reordered(LayerGraph g, String name, int... gates) {
        ByteString bytes = Tensors.bytes(g.array(name));
        int block = bytes.size() / gates.length;
        ByteString reordered = ByteString.EMPTY;
        for (int gate : gates) {
            reordered = reordered.concat(bytes.substring(gate * block, (gate + 1) * block));
        }
        return reordered;
    }

    private static Value states(Node recurrent, boolean all, LayerGraph g) {
        if (!all) {
            // the last state [directions, batch, units]
            return g.apply("Squeeze", recurrent.output(1), g.integers(0));
        }
        // [time, directions, batch, units]
        return timeAndBatchSwapped(g, g.apply("Squeeze", recurrent.output(0), g.integers(1)));
    }

    private static Value timeAndBatchSwapped(LayerGraph g, Value sequence) {
        return g.node("Transpose", sequence).withInts("perm", 1, 0, 2).value();
    }
}
