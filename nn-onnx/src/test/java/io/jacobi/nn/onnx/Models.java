package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.NetworkCheck;
import io.jacobi.nn.init.Initializers;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.layers.check.NetworkChecks;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Models whose weights and statistics differ from their initial values, so that they reveal errors, and example inputs.
 */
record Models(String name, Sequential model, Initializer inputs) {

    /** The operators in docs/onnx.md that ONNX Runtime 1.22 implements for floats only. */
    private static final Set<String> FOR_FLOATS_ONLY = Set.of("AveragePool", "Conv", "Erf", "GRU", "LSTM");

    private static final Initializer NUMBERS = Initializers.normal(0, 1);

    /** Every configuration of every layer, and networks of layers, in the given precision. */
    static Stream<Models> all(DataType type) {
        return Stream.concat(
                LayerChecks.all().stream().map(check -> of(check, type)),
                NetworkChecks.all().stream().map(check -> of(check, type)));
    }

    private static Models of(LayerCheck check, DataType type) {
        return of(check, Sequential.input(check.input()).add(check.subject()).blueprint(), type);
    }

    /** A model on the inputs of a check, named after its layers. */
    static Models of(LayerCheck check, Blueprint layers, DataType type) {
        return new Models(layers.layers() + " on " + check.input(), perturbed(layers.draw(type, 1)), check.inputs());
    }

    private static Models of(NetworkCheck check, DataType type) {
        Sequential model = check.subject().model().copy(type);
        Layer first = model.layers().get(0);
        return new Models(
                check.subject().name(),
                perturbed(model),
                first instanceof Embedding words ? indices(words.vocabulary()) : NUMBERS);
    }

    private static Initializer indices(int count) {
        return (values, shape, random) -> {
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(count);
            }
        };
    }

    /** Sets biases and means that are not 0 and variances that are not 1. */
    private static Sequential perturbed(Sequential model) {
        SplittableRandom random = new SplittableRandom(2);
        perturb(model.weights(), random, -0.3);
        perturb(model.state(), random, 0.1);
        return model;
    }

    private static void perturb(INDArray values, SplittableRandom random, double least) {
        if (!values.isEmpty()) {
            double[] perturbed = Vectors.toDoubles(values);
            for (int i = 0; i < perturbed.length; i++) {
                perturbed[i] += random.nextDouble(least, 0.5);
            }
            Vectors.set(values, perturbed);
        }
    }

    /** The exported file. */
    ModelProto file() {
        try {
            return ModelProto.parseFrom(OnnxExport.of(model).toBytes());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    boolean isForFloatsOnly() {
        return Protos.operators(file()).stream().anyMatch(FOR_FLOATS_ONLY::contains);
    }

    boolean readsIndices() {
        return Protos.operators(file()).contains("Gather");
    }

    /** Returns a copy with other example inputs. */
    Models withInputs(Initializer other) {
        return new Models(name, model, other);
    }

    /** Example inputs {@code [batch, input shape...]}. */
    INDArray examples(int batch) {
        Shape shape = model.inputShape();
        INDArray x = Memory.array(model.dataType(), shape.withBatch(batch));
        double[] values = new double[Math.toIntExact(x.length())];
        inputs.fill(values, shape, new SplittableRandom(3));
        Vectors.set(x, values);
        return x;
    }

    @Override
    public String toString() {
        return name;
    }
}
