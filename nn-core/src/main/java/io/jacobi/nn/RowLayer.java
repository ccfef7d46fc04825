package io.jacobi.nn;

/**
 * A layer that is a function of one example at a time. The author writes that function and its derivative over
 * {@code double[]}, and needs no kernels, tiles or batches; the layer serves float and double models alike.
 *
 * <pre>{@code
 * public record Square() implements RowLayer {
 *
 *     public Shape declare(Shape input, Declarations d) {
 *         return input;
 *     }
 *
 *     public void forward(Row row) {
 *         for (int i = 0; i < row.x().length; i++) {
 *             row.y()[i] = row.x()[i] * row.x()[i];
 *         }
 *     }
 *
 *     public void backward(Row row) {
 *         for (int i = 0; i < row.x().length; i++) {
 *             row.dx()[i] = 2 * row.x()[i] * row.dy()[i];
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>Parameters, states and saved buffers are declared as in any layer; docs/add-a-layer.md has an example with a
 * parameter. A pass copies each example to the heap and back, and all parameters once, so a {@link Layer} that works on
 * the arrays of its {@link Pass} is faster. A layer with branches has to be such a layer.
 */
public interface RowLayer extends Layer {

    /** Writes all of {@code row.y()} from {@code row.x()}. Keeps no reference to {@code row} or its arrays. */
    void forward(Row row);

    /**
     * Writes all of {@code row.dx()} from {@code row.dy()}, and adds to the gradient of each parameter. It may skip dx
     * if {@link Row#needsInputGradient} does not hold.
     */
    void backward(Row row);

    @Override
    default void forward(Pass p) {
        p.forwardRows(this);
    }

    @Override
    default void backward(Pass p) {
        p.backwardRows(this);
    }
}
