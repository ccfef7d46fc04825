package io.jacobi.nn.train;

import static io.jacobi.nn.train.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.jacobi.nn.TestArrays;
import io.jacobi.nn.data.ArrayDataset;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.derivative.Derivatives;
import io.jacobi.nn.derivative.LossDerivatives;
import io.jacobi.nn.inference.Predictor;
import io.jacobi.nn.io.npy.Npy;
import io.jacobi.nn.io.npy.NpzWriter;
import io.jacobi.nn.loss.Loss;
import io.jacobi.nn.loss.SoftmaxCrossEntropy;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Sgd;
import io.jacobi.nn.optim.Stepper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A caller's array that is closed too early is refused wherever it is used, because its memory is no longer there. */
class ClosedArraysTest {

    private static final Loss LOSS = new SoftmaxCrossEntropy();

    private final Sequential model = Toy.model(DataType.FLOAT);

    private static INDArray features() {
        return TestArrays.normal(DataType.FLOAT, 1, 4, 2);
    }

    private static INDArray labels() {
        return TestArrays.vector(DataType.FLOAT, 0, 1, 1, 0);
    }

    private static INDArray closed(INDArray array) {
        array.close();
        return array;
    }

    private static void assertRefused(ThrowingCallable use) {
        assertThatIllegalStateException().isThrownBy(use).withMessageContainingAll("closed", "fix: ");
    }

    @Test
    void trainingAndEvaluationRefuseADataSetOfClosedArrays() {
        double[] before = Vectors.toDoubles(model.weights());
        ArrayDataset data;
        Batch batch;
        try (INDArray x = features();
                INDArray y = labels()) {
            data = ArrayDataset.of(x, y);
            batch = Batch.of(x, y);
        }

        for (int threads = 1; threads <= 2; threads++) {
            try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1)).threads(threads)) {
                assertRefused(() -> trainer.fit(data, epochs(1).batchSize(2)));
                assertRefused(() -> trainer.step(batch));
                assertThat(trainer.steps()).isZero();
            }
        }
        assertRefused(() -> Evaluator.evaluate(model, LOSS, data, List.of()));
        assertRefused(() -> LossDerivatives.of(model, LOSS).at(batch).gradient());
        assertThat(Vectors.toDoubles(model.weights())).isEqualTo(before);
    }

    @Test
    void arraysThatAreClosedDuringARunEndTheRunBeforeTheNextStep() {
        INDArray x = features();
        Callback closes = new Callback() {
            @Override
            public void afterStep(Progress progress) {
                x.close();
            }
        };
        try (Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1))) {
            assertRefused(() -> trainer.fit(
                    ArrayDataset.of(x, labels()), epochs(1).batchSize(1).callbacks(closes)));
            assertThat(trainer.steps()).isEqualTo(1);
        }
    }

    @Test
    void thePredictorRefusesClosedArrays() {
        INDArray outputs = TestArrays.of(DataType.FLOAT, new double[8], 4, 2);
        try (Predictor predictor = Predictor.of(model)) {
            assertRefused(() -> predictor.predict(closed(features())));
            assertRefused(() -> predictor.predict(closed(features().castTo(DataType.DOUBLE))));
            assertRefused(() -> predictor.predict(closed(features().dup('f'))));
            assertRefused(() -> predictor.predict(closed(features()), outputs));
            assertRefused(() -> predictor.predict(features(), closed(outputs)));
            assertThatNoException().isThrownBy(() -> predictor.predict(features()));
        }
    }

    @Test
    void derivativesRefuseClosedArrays() {
        assertRefused(() -> Derivatives.of(model).at(closed(features())));
        assertRefused(() -> LossDerivatives.of(model, LOSS).at(features(), closed(labels())));
        assertRefused(() -> LossDerivatives.of(model, LOSS).at(closed(features().castTo(DataType.INT32)), labels()));
        assertRefused(() -> Derivatives.of(model).at(features()).vjp(closed(features())));
    }

    @Test
    void filesOfClosedArraysAreNotWritten(@TempDir Path directory) {
        Path npy = directory.resolve("x.npy");
        Path npz = directory.resolve("x.npz");
        INDArray x = features();
        NpzWriter writer = new NpzWriter().put("x", x);
        x.close();

        assertRefused(() -> writer.save(npz));
        assertRefused(() -> Npy.write(npy, x));
        assertRefused(() -> Npy.write(npy, closed(features().dup('f'))));
        assertThat(directory).as("the files").matches(d -> !Files.exists(npy) && !Files.exists(npz));
    }

    @Test
    void weightsThatTheCallerClosedAreRefused() {
        try (Predictor predictor = Predictor.of(model);
                Trainer trainer = Trainer.of(model, LOSS, new Sgd(0.1))) {
            trainer.step(Batch.of(features(), labels()));
            predictor.predict(new float[] {1, 2});
            model.weights().close();

            assertRefused(() -> predictor.predict(new float[] {1, 2}));
            assertRefused(() -> trainer.step(Batch.of(features(), labels())));
        }
    }

    @Test
    void anOptimizerRefusesWeightsAndGradientsThatWereClosed() {
        INDArray weights = features();
        INDArray gradients = features();
        Stepper stepper = new Sgd(0.1).start(weights, List.of());
        stepper.step(gradients, 0.1);
        gradients.close();

        assertRefused(() -> stepper.step(gradients, 0.1));
        weights.close();
        assertRefused(() -> stepper.step(features(), 0.1));
    }
}
