package io.jacobi.nn.model;

import io.jacobi.nn.Children;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The passes of a chain, run in order and backwards: a whole model's, or those inside a layer. */
record BoundChildren(List<BoundPass> passes) implements Children {

    @Override
    public void forward() {
        for (int i = 0; i < passes.size(); i++) {
            forward(i);
        }
    }

    void forward(int index) {
        BoundPass pass = passes.get(index);
        pass.layer().forward(pass);
    }

    @Override
    public void backward() {
        for (int i = passes.size() - 1; i >= 0; i--) {
            backward(i);
        }
    }

    void backward(int index) {
        BoundPass pass = passes.get(index);
        if (pass.isNeeded()) {
            pass.layer().backward(pass);
        }
    }

    @Override
    public INDArray y() {
        return last().y();
    }

    @Override
    public INDArray dx() {
        return passes.get(0).dx();
    }

    BoundPass last() {
        return passes.get(passes.size() - 1);
    }
}
