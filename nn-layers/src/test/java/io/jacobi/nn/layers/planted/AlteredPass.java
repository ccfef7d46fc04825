package io.jacobi.nn.layers.planted;

import io.jacobi.nn.Branch;
import io.jacobi.nn.Pass;
import io.jacobi.nn.RowLayer;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A pass with one or two wrong arrays or answers, on which a correct layer makes a mistake. */
final class AlteredPass implements Pass {

    private final Pass real;
    private final Map<String, INDArray> arrays = new HashMap<>();
    private boolean training;
    private int firstExample;
    private long key;

    private AlteredPass(Pass real) {
        this.real = real;
        this.training = real.training();
        this.firstExample = real.firstExample();
        this.key = real.key();
    }

    static AlteredPass of(Pass real) {
        return new AlteredPass(real);
    }

    /** Replaces {@code x}, {@code y}, {@code dy}, {@code dx}, or the array that was declared under the given name. */
    AlteredPass with(String name, INDArray array) {
        arrays.put(name, array);
        return this;
    }

    AlteredPass training(boolean value) {
        training = value;
        return this;
    }

    AlteredPass firstExample(int value) {
        firstExample = value;
        return this;
    }

    AlteredPass key(long value) {
        key = value;
        return this;
    }

    /** A changed copy of an array. */
    static INDArray copy(INDArray array, Consumer<double[]> change) {
        INDArray copy = Memory.array(array.dataType(), array.shape().clone());
        double[] values = Vectors.toDoubles(array);
        change.accept(values);
        Vectors.set(copy, values);
        return copy;
    }

    /** Changes an array in place. */
    static void change(INDArray array, Consumer<double[]> change) {
        double[] values = Vectors.toDoubles(array);
        change.accept(values);
        Vectors.set(array, values);
    }

    @Override
    public INDArray x() {
        return arrays.containsKey("x") ? arrays.get("x") : real.x();
    }

    @Override
    public INDArray y() {
        return arrays.containsKey("y") ? arrays.get("y") : real.y();
    }

    @Override
    public INDArray dy() {
        return arrays.containsKey("dy") ? arrays.get("dy") : real.dy();
    }

    @Override
    public INDArray dx() {
        return arrays.containsKey("dx") ? arrays.get("dx") : real.dx();
    }

    @Override
    public INDArray value(String name) {
        return arrays.containsKey(name) ? arrays.get(name) : real.value(name);
    }

    @Override
    public void storeState(String name, double[] values) {
        INDArray state = value(name);
        Vectors.set(state, Arrays.copyOf(values, (int) state.length()));
    }

    @Override
    public INDArray gradient(String parameter) {
        return real.gradient(parameter);
    }

    @Override
    public INDArray saved(String name) {
        return arrays.containsKey(name) ? arrays.get(name) : real.saved(name);
    }

    @Override
    public INDArray buffer(String name) {
        return arrays.containsKey(name) ? arrays.get(name) : real.buffer(name);
    }

    @Override
    public Branch branch(String name) {
        return real.branch(name);
    }

    @Override
    public List<? extends Branch> branches() {
        return real.branches();
    }

    @Override
    public boolean training() {
        return training;
    }

    @Override
    public boolean needsInputGradient() {
        return real.needsInputGradient();
    }

    @Override
    public int batch() {
        return real.batch();
    }

    @Override
    public int firstExample() {
        return firstExample;
    }

    @Override
    public long key() {
        return key;
    }

    @Override
    public Scratch scratch() {
        return real.scratch();
    }

    @Override
    public void forwardRows(RowLayer layer) {
        real.forwardRows(layer);
    }

    @Override
    public void backwardRows(RowLayer layer) {
        real.backwardRows(layer);
    }
}
