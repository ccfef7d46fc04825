package io.jacobi.nn.check;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.optim.Penalty;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of several penalties, as a trainer adds them up; L1 and L2 make the elastic net of Zou and Hastie 2005. */
record PenaltySum(List<Penalty> terms) implements Penalty {

    @Override
    public double valueAndAddGradient(
            INDArray weights, List<Parameter> parameters, INDArray gradients, Scratch scratch) {
        double sum = 0;
        for (Penalty term : terms) {
            sum += term.valueAndAddGradient(weights, parameters, gradients, scratch);
        }
        return sum;
    }

    @Override
    public String toString() {
        return terms.stream().map(Object::toString).collect(Collectors.joining(" + "));
    }
}
