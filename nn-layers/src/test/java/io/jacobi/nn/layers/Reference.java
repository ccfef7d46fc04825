package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Sequential;
import io.jacobi.nn.Shape;
import io.jacobi.nn.Workspace;
import io.jacobi.nn.init.Initializer;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Stepper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values recorded from PyTorch by reference/generate.py, and the comparison of ours with them: to 1e-10 in double and to 1e-5 in
 * float, relative to the largest element of each array.
 */
final class Reference {

    private static final double DOUBLE_TOLERANCE = 1e-10;
    private static final double FLOAT_TOLERANCE = 1e-5;
    private static final List<DataType> TYPES = List.of(DataType.DOUBLE, DataType.FLOAT);

    private final String group;
    private final JsonNode cases;
    private final Set<String> used = new HashSet<>();

    private Reference(String group, JsonNode cases) {
        this.group = group;
        this.cases = cases;
    }

    /** The cases of one group: {@code reference/<group>.json}. */
    static Reference load(String group) {
        try (InputStream in = Reference.class.getResourceAsStream("/reference/" + group + ".json")) {
            assertThat(in)
                    .as("reference/%s.json; made by reference/generate.py", group)
                    .isNotNull();
            return new Reference(group, JsonMapper.shared().readTree(in).get("cases"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode get(String name) {
        assertThat(cases.has(name)).as("case %s in %s", name, group).isTrue();
        used.add(name);
        return cases.get(name);
    }

    /** Fails unless every case of the group was compared: a recorded value that nobody looks at proves nothing. */
    void assertAllUsed() {
        assertThat(used)
                .as("cases of %s that a test compared", group)
                .containsExactlyInAnyOrderElementsOf(cases.propertyNames());
    }

    /** Output and all gradients of a layer in training, in double and float. */
    void compare(String name, Layer layer) {
        JsonNode recorded = get(name);
        for (DataType type : TYPES) {
            String what = group + "/" + name + " " + type + " ";
            JsonNode x = recorded.get("x");
            Sequential model = Sequential.input(shapeOf(x)).add(layer).build(type, 1);
            JsonNode parameters = recorded.get("parameters");
            assertThat(model.parameters()).as(what + "parameters").hasSize(parameters.size());
            for (Parameter p : model.parameters()) {
                assertThat(parameters.has(local(p)))
                        .as(what + "has a parameter " + local(p))
                        .isTrue();
                Vectors.set(model.value(p.path()), data(parameters.get(local(p))));
            }
            try (Workspace w = Workspace.withInputGradient(model, batchOf(x))) {
                Vectors.set(w.input(), data(x));
                w.forward(0, 0);
                assertClose(what + "y", type, recorded.get("y"), w.output());
                Vectors.set(w.outputGradient(), data(recorded.get("dy")));
                w.backward();
                if (recorded.has("dx")) {
                    assertClose(what + "dx", type, recorded.get("dx"), w.inputGradient());
                }
                for (Parameter p : model.parameters()) {
                    long size = p.shape().size();
                    INDArray gradient = Memory.view(w.gradients(), p.offset(), size);
                    assertClose(
                            what + "gradient of " + p.path(),
                            type,
                            recorded.get("gradients").get(local(p)),
                            gradient);
                }
                compareStates(what, type, recorded, model, w);
            }
        }
    }

    /** What training left behind, and the prediction that uses it, where the case has them. */
    private static void compareStates(String what, DataType type, JsonNode recorded, Sequential model, Workspace w) {
        assertThat(model.states())
                .as(what + "states")
                .hasSize(recorded.path("states").size());
        for (Parameter p : model.states()) {
            JsonNode expected = recorded.get("states").get(local(p));
            assertClose(what + "state " + p.path(), type, expected, model.value(p.path()));
        }
        if (recorded.has("predicted")) {
            Vectors.set(w.input(), data(recorded.get("x")));
            w.predict();
            assertClose(what + "prediction", type, recorded.get("predicted"), w.output());
        }
    }

    /** The name inside the layer: what PyTorch's module calls it. */
    private static String local(Parameter p) {
        return p.path().substring(p.path().indexOf('.') + 1);
    }

    /** Value and gradient of a loss, with weights for the examples if the case has them, in double and float. */
    void compare(String name, Loss loss) {
        JsonNode recorded = get(name);
        for (DataType type : TYPES) {
            String what = group + "/" + name + " " + type + " ";
            INDArray prediction = array(recorded.get("prediction"), type);
            INDArray target = array(recorded.get("target"), type);
            INDArray gradient = Memory.view(Memory.vector(type, prediction.length()), 0, prediction.shape());
            double value = recorded.has("weights")
                    ? loss.valueAndGradient(
                            prediction, target, array(recorded.get("weights"), type), gradient, new Scratch())
                    : loss.valueAndGradient(prediction, target, gradient, new Scratch());
            double expected = data(recorded.get("value"))[0];
            assertThat(value)
                    .as(what + "value")
                    .isCloseTo(expected, Assertions.within(tolerance(type) * Math.abs(expected)));
            assertClose(what + "gradient", type, recorded.get("gradient"), gradient);
        }
    }

    /** The weights after each step of an optimizer, and the rate of each, in double and float. */
    void compare(String name, Optimizer optimizer) {
        JsonNode recorded = get(name);
        double[] rates = data(recorded.get("rates"));
        double[] gradients = data(recorded.get("gradients"));
        double[] expected = data(recorded.get("weights"));
        for (DataType type : TYPES) {
            INDArray weights = array(recorded.get("start"), type);
            int n = (int) weights.length();
            INDArray gradient = Memory.vector(type, n);
            Stepper stepper = optimizer.start(weights, parameters(n, recorded));
            for (int step = 0; step < rates.length; step++) {
                String what = group + "/" + name + " " + type + " step " + step;
                double rate = optimizer.rate().rateAt(step);
                assertThat(rate).as(what + " rate").isCloseTo(rates[step], Assertions.within(1e-12));
                Vectors.set(gradient, Arrays.copyOfRange(gradients, step * n, (step + 1) * n));
                stepper.step(gradient, rate);
                double[] now = Arrays.copyOfRange(expected, step * n, (step + 1) * n);
                assertClose(what, type, now, Vectors.toDoubles(weights));
            }
        }
    }

    /** A weight, and if the case says so a bias at the end. */
    private static List<Parameter> parameters(int n, JsonNode recorded) {
        int bias = recorded.has("bias") ? recorded.get("bias").intValue() : 0;
        Initializer zeros = Initializer.zeros();
        Parameter weight = new Parameter("0.weight", Shape.of(1, n - bias), 0, zeros);
        return bias == 0 ? List.of(weight) : List.of(weight, new Parameter("0.bias", Shape.of(bias), n - bias, zeros));
    }

    /** The elements of one array of a case, for what fits none of the comparisons above. */
    double[] data(String name, String array) {
        return data(get(name).get(array));
    }

    private static double tolerance(DataType type) {
        return type == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
    }

    private static void assertClose(String what, DataType type, JsonNode expected, INDArray actual) {
        assertClose(what, type, data(expected), Vectors.toDoubles(actual));
    }

    private static void assertClose(String what, DataType type, double[] expected, double[] actual) {
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(actual)
                .as(what)
                .usingComparatorWithPrecision(tolerance(type) * scale)
                .containsExactly(expected);
    }

    private static Shape shapeOf(JsonNode array) {
        long[] whole = dims(array);
        return Shape.of(Arrays.copyOfRange(whole, 1, whole.length));
    }

    private static int batchOf(JsonNode array) {
        return (int) dims(array)[0];
    }

    private static long[] dims(JsonNode array) {
        long[] dims = new long[array.get("shape").size()];
        Arrays.setAll(dims, i -> array.get("shape").get(i).longValue());
        return dims;
    }

    private static double[] data(JsonNode array) {
        JsonNode data = array.get("data");
        double[] values = new double[data.size()];
        Arrays.setAll(values, i -> data.get(i).doubleValue());
        return values;
    }

    private static INDArray array(JsonNode recorded, DataType type) {
        double[] values = data(recorded);
        INDArray array = Memory.array(type, dims(recorded));
        Vectors.set(array, values);
        return array;
    }
}
