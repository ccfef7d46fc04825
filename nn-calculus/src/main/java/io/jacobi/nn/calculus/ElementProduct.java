package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Strides;
import io.jacobi.nn.math.Vectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The product of two arrays element by element, where matrices would be too small to justify a call of BLAS. */
final class ElementProduct implements Product {

    private final int[] turns;
    private final int[] aSteps;
    private final int[] bSteps;
    private final int[] cSteps;
    private final boolean sums;

    ElementProduct(PairLayout how, IndexLayout a, IndexLayout b, IndexLayout c, ContractionSizes sizes) {
        String loops = how.resultIndices() + how.contracted;
        this.turns = sizes.turns(loops);
        this.aSteps = a.strides(loops);
        this.bSteps = b.strides(loops);
        this.cSteps = c.strides(loops);
        this.sums = how.k() > 1;
    }

    @Override
    public void run(RunMemory memory, INDArray a, INDArray b, INDArray c) {
        Scratch s = memory.scratch();
        if (sums) {
            Vectors.fill(s, c, 0);
            Strides.addProduct(s, turns, a, aSteps, b, bSteps, c, cSteps);
        } else {
            Strides.product(s, turns, a, aSteps, b, bSteps, c, cSteps);
        }
    }
}
