package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.jacobi.nn.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects nodes and the arrays that they read, in order of use. Every name is unique. */
final class GraphBuilder {

    private final List<NodeProto.Builder> nodes = new ArrayList<>();
    private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    Node node(String path, String operator, Value... inputs) {
        NodeProto.Builder node =
                NodeProto.newBuilder().setName(unused(path + "/" + operator)).setOpType(operator);
        for (Value input : inputs) {
            node.addInput(input.name());
        }
        nodes.add(node);
        return new Node(node);
    }

    /** Adds the tensor, unless an initializer of its name exists: tensors of equal names have equal content. */
    Value initializer(TensorProto tensor) {
        initializers.putIfAbsent(tensor.getName(), tensor);
        return new Value(tensor.getName());
    }

    /** Returns the name, with a number appended if it is taken. */
    String unused(String name) {
        int before = uses.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "_" + before;
    }

    GraphProto build(String name, ValueInfoProto input, Value last, ValueInfoProto output) {
        Value y = last;
        if (last.name().equals(input.getName()) || initializers.containsKey(last.name())) {
            // a graph output must be the output of a node
            y = node("", "Identity", last).value();
        }
        rename(y.name(), output.getName());
        GraphProto.Builder graph =
                GraphProto.newBuilder().setName(name).addInput(input).addOutput(output);
        nodes.forEach(graph::addNode);
        return graph.addAllInitializer(initializers.values()).build();
    }

    private void rename(String from, String to) {
        for (NodeProto.Builder node : nodes) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(from)) {
                    node.setInput(i, to);
                }
            }
            for (int i = 0; i < node.getOutputCount(); i++) {
                if (node.getOutput(i).equals(from)) {
                    node.setOutput(i, to);
                }
            }
        }
    }

    /** Describes an array {@code [batch, shape...]} with batches of any size. */
    static ValueInfoProto batchOf(String name, Shape shape, TensorProto.DataType type) {
        TensorShapeProto.Builder dims =
                TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("batch"));
        for (long dim : shape.dims()) {
            dims.addDim(Dimension.newBuilder().setDimValue(dim));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(dims)))
                .build();
    }
}
