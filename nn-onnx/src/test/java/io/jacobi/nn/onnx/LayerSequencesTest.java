package io.jacobi.nn.onnx;

import ai.onnxruntime.OrtException;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.ShapeException;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.layers.check.LayerChecks;
import io.jacobi.nn.model.Blueprint;
import io.jacobi.nn.model.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * ONNX Runtime replaces neighbouring operators by one when it opens a file, and some replacements are invalid. So pairs
 * and triples of layers are tested, some by name and others at random.
 */
class LayerSequencesTest {

    /** The profile sequences tests more. */
    private static final int SEQUENCES = Integer.getInteger("sequences", 600);

    private static final List<LayerCheck> CHECKS = LayerChecks.all();

    static Stream<Models> random() {
        List<Layer> followers = Models.all(DataType.FLOAT)
                .limit(CHECKS.size())
                .filter(model -> !model.readsIndices())
                .map(model -> model.model().layers().get(0))
                .toList();
        SplittableRandom random = new SplittableRandom(32);
        return Stream.generate(() -> sequence(followers, random))
                .limit(SEQUENCES)
                .filter(model -> model.model().dataType() == DataType.FLOAT || !model.isForFloatsOnly());
    }

    /** A layer on the inputs of its check, then one or two layers that take its output. */
    private static Models sequence(List<Layer> followers, SplittableRandom random) {
        LayerCheck first = CHECKS.get(random.nextInt(CHECKS.size()));
        int length = random.nextInt(2, 4);
        List<Layer> layers = new ArrayList<>(List.of(first.subject()));
        Blueprint blueprint = blueprint(first.input(), layers).orElseThrow();
        while (layers.size() < length) {
            layers.add(followers.get(random.nextInt(followers.size())));
            Optional<Blueprint> longer = blueprint(first.input(), layers);
            if (longer.isPresent()) {
                blueprint = longer.get();
            } else {
                layers.remove(layers.size() - 1);
            }
        }
        return Models.of(first, blueprint, random.nextBoolean() ? DataType.FLOAT : DataType.DOUBLE);
    }

    private static Optional<Blueprint> blueprint(Shape input, List<Layer> layers) {
        Sequential.Builder builder = Sequential.input(input);
        layers.forEach(builder::add);
        try {
            return Optional.of(builder.blueprint());
        } catch (ShapeException e) {
            return Optional.empty();
        }
    }

    static Stream<Models> byName() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(
                        // one element has no variance: ONNX Runtime's LayerNormalization refuses it
                        of(type, Shape.of(3), new Affine(1), new LayerNorm()),
                        of(type, Shape.of(1), new LayerNorm().overWholeExample()),
                        // not a SkipLayerNormalization, which takes weights of one dimension only
                        of(type, Shape.of(2, 3), Residual.of(new Tanh()), new LayerNorm().overWholeExample()),
                        of(type, Shape.of(3), Residual.of(new Tanh()), new LayerNorm()),
                        // not a Clip between bounds that are floats
                        of(type, Shape.of(4), new Relu(), new HardTanh()),
                        of(type, Shape.of(4), new Relu(), new HardTanh(0.2, 0.5)),
                        of(type, Shape.of(4), new Relu(), new HardTanh(-2, -1))));
    }

    private static Models of(DataType type, Shape input, Layer... layers) {
        LayerCheck check = CHECKS.get(0).input(input);
        return Models.of(check, blueprint(input, List.of(layers)).orElseThrow(), type);
    }

    @ParameterizedTest
    @MethodSource({"byName", "random"})
    void runsAsInJacobi(Models model) throws OrtException {
        try (Agreement agreement =
                new Agreement(model, model.file(), model.model().dataType())) {
            agreement.verify("batch of 1", model.examples(1));
            agreement.verify("batch of 3", model.examples(3));
        }
    }
}
