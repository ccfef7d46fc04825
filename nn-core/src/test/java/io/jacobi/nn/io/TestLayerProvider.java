package io.jacobi.nn.io;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Initializer;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.TestLayers;
import java.util.List;
import java.util.Map;

/** A user's layers, registered in the service file of the tests. */
public final class TestLayerProvider implements LayerTypeProvider {

    enum Mode {
        FIRST,
        SECOND
    }

    record Part(int a, String b) {}

    /** A component of every kind that a file can hold. */
    record Everything(
            int i,
            long l,
            float f,
            double d,
            Double boxed,
            boolean b,
            String s,
            Mode mode,
            Part part,
            List<List<Integer>> lists,
            List<Layer> layers,
            Initializer initializer)
            implements Identity {}

    /** A component that a file cannot hold. */
    record WithObject(Object anything) implements Identity {}

    /** Changes its component, so that a stored layer would come back as another. */
    record Forgetful(int number) implements Identity {
        Forgetful {
            number = Math.abs(number) + 1;
        }
    }

    /** y = x. */
    interface Identity extends Layer {
        @Override
        default Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        default void forward(Pass p) {}

        @Override
        default void backward(Pass p) {}
    }

    @Override
    public Map<String, Class<? extends Layer>> layers() {
        return Map.of(
                "Dense", TestLayers.Dense.class,
                "Rectifier", TestLayers.Rectifier.class,
                "com.example.Everything", Everything.class,
                "WithObject", WithObject.class,
                "Forgetful", Forgetful.class);
    }
}
