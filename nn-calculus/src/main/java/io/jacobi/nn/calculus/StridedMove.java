package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Strides;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies an array to another layout: transposed, summed over indices that only the source has, and repeated along
 * indices that only the target has.
 */
final class StridedMove {

    private final int[] turns;
    private final int[] fromSteps;
    private final int[] toSteps;
    private final boolean sums;

    StridedMove(IndexLayout from, IndexLayout to, ContractionSizes sizes) {
        String summed = Indices.without(from.indices(), to.indices());
        String loops = to.indices() + summed;
        this.turns = sizes.turns(loops);
        this.fromSteps = from.strides(loops);
        this.toSteps = to.strides(loops);
        this.sums = !summed.isEmpty();
    }

    /** Overwrites the elements that the layout of the target reaches. */
    void run(Scratch s, INDArray from, INDArray to) {
        if (sums) {
            Vectors.fill(s, to, 0);
            Strides.add(s, turns, from, fromSteps, to, toSteps);
        } else {
            Strides.copy(s, turns, from, fromSteps, to, toSteps);
        }
    }
}
