package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.Checkable;
import io.jacobi.nn.check.Claim;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.math.Scratch;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks on rows that fill a tile of scratch memory to the last element. In a tile that is not full, a loop that goes one step too
 * far reads and writes numbers that nobody looks at; here it leaves the array.
 *
 * @param check on such rows
 */
record TileChecks(GradientCheck check) implements Checkable {

    /** Runs the loops in float and those in double, and takes milliseconds. */
    private static final String CLAIM = "float agrees with double";

    static List<TileChecks> all() {
        return Stream.of(rows(), images()).flatMap(checks -> checks).toList();
    }

    private static Stream<TileChecks> rows() {
        return Stream.of(
                        new Elu(),
                        new Gelu(),
                        Gelu.tanh(),
                        new HardTanh(),
                        new LeakyRelu(0.3),
                        new LogSoftmax(),
                        new Relu(),
                        new Selu(),
                        new Sigmoid(),
                        new Silu(),
                        new Softmax(),
                        new Softplus(),
                        new Tanh(),
                        new Dropout(0.5),
                        new LayerNorm(),
                        new BatchNorm())
                .map(layer -> on(layer, Scratch.TILE));
    }

    /** Windows of one element, as many as the image has. */
    private static Stream<TileChecks> images() {
        return Stream.of(new MaxPool2d(1), new AvgPool2d(1), new GlobalAvgPool2d())
                .map(layer -> on(layer, 1, 32, Scratch.TILE / 32));
    }

    private static TileChecks on(Layer layer, long... input) {
        return new TileChecks(GradientCheck.of(layer).input(Shape.of(input)).batches(layer.couplesExamples() ? 3 : 1));
    }

    @Override
    public Layer subject() {
        return check.subject();
    }

    @Override
    public List<Claim> claims() {
        return check.claims().stream()
                .filter(claim -> claim.name().equals(CLAIM))
                .toList();
    }

    @Override
    public String toString() {
        return check.toString();
    }
}
