package io.jacobi.nn.calculus;

import org.nd4j.linalg.api.ndarray.INDArray;

/** C = A B, for arrays that lie as was said when it was made. */
interface Product {

    void run(RunMemory memory, INDArray a, INDArray b, INDArray c);

    /** How to get C from A and B. */
    static Product of(PairLayout how, IndexLayout a, IndexLayout b, IndexLayout c, ContractionSizes sizes) {
        return how.isElementwise() ? new ElementProduct(how, a, b, c, sizes) : new PairProduct(how, a, b, c, sizes);
    }
}
