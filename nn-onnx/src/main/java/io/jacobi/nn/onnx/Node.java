package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;

/** A node that is already in the graph, for setting its attributes and reading its outputs. */
public final class Node {

    private final NodeProto.Builder proto;

    Node(NodeProto.Builder proto) {
        this.proto = proto;
    }

    /** Sets an integer attribute. */
    public Node with(String name, long value) {
        proto.addAttribute(attribute(name, AttributeType.INT).setI(value));
        return this;
    }

    /** Sets an attribute that is a list of integers. */
    public Node withInts(String name, long... values) {
        proto.addAttribute(attribute(name, AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
        return this;
    }

    /**
     * Sets a float attribute. ONNX has no double attributes, so the value is rounded whatever the type of the model.
     */
    public Node withFloat(String name, double value) {
        proto.addAttribute(attribute(name, AttributeType.FLOAT).setF((float) value));
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** The first output. */
    public Value value() {
        return output(0);
    }

    /** The output of an index. Outputs before it are omitted unless they are requested too. */
    public Value output(int index) {
        while (proto.getOutputCount() <= index) {
            proto.addOutput("");
        }
        if (proto.getOutput(index).isEmpty()) {
            proto.setOutput(index, index == 0 ? proto.getName() : proto.getName() + ":" + index);
        }
        return new Value(proto.getOutput(index));
    }
}
