package io.jacobi.nn.model;

import io.jacobi.nn.Branch;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The passes of layers that follow each other, in a model or in a branch, run in order and backwards. */
record BoundChain(List<BoundPass> passes) implements Branch {

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
    public INDArray x() {
        return passes.get(0).x();
    }

    @Override
    public INDArray y() {
        return last().y();
    }

    @Override
    public INDArray dy() {
        return last().dy();
    }

    @Override
    public INDArray dx() {
        return passes.get(0).dx();
    }

    @Override
    public boolean needsInputGradient() {
        return passes.get(0).needsInputGradient();
    }

    private BoundPass last() {
        return passes.get(passes.size() - 1);
    }
}
