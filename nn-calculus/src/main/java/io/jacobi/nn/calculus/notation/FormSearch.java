package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.notation.FormTree.Applied;
import io.jacobi.nn.calculus.notation.FormTree.Combined;
import io.jacobi.nn.calculus.notation.FormTree.Open;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the smallest set of open names that must be numbers for a formula to make sense.
 *
 * <p>One pass over the formula finds it if no name occurs twice: for each part and each form that the part can have, it
 * keeps the smallest cost, from the inside out. A name that occurs more often is first treated as a different name at
 * each place. If the cheapest choice then gives the name two kinds, both kinds are tried, with a bound on the number of
 * passes.
 */
final class FormSearch {

    /**
     * The names that are numbers.
     *
     * @param others another set of the same size with which the formula makes sense too; the same set if there is none
     */
    record Found(Set<String> numbers, Set<String> others) {

        boolean isAmbiguous() {
            return !numbers.equals(others);
        }
    }

    /** Formulas that people wrote needed at most 3. */
    static final int PASSES = 100;

    /** The cost of a number, divided evenly between the places at which it occurs, so that costs are integers. */
    private static final long COST = 1L << 30;

    private final FormTree tree;
    private final Map<String, Integer> places = new LinkedHashMap<>();
    private int passes;
    private long least = Long.MAX_VALUE;
    private Optional<Found> best = Optional.empty();

    FormSearch(FormTree tree) {
        this.tree = tree;
        count(tree);
    }

    private void count(FormTree part) {
        if (part instanceof Open open) {
            places.merge(open.name(), 1, Integer::sum);
        } else if (part instanceof Applied applied) {
            count(applied.argument());
        } else if (part instanceof Combined combined) {
            combined.parts().forEach(this::count);
        }
    }

    /** The best choice; empty if no choice makes sense, or if the passes did not suffice. */
    Optional<Found> best() {
        search(Map.of());
        return isTooHard() ? Optional.empty() : best;
    }

    /** Whether the passes did not suffice. */
    boolean isTooHard() {
        return passes == PASSES;
    }

    /** The number of passes over the formula. */
    int passes() {
        return passes;
    }

    private void search(Map<String, Form> fixed) {
        if (passes == PASSES) {
            return;
        }
        passes++;
        Set<String> seen = new HashSet<>();
        FormCosts costs = new FormCosts(tree, name -> cost(name, fixed.get(name), seen.add(name)));
        if (costs.least() >= FormCosts.IMPOSSIBLE || costs.least() > least) {
            return;
        }
        Map<String, Set<Form>> first = costs.choice(false);
        Map<String, Set<Form>> second = costs.choice(true);
        Optional<String> torn = torn(first).or(() -> torn(second));
        if (torn.isPresent()) {
            for (Form form : List.of(Form.COLUMN, Form.NUMBER)) {
                Map<String, Form> more = new HashMap<>(fixed);
                more.put(torn.get(), form);
                search(more);
            }
            return;
        }
        boolean equal = costs.least() == least && best.isPresent();
        best = Optional.of(new Found(equal ? best.get().numbers() : numbers(first), numbers(second)));
        least = costs.least();
    }

    /** The costs of a number and of a vector at one place of a name. */
    private long[] cost(String name, @Nullable Form fixed, boolean first) {
        int count = places.getOrDefault(name, 1);
        long share = COST / count;
        long number = first ? COST - (count - 1) * share : share;
        return new long[] {
            fixed == Form.COLUMN ? FormCosts.IMPOSSIBLE : number, fixed == Form.NUMBER ? FormCosts.IMPOSSIBLE : 0
        };
    }

    /** A name with two kinds. */
    private static Optional<String> torn(Map<String, Set<Form>> choice) {
        return choice.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Set<String> numbers(Map<String, Set<Form>> choice) {
        Set<String> numbers = new LinkedHashSet<>();
        choice.forEach((name, forms) -> {
            if (forms.contains(Form.NUMBER)) {
                numbers.add(name);
            }
        });
        return numbers;
    }
}
