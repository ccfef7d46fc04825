package io.jacobi.nn.loss;

import java.util.List;
import java.util.OptionalInt;

/**
 * By how much each example of a batch counts in the mean: wᵢ cᵢ, the weight of the example times the weight of its
 * class, and 0 if its class is ignored.
 *
 * @param classWeights one for each class; empty if all classes count equally
 * @param ignored the class index whose examples do not count
 */
record Counting(List<Double> classWeights, OptionalInt ignored) {

    /** For targets of this rank. Only a vector of targets, one for each example, can hold class indices. */
    static Counting of(RowLoss loss, int targetRank) {
        return targetRank == 1
                ? new Counting(loss.classWeights(), loss.ignoredIndex())
                : new Counting(List.of(), OptionalInt.empty());
    }

    /** Whether every example counts by its weight alone. */
    boolean isByWeight() {
        return classWeights.isEmpty() && ignored.isEmpty();
    }

    /**
     * Returns by how much an example counts. Its target is not looked at if its weight is 0.
     *
     * @param target its class index, where classes have weights or are ignored
     * @throws ExampleException if the target is no class
     */
    double of(double weight, double target, int index) {
        if (weight == 0 || (ignored.isPresent() && target == ignored.getAsInt())) {
            return 0;
        }
        return classWeights.isEmpty()
                ? weight
                : weight * classWeights.get(Classes.index(target, index, classWeights.size()));
    }
}
