package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive weights that all decay or all do not.
 *
 * @param from the first weight
 * @param to the weight after the last
 */
record WeightRange(int from, int to, boolean decays) {

    /**
     * Weights 0 to {@code length} in as few ranges as possible. Weights outside all parameters decay only if
     * {@code all} do.
     */
    static List<WeightRange> cover(int length, List<Parameter> parameters, boolean all) {
        if (all) {
            return List.of(new WeightRange(0, length, true));
        }
        List<WeightRange> ranges = new ArrayList<>();
        for (Parameter p : parameters) {
            if (p.decays()) {
                append(ranges, (int) p.offset(), false);
                append(ranges, (int) p.end(), true);
            }
        }
        append(ranges, length, false);
        return ranges;
    }

    /** Adds the weights up to {@code to}, by extending the last range if it is of the same kind. */
    private static void append(List<WeightRange> ranges, int to, boolean decays) {
        int last = ranges.size() - 1;
        int from = ranges.isEmpty() ? 0 : ranges.get(last).to();
        if (from == to) {
            return;
        }
        if (!ranges.isEmpty() && ranges.get(last).decays() == decays) {
            from = ranges.remove(last).from();
        }
        ranges.add(new WeightRange(from, to, decays));
    }
}
