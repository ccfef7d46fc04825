package io.jacobi.nn.onnx;

import com.google.protobuf.ByteString;
import io.jacobi.nn.Shape;
import io.jacobi.nn.model.BranchPlan;
import io.jacobi.nn.model.LayerPlan;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One layer for its exporter: the layer's input, weights and shapes, and the graph to add nodes to. */
public final class LayerGraph {

    private final ModelExporter model;
    private final LayerPlan plan;
    private final Value x;

    LayerGraph(ModelExporter model, LayerPlan plan, Value x) {
        this.model = model;
        this.plan = plan;
        this.x = x;
    }

    /** The layer's input, {@code [batch, input shape...]}. */
    public Value x() {
        return x;
    }

    /** The shape of one input example. */
    public Shape input() {
        return plan.input();
    }

    /** The shape of one output example. */
    public Shape output() {
        return plan.output();
    }

    /** FLOAT or DOUBLE: the type of x, of the weights, and of the value that the exporter returns. */
    public DataType type() {
        return model.type();
    }

    /** A parameter or state, by its name within the layer, in its own shape. */
    public Value weight(String name) {
        INDArray array = array(name);
        return model.graph().initializer(Tensors.of(path(name), type(), Tensors.bytes(array), array.shape()));
    }

    /**
     * A parameter or state in another layout.
     *
     * @param bytes the elements in the new layout, little-endian, in the model's type
     */
    Value rearranged(String name, ByteString bytes, long... dims) {
        String unused = model.graph().unused(plan.path() + "/" + name);
        return model.graph().initializer(Tensors.of(unused, type(), bytes, dims));
    }

    /** The values of a parameter or state, by its name within the layer. */
    public INDArray array(String name) {
        if (!plan.parameters().containsKey(name) && !plan.states().containsKey(name)) {
            throw new IllegalArgumentException(plan.label() + " has no parameter \"" + name + "\"; it has "
                    + plan.parameters().keySet() + " and the states "
                    + plan.states().keySet());
        }
        return model.value(path(name));
    }

    private String path(String name) {
        return plan.path() + "." + name;
    }

    /** A constant of the model's type that broadcasts to any shape. */
    public Value constant(double value) {
        return model.graph().initializer(Tensors.of(type() + " " + value, type(), new double[] {value}));
    }

    /** A constant array of the model's type. */
    public Value constants(double[] values, long... dims) {
        String name = model.graph().unused(plan.path() + "/constants");
        return model.graph().initializer(Tensors.of(name, type(), values, dims));
    }

    /** A constant vector of integers, such as a shape or a list of axes. */
    public Value integers(long... values) {
        return model.graph().initializer(Tensors.integers("INT64 " + Arrays.toString(values), values));
    }

    /** Adds a node of an operator in ONNX's opset {@value OnnxExport#OPSET}; set its attributes on the result. */
    public Node node(String operator, Value... inputs) {
        return model.graph().node(plan.path(), operator, inputs);
    }

    /** Adds a node without attributes, and returns its output. */
    public Value apply(String operator, Value... inputs) {
        return node(operator, inputs).value();
    }

    /** Adds the branch that the layer declared under this name and that reads the layer's x, and returns its output. */
    public Value branch(String name) {
        return branch(name, x);
    }

    /** Adds the branch that the layer declared under this name, with an input of its own, and returns its output. */
    public Value branch(String name, Value input) {
        BranchPlan branch = plan.branches().get(name);
        if (branch == null) {
            throw new IllegalArgumentException(plan.label() + " has no branch \"" + name + "\"; it has "
                    + plan.branches().keySet());
        }
        return model.chain(branch.layers(), "child", input);
    }
}
