package io.jacobi.nn.calculus;

import io.jacobi.nn.math.PlacedMatMul;
import io.jacobi.nn.math.Scratch;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The product of two arrays as matrices, one for each value of the batch indices. An array whose layout BLAS cannot
 * read is copied.
 */
final class PairProduct implements Product {

    private final @Nullable Copy left;
    private final @Nullable Copy right;
    private final @Nullable Copy result;
    private final PlacedMatMul product;
    private final int[] turns;
    private final int[] aSteps;
    private final int[] bSteps;
    private final int[] cSteps;

    /** A dense copy of an array with another layout. */
    private record Copy(IndexLayout layout, StridedMove move) {

        INDArray like(INDArray array, RunMemory memory) {
            return memory.take(array.dataType(), layout.length());
        }
    }

    PairProduct(PairLayout how, IndexLayout a, IndexLayout b, IndexLayout c, ContractionSizes sizes) {
        this.left = how.copiesLeft ? into(a, how.batch + how.rows + how.contracted, sizes) : null;
        this.right = how.copiesRight ? into(b, how.batch + how.contracted + how.columns, sizes) : null;
        IndexLayout dense = IndexLayout.rowMajor(how.resultIndices(), sizes);
        this.result = how.copiesResult ? new Copy(dense, new StridedMove(dense, c, sizes)) : null;
        IndexLayout aLayout = left == null ? a : left.layout;
        IndexLayout bLayout = right == null ? b : right.layout;
        IndexLayout cLayout = result == null ? c : dense;
        this.product = PlacedMatMul.of(
                Objects.requireNonNull(aLayout.place(how.rows, how.contracted)),
                Objects.requireNonNull(bLayout.place(how.contracted, how.columns)),
                Objects.requireNonNull(cLayout.place(how.rows, how.columns)));
        this.turns = sizes.turns(how.batch);
        this.aSteps = aLayout.strides(how.batch);
        this.bSteps = bLayout.strides(how.batch);
        this.cSteps = cLayout.strides(how.batch);
    }

    private static Copy into(IndexLayout from, String indices, ContractionSizes sizes) {
        IndexLayout dense = IndexLayout.rowMajor(indices, sizes);
        return new Copy(dense, new StridedMove(from, dense, sizes));
    }

    @Override
    public void run(RunMemory memory, INDArray a, INDArray b, INDArray c) {
        Scratch s = memory.scratch();
        INDArray x = left == null ? a : left.like(a, memory);
        INDArray y = right == null ? b : right.like(b, memory);
        INDArray z = result == null ? c : result.like(c, memory);
        if (left != null) {
            left.move.run(s, a, x);
        }
        if (right != null) {
            right.move.run(s, b, y);
        }
        multiply(s, x, y, z);
        if (result != null) {
            result.move.run(s, z, c);
            memory.giveBack(z);
        }
        if (left != null) {
            memory.giveBack(x);
        }
        if (right != null) {
            memory.giveBack(y);
        }
    }

    private void multiply(Scratch s, INDArray a, INDArray b, INDArray c) {
        int products = 1;
        for (int turn : turns) {
            products *= turn;
        }
        for (int turn = 0; turn < products; turn++) {
            product.ab(s, a, offset(turn, aSteps), b, offset(turn, bSteps), c, offset(turn, cSteps));
        }
    }

    /** The offset of the batch element with this number, where the last loop varies fastest. */
    private int offset(int turn, int... steps) {
        int at = 0;
        int left = turn;
        for (int d = turns.length - 1; d >= 0; d--) {
            at += left % turns[d] * steps[d];
            left /= turns[d];
        }
        return at;
    }
}
