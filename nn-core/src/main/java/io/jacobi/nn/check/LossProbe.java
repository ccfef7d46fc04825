package io.jacobi.nn.check;

import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss with a batch to evaluate it on: what every check of that loss runs on. */
record LossProbe(Loss subject, INDArray prediction, INDArray target, Optional<INDArray> weights) {

    /** What a loss gave, and which of its inputs it changed. */
    @SuppressWarnings("ArrayRecordComponent") // carried from one method to another, compared by nobody
    record Result(double value, double[] gradient, double weight, String changed) {}

    int batch() {
        return (int) prediction.size(0);
    }

    /** Evaluates on a gradient buffer that held NaN. */
    Result run() {
        double[] before = Vectors.toDoubles(prediction);
        double[] targetBefore = Vectors.toDoubles(target);
        INDArray gradient =
                Memory.view(Memory.vector(prediction.dataType(), prediction.length()), 0, prediction.shape());
        Scratch scratch = new Scratch();
        Vectors.fill(scratch, gradient, Double.NaN);
        double value = weights.isPresent()
                ? subject.valueAndGradient(prediction, target, weights.get(), gradient, scratch)
                : subject.valueAndGradient(prediction, target, gradient, scratch);
        double weight =
                weights.isPresent() ? subject.weight(target, weights.get(), scratch) : subject.weight(target, scratch);
        String changed = Failures.join(
                LayerContract.firstDifference("prediction", before, Vectors.toDoubles(prediction), 0),
                LayerContract.firstDifference("target", targetBefore, Vectors.toDoubles(target), 0));
        return new Result(value, Vectors.toDoubles(gradient), weight, changed);
    }

    /** The same batch, weighed. */
    LossProbe weighed(double... values) {
        INDArray vector = Memory.vector(prediction.dataType(), values.length);
        Vectors.set(vector, values);
        return new LossProbe(subject, prediction, target, Optional.of(vector));
    }

    /** A batch of these examples, without weights. */
    LossProbe examples(int... rows) {
        return new LossProbe(subject, rows(prediction, rows), rows(target, rows), Optional.empty());
    }

    LossProbe inFloat() {
        return new LossProbe(subject, inFloat(prediction), inFloat(target), weights.map(LossProbe::inFloat));
    }

    /** The same with one element of the prediction replaced. */
    LossProbe withPrediction(int index, double value) {
        return new LossProbe(subject, replaced(prediction, index, value), target, weights);
    }

    /** The same with one element of the target replaced. */
    LossProbe withTarget(int index, double value) {
        return new LossProbe(subject, prediction, replaced(target, index, value), weights);
    }

    /** How many values one example's prediction has. */
    int outputs() {
        return (int) (prediction.length() / batch());
    }

    private static INDArray rows(INDArray array, int... rows) {
        // a copy: shape() gives the array that ND4J itself goes by
        long[] shape = array.shape().clone();
        long width = array.length() / shape[0];
        shape[0] = rows.length;
        INDArray chosen = Memory.view(Memory.vector(array.dataType(), rows.length * width), 0, shape);
        IntStream.range(0, rows.length).forEach(i -> Vectors.copy(array, rows[i] * width, chosen, i * width, width));
        return chosen;
    }

    private static INDArray inFloat(INDArray array) {
        INDArray single = Memory.view(Memory.vector(DataType.FLOAT, array.length()), 0, array.shape());
        Vectors.copy(array, 0, single, 0, array.length());
        return single;
    }

    private static INDArray replaced(INDArray array, int index, double value) {
        double[] values = Vectors.toDoubles(array);
        values[index] = value;
        INDArray copy = Memory.view(Memory.vector(array.dataType(), array.length()), 0, array.shape());
        Vectors.set(copy, values);
        return copy;
    }
}
