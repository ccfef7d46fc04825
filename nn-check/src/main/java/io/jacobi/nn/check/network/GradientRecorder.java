package io.jacobi.nn.check.network;

import io.jacobi.nn.Parameter;
import io.jacobi.nn.data.Batch;
import io.jacobi.nn.math.Vectors;
import io.jacobi.nn.model.Sequential;
import io.jacobi.nn.optim.Optimizer;
import io.jacobi.nn.optim.Penalty;
import io.jacobi.nn.optim.Schedule;
import io.jacobi.nn.optim.Stepper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An optimizer that records its gradients and does not change the weights: it shows which gradient training uses. */
final class GradientRecorder implements Optimizer {

    private final List<double[]> gradients = new ArrayList<>();

    /** Returns the steps of a loop on these batches, one after the other, on a copy of the model. */
    static List<Step> steps(
            NetworkSettings settings, Sequential model, List<Penalty> penalties, int threads, List<Batch> batches) {
        GradientRecorder recorder = new GradientRecorder();
        List<Step> made = new ArrayList<>();
        try (Sequential copy = model.copy();
                TrainingLoop.Steps run = settings.loop()
                        .start(new TrainingLoop.Task(copy, settings.loss(), recorder, penalties, threads))) {
            for (Batch batch : batches) {
                recorder.gradients.clear();
                double loss = run.step(batch);
                made.add(new Step(loss, recorder.last(model), recorder.gradients.size(), weights(copy)));
            }
        }
        return made;
    }

    /** Returns the first step of a loop, on the probe's batch. */
    static Step step(NetworkProbe probe, List<Penalty> penalties, int threads) {
        return steps(probe.settings(), probe.model(), penalties, threads, List.of(probe.batch()))
                .get(0);
    }

    /** Returns the last gradient; NaN if the loop did not call the optimizer. */
    private double[] last(Sequential model) {
        if (gradients.isEmpty()) {
            double[] none = new double[Math.toIntExact(model.parameterCount())];
            Arrays.fill(none, Double.NaN);
            return none;
        }
        return gradients.get(gradients.size() - 1);
    }

    private static double[] weights(Sequential model) {
        return Vectors.toDoubles(model.weights());
    }

    @Override
    public Schedule rate() {
        return Schedule.constant(1);
    }

    @Override
    public Stepper start(INDArray weights, List<Parameter> parameters) {
        return new Stepper() {
            @Override
            public void step(INDArray gradient, double rate) {
                gradients.add(Vectors.toDoubles(gradient));
            }

            @Override
            public Map<String, INDArray> state() {
                return Map.of();
            }

            @Override
            public long steps() {
                return gradients.size();
            }

            @Override
            public void restore(Map<String, INDArray> state, long steps) {
                throw new UnsupportedOperationException("there is no state to restore: this optimizer changes nothing");
            }
        };
    }

    /**
     * One step of a loop.
     *
     * @param loss the loss that it returned
     * @param gradient the last gradient that its optimizer got
     * @param calls the number of calls of the optimizer
     * @param weights the model's weights afterwards
     */
    @SuppressWarnings("ArrayRecordComponent") // passed between methods, never compared
    record Step(double loss, double[] gradient, int calls, double[] weights) {}
}
