package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.Checkable;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.check.claim.Claim;
import io.jacobi.nn.layers.check.ScalarLayers;
import io.jacobi.nn.math.Scratch;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks at the ends of tiles of scratch memory. Each makes the one claim that finds most mistakes there, because all
 * claims would take minutes.
 *
 * @param check the check, on inputs of such sizes
 * @param claim the name of the claim
 */
record TileChecks(LayerCheck check, String claim) implements Checkable {

    static List<TileChecks> all() {
        return Stream.of(fullRows(), fullImages(), cutRows())
                .flatMap(checks -> checks)
                .toList();
    }

    /**
     * In a full tile, a loop that goes one step too far leaves the array; in any other tile it reads unused numbers.
     */
    private static Stream<TileChecks> fullRows() {
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
                .map(layer -> full(layer, Scratch.TILE));
    }

    /** Windows of one element, one for each element of the image. */
    private static Stream<TileChecks> fullImages() {
        return Stream.of(new MaxPool2d(1), new AvgPool2d(1), new GlobalAvgPool2d())
                .map(layer -> full(layer, 1, 32, Scratch.TILE / 32));
    }

    /** A tile ends in the middle of an example or of a channel, and channels end in the middle of the next tile. */
    private static Stream<TileChecks> cutRows() {
        return Stream.of(
                        on(new BatchNorm(), 5, 700).batches(2),
                        on(new Dropout(0.3), 2100).batches(2),
                        on(new Embedding(2, 2100), 2)
                                .inputs((values, shape, random) -> Arrays.setAll(values, i -> i % 2))
                                .parametersOnly(),
                        on(new GlobalAvgPool2d(), 2, 50, 50),
                        on(new LayerNorm(), 3, 900),
                        on(new LogSoftmax(), 3, 900),
                        on(new Softmax(), 3, 900))
                .map(check -> new TileChecks(check, "dual numbers"));
    }

    /** The checks in float and in double. */
    private static TileChecks full(Layer layer, long... input) {
        return new TileChecks(on(layer, input).batches(layer.couplesExamples() ? 3 : 1), "float agrees with double");
    }

    private static LayerCheck on(Layer layer, long... input) {
        return GradientCheck.of(layer).input(Shape.of(input)).scalars(ScalarLayers.of(layer));
    }

    @Override
    public Layer subject() {
        return check.subject();
    }

    @Override
    public List<Claim> claims() {
        return check.claims().stream().filter(each -> each.name().equals(claim)).toList();
    }

    @Override
    public String toString() {
        return check.toString();
    }
}
