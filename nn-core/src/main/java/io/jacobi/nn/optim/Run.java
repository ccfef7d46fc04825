package io.jacobi.nn.optim;

import io.jacobi.nn.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive weights that are all decayed, or all not.
 *
 * @param from the first weight
 * @param to the one after the last
 */
record Run(int from, int to, boolean decayed) {

    /** Weights 0 to {@code length} in as few runs as possible. What no parameter covers is not decayed, unless {@code all} is. */
    static List<Run> cover(int length, List<Parameter> parameters, boolean all) {
        if (all) {
            return List.of(new Run(0, length, true));
        }
        List<Run> runs = new ArrayList<>();
        for (Parameter p : parameters) {
            if (p.decays()) {
                append(runs, (int) p.offset(), false);
                append(runs, (int) p.end(), true);
            }
        }
        append(runs, length, false);
        return runs;
    }

    /** Goes on up to {@code to}: by making the last run longer, if it is of this kind. */
    private static void append(List<Run> runs, int to, boolean decayed) {
        int last = runs.size() - 1;
        int from = runs.isEmpty() ? 0 : runs.get(last).to();
        if (from == to) {
            return;
        }
        if (!runs.isEmpty() && runs.get(last).decayed() == decayed) {
            from = runs.remove(last).from();
        }
        runs.add(new Run(from, to, decayed));
    }
}
