package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.Conv2d;
import io.jacobi.nn.layers.Dropout;
import io.jacobi.nn.layers.Flatten;
import io.jacobi.nn.layers.MaxPool2d;
import io.jacobi.nn.layers.Relu;
import io.jacobi.nn.model.Sequential;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** The networks for images. */
enum ImageNetwork {
    /** Fully connected layers. */
    MLP {
        @Override
        List<Integer> hidden() {
            return List.of(512, 256);
        }

        @Override
        Sequential build(Shape input, List<Integer> hidden, double dropout, int classes, long seed) {
            Sequential.Builder builder = Sequential.input(input);
            return head(input.rank() == 1 ? builder : builder.add(new Flatten()), hidden, dropout, classes, seed);
        }
    },
    /** Two blocks of convolution and pooling, with 16 and 32 channels, before the fully connected layers. */
    CNN {
        @Override
        List<Integer> hidden() {
            return List.of(128);
        }

        @Override
        Sequential build(Shape input, List<Integer> hidden, double dropout, int classes, long seed) {
            Sequential.Builder blocks = Sequential.input(input)
                    .add(new Conv2d(16, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Conv2d(32, 3).withPadding(1))
                    .add(new Relu())
                    .add(new MaxPool2d(2))
                    .add(new Flatten());
            return head(blocks, hidden, dropout, classes, seed);
        }
    };

    /** The default units of the fully connected hidden layers. */
    abstract List<Integer> hidden();

    /**
     * Builds the network with new weights.
     *
     * @param input {@code [channels, height, width]}, or a vector of pixels for MLP
     * @param hidden the units of each fully connected hidden layer
     * @param dropout the dropout rate after each of these layers; 0 for none
     */
    abstract Sequential build(Shape input, List<Integer> hidden, double dropout, int classes, long seed);

    private static Sequential head(
            Sequential.Builder builder, List<Integer> hidden, double dropout, int classes, long seed) {
        for (int units : hidden) {
            builder.add(new Affine(units)).add(new Relu());
            if (dropout != 0) {
                builder.add(new Dropout(dropout));
            }
        }
        return builder.add(new Affine(classes)).build(DataType.FLOAT, seed);
    }
}
