package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.jacobi.nn.Shape;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.layers.BatchNorm;
import io.jacobi.nn.layers.Chain;
import io.jacobi.nn.loss.MeanSquaredError;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Training with batch normalization: what it refuses, and what is as before then. */
class NormalizedTrainingTest {

    private static Sequential model(DataType type) {
        return Sequential.input(Shape.of(2))
                .add(new BatchNorm())
                .add(Chain.of(new Affine(3), new BatchNorm()))
                .add(new Affine(1))
                .build(type, 1);
    }

    private static Trainer trainer(Sequential model) {
        return Trainer.of(model, new MeanSquaredError(), new Sgd(0.01));
    }

    private static ArrayDataset data(int size, double outlier) {
        double[] features = new double[2 * size];
        for (int i = 0; i < size; i++) {
            features[2 * i] = i % 7;
        }
        features[2 * (size / 2) + 1] = outlier;
        return ArrayDataset.of(
                Vectors.of(DataType.FLOAT, features, size, 2), Vectors.of(DataType.FLOAT, new double[size], size, 1));
    }

    @Test
    void aRunningVarianceThatIsInfiniteAsAFloatIsNotStored() {
        Sequential model = model(DataType.FLOAT);
        double[] weights = Vectors.toDoubles(model.weights());
        double[] states = Vectors.toDoubles(model.state());
        try (Trainer trainer = trainer(model)) {
            // the unbiased variance of 199 zeros and the float 1e37 is 1e74 / 200, and a tenth of it is to be stored
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data(200, 1e37), epochs(1).batchSize(200)))
                    .withMessageContainingAll(
                            "BatchNorm cannot store element 1 of its state 0.running_var: it is 4.99999",
                            "E70, which is infinite as a float",
                            "fix: scale the inputs of the layer to about 1");
            assertThat(trainer.steps()).isZero();
        }
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(weights);
        assertThat(Vectors.toDoubles(model.state())).isEqualTo(states);
    }

    @Test
    void inDoubleItIsStored() {
        Sequential model = model(DataType.DOUBLE);
        try (Trainer trainer = trainer(model)) {
            trainer.fit(data(200, 1e37), epochs(1).batchSize(200));
        }
        assertThat(Vectors.toDoubles(model.value("0.running_var"))[1] / 5e70).isBetween(0.999999, 1.000001);
    }

    @Test
    void aStepThatIsNotTakenLeavesTheStatesToo() {
        Sequential model = model(DataType.FLOAT);
        Vectors.set(model.value("2.bias"), new double[] {Double.NaN});
        double[] states = Vectors.toDoubles(model.state());
        try (Trainer trainer = trainer(model)) {
            assertThatExceptionOfType(NonFiniteLossException.class)
                    .isThrownBy(() -> trainer.fit(data(20, 1), epochs(1).batchSize(20)));
        }
        assertThat(Vectors.toDoubles(model.state())).isEqualTo(states);
    }

    @Test
    void aLastBatchOfOneExampleIsRefusedBeforeTheFirstStep() {
        Sequential model = model(DataType.FLOAT);
        double[] states = Vectors.toDoubles(model.state());
        try (Trainer trainer = trainer(model)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> trainer.fit(data(101, 1), epochs(1).batchSize(10)))
                    .withMessageContainingAll(
                            "The 101 examples in batches of 10 leave a last batch of 1",
                            "BatchNorm at 0",
                            "fix: batchSize(9)");
            assertThat(trainer.steps()).isZero();
        }
        assertThat(Vectors.toDoubles(model.state())).isEqualTo(states);
    }

    @Test
    void oneImageHasManyValuesForEachChannel() {
        BatchNorm norm = new BatchNorm();
        assertThat(norm.smallestBatch(Shape.of(3, 2, 2))).isEqualTo(1);
        assertThat(norm.smallestBatch(Shape.of(3, 1, 1))).isEqualTo(2);
        assertThat(norm.smallestBatch(Shape.of(3))).isEqualTo(2);
    }
}
