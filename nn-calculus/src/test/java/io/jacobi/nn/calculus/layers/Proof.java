package io.jacobi.nn.calculus.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.calculus.Formula;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.model.Workspace;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Compares a layer with its formula at random values in double: the output, and every gradient. */
final class Proof {

    private static final Map<String, String> PARAMETERS =
            Map.of("W", "weight", "gamma", "weight", "b", "bias", "beta", "bias");

    private final LayerFormula formula;
    private final Map<String, INDArray> values;

    private Proof(LayerFormula formula, Map<String, INDArray> values) {
        this.formula = formula;
        this.values = values;
    }

    /** The errors by name: "Y", and each input of the formula. */
    static Map<String, Double> of(
            LayerFormula formula, Layer layer, Shape example, int batch, Map<String, INDArray> constants) {
        Sequential model = Sequential.input(example).add(layer).build(DataType.DOUBLE, 1);
        SplittableRandom random = new SplittableRandom(3);
        Map<String, INDArray> values = new HashMap<>(constants);
        try (Workspace w = Workspace.withInputGradient(model, batch)) {
            if (!model.parameters().isEmpty()) {
                fill(model.weights(), random);
            }
            fill(w.input(), random);
            w.forward(0, 0);
            fill(w.outputGradient(), random);
            w.clearGradients();
            w.backward();
            values.put("X", w.input());
            values.put("dY", w.outputGradient());
            Pass pass = w.pass(0);
            for (Parameter parameter : model.parameters()) {
                String name = parameter.name().substring(parameter.name().indexOf('.') + 1);
                formula.inputs().stream()
                        .filter(input -> name.equals(PARAMETERS.get(input)))
                        .forEach(input -> values.put(input, pass.value(name)));
            }
            Proof proof = new Proof(formula, values);
            Map<String, Double> errors = new LinkedHashMap<>();
            errors.put("Y", error(proof.evaluated(formula.forward()), w.output()));
            for (String input : formula.inputs()) {
                INDArray runs =
                        input.equals("X") ? w.inputGradient() : pass.gradient(PARAMETERS.getOrDefault(input, input));
                errors.put(input, error(proof.derivative(input), runs));
            }
            return errors;
        }
    }

    private INDArray derivative(String input) {
        return evaluated(formula.backward(input).derivative());
    }

    private INDArray evaluated(Formula what) {
        return what.evaluate(values);
    }

    /** The largest difference, relative to the largest element. */
    static double error(INDArray derived, INDArray runs) {
        double[] expected = Vectors.toDoubles(derived);
        double[] received = Vectors.toDoubles(runs);
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < received.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(expected[i] - received[i]));
        }
        return difference / largest;
    }

    static INDArray fill(INDArray array, SplittableRandom random) {
        Vectors.set(array, random.doubles(array.length(), -2, 2).toArray());
        return array;
    }

    static INDArray random(SplittableRandom random, long... shape) {
        return fill(Memory.array(DataType.DOUBLE, shape), random);
    }

    static INDArray number(double value) {
        INDArray number = Memory.array(DataType.DOUBLE);
        Vectors.set(number, new double[] {value});
        return number;
    }
}
