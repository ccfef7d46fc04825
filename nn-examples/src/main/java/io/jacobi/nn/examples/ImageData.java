package io.jacobi.nn.examples;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import java.util.List;
import java.util.Optional;

/**
 * Images with the index of their class as the target.
 *
 * @param name what records and messages call them
 * @param description what was recognised
 * @param train {@code [channels, height, width]} each, or vectors of pixels
 * @param test images that are not for training, if the data have some
 * @param labels the names of the classes
 * @param vectors whether a network without convolutions gets vectors: then its file does not know the size of an image
 */
record ImageData(
        String name,
        String description,
        ArrayDataset train,
        Optional<ArrayDataset> test,
        List<String> labels,
        boolean vectors) {

    /** These images as this network takes them. */
    ImageData shapedFor(ImageNetwork network) {
        return vectors && network == ImageNetwork.MLP
                ? reshaped(Shape.of(train.features().size()))
                : this;
    }

    /**
     * These images in another shape of the same size.
     *
     * @throws io.jacobi.nn.ShapeException if the sizes differ
     */
    ImageData reshaped(Shape shape) {
        return new ImageData(
                name, description, train.reshape(shape), test.map(set -> set.reshape(shape)), labels, vectors);
    }
}
