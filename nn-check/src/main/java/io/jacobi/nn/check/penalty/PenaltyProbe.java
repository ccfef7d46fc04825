package io.jacobi.nn.check.penalty;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.claim.Failures;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.optim.Penalty;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A penalty with weights to evaluate it on. Every claim about the penalty is tested on such a probe. */
record PenaltyProbe(Penalty subject, List<Parameter> parameters, INDArray weights) {

    private static final long SEED = 42;

    /** The value, the gradient afterwards, and a description of a change of the weights; empty if there is none. */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Result(double value, double[] gradient, String changed) {}

    /** Returns a probe with weights from a normal distribution. */
    static PenaltyProbe of(Penalty subject, List<Parameter> parameters) {
        double[] weights = new double
                [(int) parameters.stream().mapToLong(Parameter::end).max().orElse(0)];
        Initializers.normal(0, 1).fill(weights, Shape.of(weights.length), new SplittableRandom(SEED));
        return new PenaltyProbe(subject, parameters, vector(DataType.DOUBLE, weights));
    }

    private static INDArray vector(DataType type, double... values) {
        return Vectors.of(type, values, values.length);
    }

    int length() {
        return (int) weights.length();
    }

    /** Evaluates on gradients of 0. */
    Result run() {
        return run(new double[length()]);
    }

    /** Evaluates on these gradients. */
    Result run(double[] start) {
        double[] before = Vectors.toDoubles(weights);
        INDArray gradient = vector(weights.dataType(), start);
        double value = subject.valueAndAddGradient(weights, parameters, gradient, new Scratch());
        String changed = Failures.firstDifference("weights", before, Vectors.toDoubles(weights), 0);
        return new Result(value, Vectors.toDoubles(gradient), changed);
    }

    /** Returns the part of the weights that belongs to this parameter. */
    INDArray value(Parameter p) {
        return Memory.view(weights, p.offset(), p.shape().dims());
    }

    /** Returns the part of a gradient that belongs to this parameter. */
    static double[] part(double[] gradient, Parameter p) {
        return Arrays.copyOfRange(gradient, (int) p.offset(), (int) p.end());
    }

    PenaltyProbe inFloat() {
        return new PenaltyProbe(subject, parameters, vector(DataType.FLOAT, Vectors.toDoubles(weights)));
    }

    /** Returns a copy with other weights. */
    PenaltyProbe with(double[] values) {
        return new PenaltyProbe(subject, parameters, vector(weights.dataType(), values));
    }

    /** Returns a copy with all weights of one parameter replaced. */
    PenaltyProbe with(Parameter p, double value) {
        double[] values = Vectors.toDoubles(weights);
        Arrays.fill(values, (int) p.offset(), (int) p.end(), value);
        return new PenaltyProbe(subject, parameters, vector(weights.dataType(), values));
    }
}
