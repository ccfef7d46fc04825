package io.jacobi.nn.calculus;

import io.jacobi.nn.math.BlockMatMul.Size;
import io.jacobi.nn.math.PlacedMatMul;
import io.jacobi.nn.math.PlacedMatMul.Place;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Strides;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** Multiplies two arrays as a {@link PairLayout} says. */
final class PairProduct {

    private final Scratch s;
    private final ContractionSizes sizes;
    private final DataType type;

    PairProduct(Scratch s, ContractionSizes sizes, DataType type) {
        this.s = s;
        this.sizes = sizes;
        this.type = type;
    }

    /** A new array of the product. */
    IndexedArray of(IndexedArray a, IndexedArray b, String result) {
        PairLayout how = PairLayout.of(a.layout(), b.layout(), result, null);
        IndexedArray c = IndexedArray.zeros(type, how.resultIndices(), sizes);
        run(how, a, b, c);
        return c;
    }

    /** The product, into zeros that lie as they must. */
    void into(IndexedArray a, IndexedArray b, IndexedArray target) {
        run(PairLayout.of(a.layout(), b.layout(), target.indices(), target.layout()), a, b, target);
    }

    private void run(PairLayout how, IndexedArray a, IndexedArray b, IndexedArray c) {
        if (how.isElementwise()) {
            String loops = how.resultIndices() + how.contracted;
            Strides.addProduct(
                    s,
                    turns(loops),
                    a.array(),
                    a.layout().strides(loops),
                    b.array(),
                    b.layout().strides(loops),
                    c.array(),
                    c.layout().strides(loops));
            return;
        }
        try (IndexedArray left = how.copiesLeft ? copy(a, how.batch + how.rows + how.contracted) : borrowed(a);
                IndexedArray right = how.copiesRight ? copy(b, how.batch + how.contracted + how.columns) : borrowed(b);
                IndexedArray result =
                        how.copiesResult ? IndexedArray.zeros(type, how.resultIndices(), sizes) : borrowed(c)) {
            multiply(how, left, right, result);
            if (how.copiesResult) {
                move(result, c);
            }
        }
    }

    private static IndexedArray borrowed(IndexedArray array) {
        return new IndexedArray(array.array(), array.layout(), false);
    }

    private IndexedArray copy(IndexedArray from, String indices) {
        IndexedArray to = IndexedArray.zeros(type, indices, sizes);
        move(from, to);
        return to;
    }

    private void move(IndexedArray from, IndexedArray to) {
        String loops = to.indices();
        Strides.copy(
                s,
                turns(loops),
                from.array(),
                from.layout().strides(loops),
                to.array(),
                to.layout().strides(loops));
    }

    /** One product of matrices for each value of the batch indices. */
    private void multiply(PairLayout how, IndexedArray a, IndexedArray b, IndexedArray c) {
        Size size = new Size(Math.toIntExact(how.m()), Math.toIntExact(how.n()), Math.toIntExact(how.k()));
        Place aPlace = Objects.requireNonNull(a.layout().place(how.rows, how.contracted));
        Place bPlace = Objects.requireNonNull(b.layout().place(how.contracted, how.columns));
        Place cPlace = Objects.requireNonNull(c.layout().place(how.rows, how.columns));
        int[] turns = turns(how.batch);
        int[] aSteps = a.layout().strides(how.batch);
        int[] bSteps = b.layout().strides(how.batch);
        int[] cSteps = c.layout().strides(how.batch);
        int products = Math.toIntExact(sizes.product(how.batch));
        for (int product = 0; product < products; product++) {
            PlacedMatMul.ab(
                    s,
                    size,
                    a.array(),
                    offset(product, turns, aSteps),
                    aPlace,
                    b.array(),
                    offset(product, turns, bSteps),
                    bPlace,
                    c.array(),
                    offset(product, turns, cSteps),
                    cPlace);
        }
    }

    /** Where the loops have led to when the last of them, which turns fastest, has turned so often. */
    private static int offset(int turn, int[] turns, int[] steps) {
        int at = 0;
        int left = turn;
        for (int d = turns.length - 1; d >= 0; d--) {
            at += left % turns[d] * steps[d];
            left /= turns[d];
        }
        return at;
    }

    private int[] turns(String loops) {
        return loops.chars().map(c -> Math.toIntExact(sizes.size((char) c))).toArray();
    }
}
