package io.jacobi.nn.train;

import java.util.List;
import java.util.stream.Collectors;

/** The results of each epoch of a run, in order. */
public record History(List<EpochResult> epochs) {

    public History {
        epochs = List.copyOf(epochs);
    }

    /** The last epoch. */
    public EpochResult last() {
        return epochs.get(epochs.size() - 1);
    }

    /** The median of the epochs' training speeds, in samples per second. One slow epoch does not change it. */
    public double samplesPerSecond() {
        double[] speeds = epochs.stream()
                .mapToDouble(EpochResult::samplesPerSecond)
                .sorted()
                .toArray();
        int middle = speeds.length / 2;
        return speeds.length % 2 == 1 ? speeds[middle] : (speeds[middle - 1] + speeds[middle]) / 2;
    }

    /** One line for each epoch. */
    @Override
    public String toString() {
        return epochs.stream().map(EpochResult::toString).collect(Collectors.joining("\n"));
    }
}
