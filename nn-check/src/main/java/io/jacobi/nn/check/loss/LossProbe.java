package io.jacobi.nn.check.loss;

import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss with a batch to evaluate it on. Every claim about the loss is tested on such a probe. */
record LossProbe(Loss subject, INDArray prediction, INDArray target, Optional<INDArray> weights) {

    /** The value, gradient and divisor of a loss, and a description of the inputs that it changed; empty if none. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Result(double value, double[] gradient, double divisor, String changed) {}

    int batch() {
        return (int) prediction.size(0);
    }

    /** Evaluates on a gradient buffer that held NaN, and restores inputs that the loss changed. */
    Result run() {
        List<INDArray> inputs =
                Stream.concat(Stream.of(prediction, target), weights.stream()).toList();
        List<double[]> before = inputs.stream().map(Vectors::toDoubles).toList();
        INDArray gradient =
                Vectors.of(prediction.dataType(), new double[(int) prediction.length()], prediction.shape());
        Scratch scratch = new Scratch();
        Vectors.fill(scratch, gradient, Double.NaN);
        double value = subject.valueAndGradient(prediction, target, weights, gradient, scratch);
        double divisor = subject.divisor(target, weights, scratch);
        List<String> changes = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            String name = List.of("prediction", "target", "weights").get(i);
            changes.add(Failures.firstDifference(name, before.get(i), Vectors.toDoubles(inputs.get(i)), 0));
            Vectors.set(inputs.get(i), before.get(i));
        }
        String changed = Failures.join(changes);
        return new Result(value, Vectors.toDoubles(gradient), divisor, changed);
    }

    /** Returns this batch with weights. */
    LossProbe weighted(double... values) {
        INDArray vector = Vectors.of(prediction.dataType(), values, values.length);
        return new LossProbe(subject, prediction, target, Optional.of(vector));
    }

    /** The predictions. */
    double[] values() {
        return Vectors.toDoubles(prediction);
    }

    /** The weight of each example; 1 if there are no weights. */
    List<Double> weightOfEach() {
        return weights.map(w -> Arrays.stream(Vectors.toDoubles(w)).boxed().toList())
                .orElseGet(() -> Collections.nCopies(batch(), 1.0));
    }

    /** Returns a batch of these examples, without weights. */
    LossProbe examples(int... rows) {
        return new LossProbe(subject, rows(prediction, rows), rows(target, rows), Optional.empty());
    }

    /** Returns the whole batch repeated, one copy after another, weights included. */
    LossProbe repeated(int times) {
        int[] rows = IntStream.range(0, times * batch()).map(i -> i % batch()).toArray();
        return new LossProbe(subject, rows(prediction, rows), rows(target, rows), weights.map(w -> rows(w, rows)));
    }

    LossProbe inFloat() {
        return new LossProbe(subject, inFloat(prediction), inFloat(target), weights.map(LossProbe::inFloat));
    }

    /** Returns a copy with one element of the prediction replaced. */
    LossProbe withPrediction(int index, double value) {
        return new LossProbe(subject, replaced(prediction, index, value), target, weights);
    }

    /** Returns a copy with every element of the prediction replaced by a function of its position and its value. */
    LossProbe withPredictions(ToDoubleBiFunction<Integer, Double> value) {
        double[] values = Vectors.toDoubles(prediction);
        Arrays.setAll(values, i -> value.applyAsDouble(i, values[i]));
        return new LossProbe(subject, Vectors.of(prediction.dataType(), values, prediction.shape()), target, weights);
    }

    /** Returns a copy with other predictions. */
    LossProbe withPredictions(double[] values) {
        return withPredictions((i, value) -> values[i]);
    }

    /** Returns a copy with other targets. */
    LossProbe withTargets(double[] values) {
        return new LossProbe(subject, prediction, Vectors.of(target.dataType(), values, target.shape()), weights);
    }

    /** Returns a copy with one element of the target replaced. */
    LossProbe withTarget(int index, double value) {
        return new LossProbe(subject, prediction, replaced(target, index, value), weights);
    }

    /** The number of values in one example's prediction. */
    int outputs() {
        return (int) (prediction.length() / batch());
    }

    private static INDArray rows(INDArray array, int... rows) {
        double[] values = Vectors.toDoubles(array);
        // a copy, because shape() returns ND4J's own array
        long[] shape = array.shape().clone();
        int width = values.length / (int) shape[0];
        shape[0] = rows.length;
        double[] chosen = new double[rows.length * width];
        Arrays.setAll(chosen, i -> values[rows[i / width] * width + i % width]);
        return Vectors.of(array.dataType(), chosen, shape);
    }

    private static INDArray inFloat(INDArray array) {
        return Vectors.of(DataType.FLOAT, Vectors.toDoubles(array), array.shape());
    }

    private static INDArray replaced(INDArray array, int index, double value) {
        double[] values = Vectors.toDoubles(array);
        values[index] = value;
        return Vectors.of(array.dataType(), values, array.shape());
    }
}
