package io.jacobi.nn.onnx;

import io.jacobi.nn.Layer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The exporter of each layer type. Immutable. */
final class Exporters {

    private static final Exporters JACOBI = new Exporters(Map.of())
            .and(BasicExporters::addTo)
            .and(ActivationExporters::addTo)
            .and(NormalizationExporters::addTo)
            .and(ImageExporters::addTo)
            .and(SequenceExporters::addTo);

    private final Map<Class<?>, LayerExporter<?>> byType;

    private Exporters(Map<Class<?>, LayerExporter<?>> byType) {
        this.byType = Map.copyOf(byType);
    }

    /** The exporters of the layers of nn-layers. */
    static Exporters jacobi() {
        return JACOBI;
    }

    /** Adds the exporters of one group of layers. */
    @FunctionalInterface
    interface Group {
        Exporters addTo(Exporters known);
    }

    private Exporters and(Group group) {
        return group.addTo(this);
    }

    <L extends Layer> Exporters with(Class<L> type, LayerExporter<? super L> exporter) {
        Map<Class<?>, LayerExporter<?>> more = new HashMap<>(byType);
        more.put(type, exporter);
        return new Exporters(more);
    }

    /** Adds the layer to the graph. */
    Value export(Layer layer, LayerGraph g) {
        LayerExporter<?> exporter = byType.get(layer.getClass());
        if (exporter == null) {
            String name = layer.getClass().getSimpleName();
            throw new OnnxExportException("no ONNX form is known"
                    + "\n  expected one of " + names()
                    + "\n  fix: OnnxExport.of(model).with(" + name + ".class, exporter) exports a " + name
                    + " with your own exporter");
        }
        return cast(exporter).export(layer, g);
    }

    @SuppressWarnings("unchecked") // with() maps a layer type to an exporter of that type
    private static LayerExporter<Layer> cast(LayerExporter<?> exporter) {
        return (LayerExporter<Layer>) exporter;
    }

    private String names() {
        return byType.keySet().stream().map(Class::getSimpleName).sorted().collect(Collectors.joining(", "));
    }
}
