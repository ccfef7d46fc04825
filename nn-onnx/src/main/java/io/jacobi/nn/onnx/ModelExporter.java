package io.jacobi.nn.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import io.jacobi.nn.Shape;
import io.jacobi.nn.model.LayerPlan;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A single export: adds the layers of a model to a graph one by one. */
final class ModelExporter {

    private final Sequential model;
    private final Exporters exporters;
    private final GraphBuilder graph = new GraphBuilder();

    ModelExporter(Sequential model, Exporters exporters) {
        this.model = model;
        this.exporters = exporters;
    }

    GraphProto export() {
        Value last = chain(model.blueprint().plans(), "Layer", new Value(OnnxExport.INPUT));
        return graph.build(
                "jacobi",
                batch(OnnxExport.INPUT, model.inputShape()),
                last,
                batch(OnnxExport.OUTPUT, model.outputShape()));
    }

    private ai.onnx.proto.OnnxMl.ValueInfoProto batch(String name, Shape shape) {
        return GraphBuilder.batchOf(name, shape, Tensors.type(type()));
    }

    /** Adds consecutive layers, and returns the output of the last. */
    Value chain(List<LayerPlan> plans, String kind, Value x) {
        Value y = x;
        for (LayerPlan plan : plans) {
            try {
                y = exporters.export(plan.layer(), new LayerGraph(this, plan, y));
            } catch (OnnxExportException e) {
                throw e.in(kind + " " + (plan.index() + 1) + " of " + plans.size() + ", " + plan.label());
            }
        }
        return y;
    }

    GraphBuilder graph() {
        return graph;
    }

    DataType type() {
        return model.dataType();
    }

    INDArray value(String path) {
        return model.value(path);
    }
}
