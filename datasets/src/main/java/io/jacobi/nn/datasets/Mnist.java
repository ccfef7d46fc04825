package io.jacobi.nn.datasets;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * MNIST, bundled: 60,000 handwritten digits to train on and 10,000 to test on, 28 x 28 pixels, classes 0 to 9.
 *
 * <p>Each example is a vector of 784 pixels from 0 (background) to 1, row by row; {@code reshape(Shape.of(1, 28, 28))}
 * returns images. Each set is read once per process and then kept off the heap: 188 MB and 31 MB.
 *
 * <p>Source: LeCun, Bottou, Bengio and Haffner 1998; licence and attribution are beside the files in the jar.
 */
public final class Mnist {

    /** The number of classes: the digits. */
    public static final int CLASSES = 10;

    private Mnist() {}

    /** The 60,000 training examples. */
    public static ArrayDataset train() {
        return Train.SET;
    }

    /** The 10,000 test examples. */
    public static ArrayDataset test() {
        return Test.SET;
    }

    private static ArrayDataset load(String prefix) {
        String images = "mnist/" + prefix + "-images-idx3-ubyte.gz";
        String labels = "mnist/" + prefix + "-labels-idx1-ubyte.gz";
        ArrayDataset set = LabeledImages.combine(read(images), images, read(labels), labels, CLASSES);
        return set.reshape(Shape.of(set.features().size()));
    }

    private static Idx read(String name) {
        try (InputStream in = Mnist.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path beside " + Mnist.class.getName()
                        + "\n  fix: keep the resources of nn-datasets when repackaging it");
            }
            return Idx.read(in, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Holds the set; class initialization loads it on first use, once, in one thread. */
    private static final class Train {
        static final ArrayDataset SET = load("train");
    }

    private static final class Test {
        static final ArrayDataset SET = load("t10k");
    }
}
