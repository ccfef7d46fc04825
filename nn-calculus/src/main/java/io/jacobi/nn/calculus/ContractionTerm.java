package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A derivative of a contraction, which is a contraction again: a product of all factors but one, seen as a function of what is left.
 *
 * <pre>
 * y[o] = Σ A[a] B[b] C[c] ...        a contraction is linear in each operand
 * dA[a] = Σ dy[o] B[b] C[c] ...      the other factors and the cotangent, summed over what a has not
 * </pre>
 *
 * That swap of A for dy is all if every index of A is elsewhere too, and once in A. An index that only A has gets ones: A is summed
 * along it, so that all its elements have the same derivative. An index that A has twice gets a delta: dA[i, j] is what dA[i, i] was
 * where i = j, and 0 elsewhere. {@link ContractionRules} takes both away where they change nothing.
 *
 * @param spec the contraction
 * @param operands which of the original operands each of its operands is, or {@link #COTANGENT}
 * @param origin for every index the one of the original contraction that has its size
 */
record ContractionTerm(ContractionSpec spec, List<Integer> operands, Map<Character, Character> origin) {

    /** In place of the number of an operand: dy. */
    static final int COTANGENT = -1;

    /** The contraction itself. */
    static ContractionTerm of(ContractionSpec spec) {
        List<Integer> all = new ArrayList<>();
        for (int k = 0; k < spec.operands().size(); k++) {
            all.add(k);
        }
        Map<Character, Character> origin = new LinkedHashMap<>();
        spec.indices().chars().forEach(c -> origin.put((char) c, (char) c));
        return new ContractionTerm(spec, all, origin);
    }

    /** By its operand {@code k}: of dy and the other operands, or of these alone if the output is a scalar, whose dy is 1. */
    ContractionTerm gradient(int k) {
        Derivation derivation = new Derivation(this, k);
        if (!spec.output().isEmpty()) {
            derivation.operands.add(0, spec.output());
            derivation.numbers.add(0, COTANGENT);
        }
        return derivation.result("");
    }

    /** The derivative of every element of the output by every element of operand {@code k}: dy is a delta for each index. */
    ContractionTerm jacobian(int k) {
        Derivation derivation = new Derivation(this, k);
        StringBuilder rows = new StringBuilder();
        for (int axis = 0; axis < spec.output().length(); axis++) {
            rows.append(derivation.tie(spec.output().charAt(axis)));
        }
        ContractionTerm jacobian = derivation.result(rows.toString());
        // the output keeps its letters, and the operand takes the new ones where it had the same
        return jacobian.aligned(spec.output());
    }

    /** The same written so that the output begins with these indices. */
    ContractionTerm aligned(String output) {
        ContractionTerm aligned = this;
        for (int axis = 0; axis < output.length(); axis++) {
            aligned = aligned.exchange(aligned.spec.output().charAt(axis), output.charAt(axis));
        }
        return aligned;
    }

    private ContractionTerm exchange(char a, char b) {
        Map<Character, Character> renamed = new LinkedHashMap<>();
        origin.forEach(
                (index, size) -> renamed.put(Indices.exchange("" + index, a, b).charAt(0), size));
        return new ContractionTerm(spec.exchange(a, b), operands, renamed);
    }

    /** The second derivative of a scalar by two operands. */
    ContractionTerm hessian(int first, int second) {
        // the gradient has every operand but one
        return gradient(first).jacobian(second > first ? second - 1 : second);
    }

    /** The sizes of its indices, as far as those of the original contraction are known. */
    Map<Character, Long> sizes(Map<Character, Long> original) {
        Map<Character, Long> sizes = new LinkedHashMap<>();
        origin.forEach((index, of) -> {
            Long size = original.get(of);
            if (size != null) {
                sizes.put(index, size);
            }
        });
        return sizes;
    }

    /** With the operands that it is of: {@code ij,j->i of (1, 2)}. */
    @Override
    public String toString() {
        return operands.stream()
                .map(k -> k == COTANGENT ? "dy" : String.valueOf(k))
                .collect(Collectors.joining(", ", spec + " of (", ")"));
    }

    /** All factors but one, and what takes its place. */
    private static final class Derivation {
        private final ContractionSpec spec;
        private final List<String> operands;
        private final List<Integer> numbers;
        private final List<String> deltas;
        private final Map<Character, Character> origin;
        private final StringBuilder columns = new StringBuilder();

        Derivation(ContractionTerm term, int k) {
            spec = term.spec;
            operands = new ArrayList<>(spec.operands());
            numbers = new ArrayList<>(term.operands);
            deltas = new ArrayList<>(spec.deltas());
            origin = new LinkedHashMap<>(term.origin);
            numbers.remove(k);
            String factor = operands.remove(k);
            for (int axis = 0; axis < factor.length(); axis++) {
                char index = factor.charAt(axis);
                columns.append(columns.indexOf(String.valueOf(index)) < 0 ? index : tie(index));
            }
        }

        /** A new index that a delta makes equal to this one. */
        char tie(char index) {
            StringBuilder used = new StringBuilder(spec.indices());
            origin.keySet().forEach(used::append);
            char fresh = Indices.fresh(used.toString());
            deltas.add("" + index + fresh);
            origin.put(fresh, origin.getOrDefault(index, index));
            return fresh;
        }

        ContractionTerm result(String rows) {
            String ones = Indices.distinct(spec.ones() + columns);
            ContractionSpec all = new ContractionSpec(operands, deltas, ones, rows + columns);
            return new ContractionTerm(ContractionRules.simplify(all), List.copyOf(numbers), origin);
        }
    }
}
