package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.datasets.Mnist;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The networks that {@code jacobi mnist} can train. */
enum MnistModel {
    /** Fully connected layers. */
    MLP {
        @Override
        List<Integer> hidden() {
            return List.of(512, 256);
        }

        @Override
        Shape input(Shape image) {
            return Shape.of(image.size());
        }

        @Override
        Sequential build(Shape input, List<Integer> hidden, double dropout, long seed) {
            return head(Sequential.input(input), hidden, dropout, seed);
        }
    },
    /** Two blocks of convolution and pooling, with 16 and 32 channels, before the fully connected layers. */
    CNN {
        @Override
        List<Integer> hidden() {
            return List.of(128);
        }

        @Override
        Shape input(Shape image) {
            long side = Math.round(Math.sqrt((double) image.size()));
            return Shape.of(1, side, side);
        }

        @Override
        Sequential build(Shape input, List<Integer> hidden, double dropout, long seed) {
            Sequential.Builder blocks = Sequential.input(input)
                    .add(new Conv2d(16, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Conv2d(32, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Flatten());
            return head(blocks, hidden, dropout, seed);
        }
    };

    /** The default units of the fully connected hidden layers. */
    abstract List<Integer> hidden();

    /** The network's input shape for an image that is stored as a vector of shape {@code image}. */
    abstract Shape input(Shape image);

    /**
     * Builds the network with new weights.
     *
     * @param hidden the units of each fully connected hidden layer
     * @param dropout the dropout rate after each of these layers; 0 for none
     */
    abstract Sequential build(Shape input, List<Integer> hidden, double dropout, long seed);

    private static Sequential head(Sequential.Builder builder, List<Integer> hidden, double dropout, long seed) {
        for (int units : hidden) {
            builder.add(new Affine(units)).add(new Relu());
            if (dropout != 0) {
                builder.add(new Dropout(dropout));
            }
        }
        return builder.add(new Affine(Mnist.CLASSES)).build(DataType.FLOAT, seed);
    }
}
