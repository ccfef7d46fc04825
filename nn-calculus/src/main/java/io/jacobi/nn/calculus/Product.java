package io.jacobi.nn.calculus;

import org.nd4j.linalg.api.ndarray.INDArray;

/** C = A B, for arrays with the layouts that were given when the product was created. */
interface Product {

    void run(RunMemory memory, INDArray a, INDArray b, INDArray c);

    /** Chooses between loops and matrix products. */
    static Product of(PairLayout how, IndexLayout a, IndexLayout b, IndexLayout c, ContractionSizes sizes) {
        return how.isElementwise() ? new ElementProduct(how, a, b, c, sizes) : new PairProduct(how, a, b, c, sizes);
    }
}
