package io.jacobi.nn.train;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The results of each epoch of a run, in order.
 *
 * @param warnings what went wrong without ending the run, such as a validation loss that is NaN; logged when it
 *     happened
 */
public record History(List<EpochResult> epochs, List<String> warnings) {

    public History {
        epochs = List.copyOf(epochs);
        warnings = List.copyOf(warnings);
    }

    /** The results of a run without warnings. */
    public History(List<EpochResult> epochs) {
        this(epochs, List.of());
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
