package io.jacobi.nn.scalar;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Numbers of any kind in the shape of an array, in row-major order. Immutable. It is meant for checks and lessons,
 * because every element is an object.
 *
 * @param <T> the kind of number
 */
public final class Tensor<T> {

    private final int[] shape;
    private final List<T> elements;

    private Tensor(int[] shape, List<T> elements) {
        this.shape = shape;
        this.elements = elements;
    }

    /**
     * Creates a tensor whose elements are a function of their position in row-major order.
     *
     * @throws IllegalArgumentException if a dimension is negative
     */
    public static <T> Tensor<T> of(int[] shape, IntFunction<T> element) {
        return new Tensor<>(
                shape.clone(), IntStream.range(0, size(shape)).mapToObj(element).toList());
    }

    /**
     * Creates a tensor whose elements are a function of their indices, one for each dimension: {@code byIndex(shape, at
     * -> a.get(at[0]).times(b.get(at[1])))}.
     *
     * @throws IllegalArgumentException if a dimension is negative
     */
    public static <T> Tensor<T> byIndex(int[] shape, Function<int[], T> element) {
        return of(shape, position -> element.apply(index(shape, position)));
    }

    private static int[] index(int[] shape, int position) {
        int[] index = new int[shape.length];
        int rest = position;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }

    private static int size(int[] shape) {
        if (Arrays.stream(shape).anyMatch(d -> d < 0)) {
            throw new IllegalArgumentException("A tensor cannot have the shape " + Arrays.toString(shape)
                    + "\n  expected dimensions of 0 or more");
        }
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** The dimensions, the batch first. */
    public int[] shape() {
        return shape.clone();
    }

    /** The number of dimensions. */
    public int rank() {
        return shape.length;
    }

    /** The length of one dimension. */
    public int dim(int axis) {
        return shape[axis];
    }

    /** The number of elements. */
    public int size() {
        return elements.size();
    }

    /** The elements in row-major order. */
    public List<T> elements() {
        return elements;
    }

    /** Returns the element at a position in row-major order. */
    public T at(int position) {
        return elements.get(position);
    }

    /**
     * Returns the element at these indices, one for each dimension.
     *
     * @throws IndexOutOfBoundsException if one is outside its dimension
     */
    public T get(int... index) {
        if (index.length != shape.length) {
            throw new IndexOutOfBoundsException(
                    index.length + " indices for a tensor of shape " + Arrays.toString(shape));
        }
        int position = 0;
        for (int axis = 0; axis < shape.length; axis++) {
            if (index[axis] < 0 || index[axis] >= shape[axis]) {
                throw new IndexOutOfBoundsException(
                        Arrays.toString(index) + " in a tensor of shape " + Arrays.toString(shape));
            }
            position = position * shape[axis] + index[axis];
        }
        return elements.get(position);
    }

    /** Returns a tensor of this shape with a function of each element. */
    public <R> Tensor<R> map(Function<? super T, ? extends R> f) {
        return new Tensor<>(shape, elements.stream().<R>map(f).toList());
    }

    /**
     * Returns a tensor of these elements in another shape.
     *
     * @throws IllegalArgumentException if it has another number of elements, or a negative dimension
     */
    public Tensor<T> reshape(int... newShape) {
        if (size(newShape) != size()) {
            throw new IllegalArgumentException("A tensor of shape " + Arrays.toString(shape) + " was to become "
                    + Arrays.toString(newShape) + "\n  expected a shape of " + size() + " elements");
        }
        return new Tensor<>(newShape.clone(), elements);
    }

    @Override
    public String toString() {
        return Arrays.toString(shape) + " " + elements;
    }
}
