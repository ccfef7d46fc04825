package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Chooses the order in which operands are contracted, two at a time, so that few multiplications are needed. A step
 * multiplies once for each value of all indices of its two arrays; an index is summed as soon as neither another array
 * nor the output has it.
 *
 * <p>Up to {@link #EXACT} operands the order is optimal: the best order for a set of operands is the best split of the
 * set into two parts, each contracted in its own best order (dynamic programming over subsets). With more operands the
 * pair whose result is smallest compared with the two arrays it replaces is contracted first.
 *
 * <p>Source: Smith and Gray 2018, "opt_einsum"; Pfeifer, Haegeman and Verstraete 2014, for the search.
 */
final class ContractionPath {

    /** The largest number of operands for which all orders are searched: 3⁶ splits. */
    static final int EXACT = 6;

    private final List<String> operands;
    private final String output;
    private final ContractionSizes sizes;

    private ContractionPath(List<String> operands, String output, ContractionSizes sizes) {
        this.operands = operands;
        this.output = output;
        this.sizes = sizes;
    }

    /** The steps for two operands or more, one fewer than there are operands. */
    static List<ContractionStep> of(List<String> operands, String output, ContractionSizes sizes) {
        ContractionPath path = new ContractionPath(operands, output, sizes);
        return operands.size() <= EXACT ? path.best() : path.greedy();
    }

    /** The indices of each operand after summing the indices that neither another operand nor the output has. */
    static List<String> summed(List<String> operands, String output) {
        List<String> left = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            List<String> others = new ArrayList<>(operands);
            others.remove(k);
            left.add(Indices.common(operands.get(k), String.join("", others) + output));
        }
        return left;
    }

    /** The indices of {@code inside} that {@code outside} or the output needs. */
    private String kept(String inside, String outside) {
        return Indices.common(Indices.distinct(inside), outside + output);
    }

    /**
     * The best order for the operands in the bits of a mask: its last split, the indices of the result, the cost of the
     * last step and the total cost.
     */
    private record Best(int left, int right, String indices, long own, long total) {}

    private List<ContractionStep> best() {
        int all = (1 << operands.size()) - 1;
        Best[] best = new Best[all + 1];
        for (int k = 0; k < operands.size(); k++) {
            best[1 << k] = new Best(0, 0, operands.get(k), 0, 0);
        }
        for (int set = 1; set <= all; set++) {
            if (Integer.bitCount(set) > 1) {
                best[set] = bestSplit(set, join(all & ~set), best);
            }
        }
        List<ContractionStep> steps = new ArrayList<>();
        unroll(all, steps, best);
        return steps;
    }

    private String join(int set) {
        StringBuilder joined = new StringBuilder();
        for (int k = 0; k < operands.size(); k++) {
            joined.append((set >> k & 1) == 1 ? operands.get(k) : "");
        }
        return joined.toString();
    }

    private Best bestSplit(int set, String outside, Best... best) {
        Best winner = null;
        // the part with the lowest operand is the left one, so that every split is tried once
        for (int left = (set - 1) & set; left > 0; left = (left - 1) & set) {
            if ((left & Integer.lowestOneBit(set)) != 0) {
                Best a = best[left];
                Best b = best[set & ~left];
                String both = Indices.distinct(a.indices + b.indices);
                long own = sizes.product(both);
                long total = Saturated.plus(own, Saturated.plus(a.total, b.total));
                if (winner == null || total < winner.total) {
                    winner = new Best(left, set & ~left, kept(both, outside), own, total);
                }
            }
        }
        return Objects.requireNonNull(winner);
    }

    /** Appends the steps that contract a set and returns the number of the resulting array. */
    private int unroll(int set, List<ContractionStep> steps, Best... best) {
        if (Integer.bitCount(set) == 1) {
            return Integer.numberOfTrailingZeros(set);
        }
        Best split = best[set];
        int left = unroll(split.left, steps, best);
        int right = unroll(split.right, steps, best);
        steps.add(new ContractionStep(left, right, split.indices, split.own));
        return operands.size() + steps.size() - 1;
    }

    private List<ContractionStep> greedy() {
        List<String> arrays = new ArrayList<>(operands);
        List<Integer> open = new ArrayList<>();
        for (int k = 0; k < operands.size(); k++) {
            open.add(k);
        }
        List<ContractionStep> steps = new ArrayList<>();
        while (open.size() > 1) {
            ContractionStep step = smallest(arrays, open);
            steps.add(step);
            open.remove((Integer) step.left());
            open.remove((Integer) step.right());
            open.add(arrays.size());
            arrays.add(step.indices());
        }
        return steps;
    }

    /**
     * The step that adds the fewest elements to the kept arrays; among equals, the one with the fewest multiplications.
     */
    private ContractionStep smallest(List<String> arrays, List<Integer> open) {
        ContractionStep winner = null;
        double growth = 0;
        for (int left : open) {
            for (int right : open) {
                if (left < right) {
                    ContractionStep step = step(arrays, open, left, right);
                    double grows = (double) sizes.product(step.indices())
                            - sizes.product(arrays.get(left))
                            - sizes.product(arrays.get(right));
                    if (winner == null
                            || grows < growth
                            || (grows == growth && step.multiplications() < winner.multiplications())) {
                        winner = step;
                        growth = grows;
                    }
                }
            }
        }
        return Objects.requireNonNull(winner);
    }

    private ContractionStep step(List<String> arrays, List<Integer> open, int left, int right) {
        StringBuilder outside = new StringBuilder();
        open.stream().filter(k -> k != left && k != right).forEach(k -> outside.append(arrays.get(k)));
        String both = Indices.distinct(arrays.get(left) + arrays.get(right));
        return new ContractionStep(left, right, kept(both, outside.toString()), sizes.product(both));
    }
}
