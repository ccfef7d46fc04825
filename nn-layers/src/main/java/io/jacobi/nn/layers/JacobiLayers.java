package io.jacobi.nn.layers;

import io.jacobi.nn.Layer;
import io.jacobi.nn.io.LayerTypeProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The layers of this package, by the simple names that model files use. */
public final class JacobiLayers implements LayerTypeProvider {

    private static final List<Class<? extends Layer>> LAYERS = List.of(
            Affine.class,
            AvgPool2d.class,
            BatchNorm.class,
            Chain.class,
            Concat.class,
            Conv2d.class,
            Dropout.class,
            Elu.class,
            Embedding.class,
            Flatten.class,
            Gelu.class,
            GlobalAvgPool2d.class,
            Gru.class,
            HardTanh.class,
            LayerNorm.class,
            LeakyRelu.class,
            LogSoftmax.class,
            Lstm.class,
            MaxPool2d.class,
            Relu.class,
            Reshape.class,
            Residual.class,
            Selu.class,
            Sigmoid.class,
            Silu.class,
            Slice.class,
            Softmax.class,
            Softplus.class,
            Tanh.class);

    @Override
    public Map<String, Class<? extends Layer>> layers() {
        return LAYERS.stream().collect(Collectors.toUnmodifiableMap(Class::getSimpleName, Function.identity()));
    }
}
