package io.jacobi.nn.train;

import io.jacobi.nn.Shape;
import io.jacobi.nn.TestArrays;
import io.jacobi.nn.TestLayers.Dense;
import io.jacobi.nn.TestLayers.Rectifier;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.model.Sequential;
import org.nd4j.linalg.api.buffer.DataType;

/** A problem that is learned quickly: two clouds of points, one around (2, 2), one around (-2, -2). */
final class Toy {

    private Toy() {}

    static ArrayDataset points(int size) {
        return ArrayDataset.of(features(size), labels(size));
    }

    static float[][] features(int size) {
        double[] noise = TestArrays.normals(1, 2 * size);
        float[][] features = new float[size][2];
        for (int i = 0; i < size; i++) {
            float centre = i % 2 == 0 ? 2 : -2;
            features[i][0] = centre + (float) noise[2 * i];
            features[i][1] = centre + (float) noise[2 * i + 1];
        }
        return features;
    }

    static int[] labels(int size) {
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % 2;
        }
        return labels;
    }

    static Sequential model(DataType type) {
        return Sequential.input(Shape.of(2))
                .add(new Dense(8))
                .add(new Rectifier())
                .add("head", new Dense(2))
                .build(type, 1);
    }
}
