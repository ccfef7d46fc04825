package io.jacobi.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Parameter;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.compare.Oracle;
import io.jacobi.nn.check.recorded.Recorded;
import io.jacobi.nn.check.recorded.Recordings;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.math.Memory;
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

/**
 * Values that reference/generate.py has recorded from PyTorch, and comparisons with them: to 1e-10 in double and to
 * 1e-5 in float, relative to the largest element of each array.
 */
public final class Reference {

    private static final double DOUBLE_TOLERANCE = 1e-10;
    private static final double FLOAT_TOLERANCE = 1e-5;
    private static final List<DataType> TYPES = List.of(DataType.DOUBLE, DataType.FLOAT);

    private final String group;
    private final Recordings cases;
    private final Set<String> used = new HashSet<>();

    private Reference(String group, Recordings cases) {
        this.group = group;
        this.cases = cases;
    }

    /** The cases of one group: {@code reference/<group>.json}. */
    public static Reference load(String group) {
        String file = "reference/" + group + ".json";
        try (InputStream in = Reference.class.getResourceAsStream("/" + file)) {
            assertThat(in).as("%s; made by reference/generate.py", file).isNotNull();
            return new Reference(group, Recordings.read(in, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Recorded get(String name) {
        used.add(name);
        return cases.get(name);
    }

    /**
     * Fails unless every case of the group was compared, because a recorded value that no test reads proves nothing.
     */
    public void assertAllUsed() {
        assertThat(used)
                .as("cases of %s that a test compared", group)
                .containsExactlyInAnyOrderElementsOf(cases.names());
    }

    /** Compares output, all gradients, states and prediction of a layer, in double and float. */
    public void compare(String name, Layer layer) {
        compare(name, GradientCheck.of(layer));
    }

    /** Compares a layer whose check has further settings, such as an input of indices. */
    public void compare(String name, LayerCheck check) {
        check.recorded(get(name)).only(Oracle.RECORDED).verify();
    }

    /**
     * Compares value and gradient of a loss, with weights for the examples if the case has them, in double and float.
     */
    public void compare(String name, Loss loss) {
        GradientCheck.of(loss).recorded(get(name)).verify();
    }

    /** Compares the weights after each step of an optimizer and the rate of each step, in double and float. */
    public void compare(String name, Optimizer optimizer) {
        Recorded recorded = get(name);
        double[] rates = recorded.values("rates");
        double[] gradients = recorded.values("gradients");
        double[] expected = recorded.values("weights");
        for (DataType type : TYPES) {
            INDArray weights = recorded.array("start", type);
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

    /** A weight, followed by a bias if the case has one. */
    private static List<Parameter> parameters(int n, Recorded recorded) {
        int bias = recorded.has("bias") ? (int) recorded.values("bias")[0] : 0;
        Initializer zeros = Initializers.zeros();
        Parameter weight = new Parameter("0.weight", Shape.of(1, n - bias), 0, zeros);
        return bias == 0 ? List.of(weight) : List.of(weight, new Parameter("0.bias", Shape.of(bias), n - bias, zeros));
    }

    /** The elements of one array of a case, for a test that compares by itself. */
    public double[] data(String name, String array) {
        return get(name).values(array);
    }

    private static void assertClose(String what, DataType type, double[] expected, double[] actual) {
        double tolerance = type == DataType.DOUBLE ? DOUBLE_TOLERANCE : FLOAT_TOLERANCE;
        double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
        assertThat(actual)
                .as(what)
                .usingComparatorWithPrecision(tolerance * scale)
                .containsExactly(expected);
    }
}
