package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A derivative of a contraction, which is itself a contraction: the product of all factors but one.
 *
 * <pre>
 * y[o] = Σ A[a] B[b] C[c] ...        a contraction is linear in each operand
 * dA[a] = Σ dy[o] B[b] C[c] ...      the other factors and the cotangent, summed over all indices not in a
 * </pre>
 *
 * Replacing A by dy is enough if every index of A also occurs elsewhere, and only once in A. An index that only A has
 * gets ones: A is summed along it, so all elements along it have the same derivative. An index that A has twice gets a
 * delta: dA[i, j] is dA[i, i] where i = j, and 0 elsewhere. {@link ContractionRules} removes both where they change
 * nothing.
 *
 * @param spec the contraction
 * @param operands for each operand of {@code spec} its number in the original contraction, or {@link #COTANGENT}
 * @param origin for each index the index of the original contraction that has the same size
 */
record ContractionTerm(ContractionSpec spec, List<Integer> operands, Map<Character, Character> origin) {

    /** The number that stands for dy in {@code operands}. */
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

    /**
     * The gradient with respect to operand {@code k}, of dy and the other operands; without dy if the output is a
     * scalar, because dy is 1 then.
     */
    ContractionTerm gradient(int k) {
        Derivation derivation = new Derivation(this, k);
        if (!spec.output().isEmpty()) {
            derivation.operands.add(0, spec.output());
            derivation.numbers.add(0, COTANGENT);
        }
        return derivation.result("");
    }

    /**
     * The derivative of every element of the output with respect to every element of operand {@code k}; a delta for
     * each index takes the place of dy.
     */
    ContractionTerm jacobian(int k) {
        Derivation derivation = new Derivation(this, k);
        StringBuilder rows = new StringBuilder();
        for (int axis = 0; axis < spec.output().length(); axis++) {
            rows.append(derivation.tie(spec.output().charAt(axis)));
        }
        ContractionTerm jacobian = derivation.result(rows.toString());
        // the output keeps its letters; where the operand had the same letters, it takes the new ones
        return jacobian.aligned(spec.output());
    }

    /** Returns a copy whose indices are renamed so that the output begins with {@code output}. */
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

    /** The second derivative of a scalar with respect to two operands. */
    ContractionTerm hessian(int first, int second) {
        // the gradient has every operand but one
        return gradient(first).jacobian(second > first ? second - 1 : second);
    }

    /** The sizes of the indices of this term whose sizes in the original contraction are known. */
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

    /** The contraction with the numbers of its operands: {@code ij,j->i of (1, 2)}. */
    @Override
    public String toString() {
        return operands.stream()
                .map(k -> k == COTANGENT ? "dy" : String.valueOf(k))
                .collect(Collectors.joining(", ", spec + " of (", ")"));
    }

    /** Collects all factors but one, with the deltas and ones that take its place. */
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

        /** Creates a new index and a delta that makes it equal to {@code index}. */
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
