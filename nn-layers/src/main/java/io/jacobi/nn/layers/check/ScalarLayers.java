package io.jacobi.nn.layers.check;

import io.jacobi.nn.Layer;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.AvgPool2d;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.layers.Concat;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Elu;
import io.jacobi.nn.layers.Embedding;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.Gelu;
import io.jacobi.nn.layers.GlobalAvgPool2d;
import io.jacobi.nn.layers.Gru;
import io.jacobi.nn.layers.HardTanh;
import io.jacobi.nn.layers.LayerNorm;
import io.jacobi.nn.layers.LeakyRelu;
import io.jacobi.nn.layers.LogSoftmax;
import io.jacobi.nn.layers.Lstm;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.layers.Reshape;
import io.jacobi.nn.layers.Residual;
import io.jacobi.nn.layers.Selu;
import io.jacobi.nn.layers.Sigmoid;
import io.jacobi.nn.layers.Silu;
import io.jacobi.nn.layers.Slice;
import io.jacobi.nn.layers.Softmax;
import io.jacobi.nn.layers.Softplus;
import io.jacobi.nn.layers.Tanh;
import io.jacobi.nn.scalar.Real;
import io.jacobi.nn.scalar.ScalarLayer;
import io.jacobi.nn.scalar.ScalarPass;
import io.jacobi.nn.scalar.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the scalar forward pass of a layer, for {@link io.jacobi.nn.check.LayerCheck#scalars}.
 *
 * <pre>{@code
 * ScalarLayers.of(new Lstm(4));                                                    // a layer of Jacobi's
 * ScalarLayers.with(Scale.class, ScaleScalars::forward)                            // or of yours,
 *         .twin(Chain.of(new Affine(3), new Residual(new Scale()), new Tanh()));   // also inside of others
 * }</pre>
 *
 * Immutable: {@link #and} returns a new one.
 */
public final class ScalarLayers {

    private static final ScalarLayers JACOBI = new ScalarLayers(Map.of())
            .and(Affine.class, ScalarBasics::affine)
            .and(Embedding.class, ScalarBasics::embedding)
            .and(Flatten.class, ScalarBasics::flatten)
            .and(Reshape.class, ScalarBasics::reshape)
            .and(Slice.class, ScalarBasics::slice)
            .and(Dropout.class, ScalarBasics::dropout)
            .and(Relu.class, ScalarActivations::relu)
            .and(LeakyRelu.class, ScalarActivations::leakyRelu)
            .and(Elu.class, ScalarActivations::elu)
            .and(Selu.class, ScalarActivations::selu)
            .and(Gelu.class, ScalarActivations::gelu)
            .and(Silu.class, ScalarActivations::silu)
            .and(Softplus.class, ScalarActivations::softplus)
            .and(Sigmoid.class, ScalarActivations::sigmoid)
            .and(Tanh.class, ScalarActivations::tanh)
            .and(HardTanh.class, ScalarActivations::hardTanh)
            .and(Softmax.class, ScalarRows::softmax)
            .and(LogSoftmax.class, ScalarRows::logSoftmax)
            .and(LayerNorm.class, ScalarNormalizations::layerNorm)
            .and(BatchNorm.class, ScalarNormalizations::batchNorm)
            .and(Conv2d.class, ScalarConvolution::conv2d)
            .and(MaxPool2d.class, ScalarPooling::maxPool2d)
            .and(AvgPool2d.class, ScalarPooling::avgPool2d)
            .and(GlobalAvgPool2d.class, ScalarPooling::globalAvgPool2d)
            .and(Lstm.class, ScalarSequences::lstm)
            .and(Gru.class, ScalarSequences::gru);

    private final Map<Class<?>, ScalarForward<?>> forwards;

    private ScalarLayers(Map<Class<?>, ScalarForward<?>> forwards) {
        this.forwards = Map.copyOf(forwards);
    }

    /**
     * That of a layer of Jacobi's.
     *
     * @throws IllegalArgumentException if it is another's, or holds such a layer
     */
    public static ScalarLayer of(Layer layer) {
        return JACOBI.twin(layer);
    }

    /** Those of Jacobi's layers, and one for another class. */
    public static <L extends Layer> ScalarLayers with(Class<L> type, ScalarForward<? super L> forward) {
        return JACOBI.and(type, forward);
    }

    /** These, and one for another class; for a class that is here already, in its place. */
    public <L extends Layer> ScalarLayers and(Class<L> type, ScalarForward<? super L> forward) {
        Map<Class<?>, ScalarForward<?>> more = new HashMap<>(forwards);
        more.put(type, forward);
        return new ScalarLayers(more);
    }

    /**
     * That of a layer, and of those that it holds if it is a {@link Chain}, a {@link Residual} or a {@link Concat}.
     *
     * @throws IllegalArgumentException if there is none for one of them
     */
    public ScalarLayer twin(Layer layer) {
        if (layer instanceof Chain chain) {
            return new ScalarChain(twins(chain.layers()));
        }
        if (layer instanceof Residual residual) {
            return new ScalarResidual(new ScalarChain(twins(residual.layers())));
        }
        if (layer instanceof Concat concat) {
            return new ScalarConcat(twins(concat.branches()));
        }
        ScalarForward<?> forward = forwards.get(layer.getClass());
        if (forward == null) {
            throw new IllegalArgumentException("There is no scalar forward pass of " + layer
                    + "\n  expected a layer of Jacobi's, or one that was given"
                    + "\n  fix: ScalarLayers.with(" + layer.getClass().getSimpleName()
                    + ".class, ...).twin(layer), with its forward pass written over Real");
        }
        return bind(forward, layer);
    }

    private List<ScalarLayer> twins(List<Layer> layers) {
        return layers.stream().map(this::twin).toList();
    }

    @SuppressWarnings("unchecked") // and() admits a forward for its own class only
    private static <L extends Layer> ScalarLayer bind(ScalarForward<L> forward, Layer layer) {
        return new Bound<>(forward, (L) layer);
    }

    private record Bound<L extends Layer>(ScalarForward<L> forward, L layer) implements ScalarLayer {
        @Override
        public <T extends Real<T>> Tensor<T> forward(ScalarPass<T> p) {
            return forward.of(layer, p);
        }
    }
}
