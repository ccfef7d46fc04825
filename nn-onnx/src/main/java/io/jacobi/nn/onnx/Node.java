package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Arrays;

/** An operator of ONNX and its inputs, while its attributes are set. It is in the graph already. */
public final class Node {

    private final NodeProto.Builder proto;

    Node(NodeProto.Builder proto) {
        this.proto = proto;
    }

    /** Sets an attribute that is a whole number. */
    public Node with(String name, long value) {
        proto.addAttribute(attribute(name, AttributeType.INT).setI(value));
        return this;
    }

    /** Sets an attribute that is a list of whole numbers. */
    public Node withInts(String name, long... values) {
        proto.addAttribute(attribute(name, AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList()));
        return this;
    }

    /** Sets an attribute that is a number. ONNX has floats there, whatever the type of the model: it is rounded. */
    public Node withFloat(String name, double value) {
        proto.addAttribute(attribute(name, AttributeType.FLOAT).setF((float) value));
        return this;
    }

    private static AttributeProto.Builder attribute(String name, AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** What the node gives. */
    public Value value() {
        return output(0);
    }

    /** The output of that index; those before it are left out unless they are asked for. */
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
