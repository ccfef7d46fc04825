package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Simplifies constants away as far as possible.
 *
 * <pre>
 * Σ_j δ_ij A_jk = A_ik      a summed index of a delta is replaced by the other
 * δ_ij δ_jk = δ_ij δ_ik     indices of the output that are equal are tied to the first of them
 * δ_ii = 1_i
 * 1_i A_ij = A_ij           ones change nothing where an operand has the index
 * </pre>
 *
 * The constants that remain are deltas of two indices of the output, and ones along indices that nothing else has. Such
 * ones repeat the value along an index of the output; if the index is summed, they multiply by its size.
 */
final class ContractionRules {

    private ContractionRules() {}

    static ContractionSpec simplify(ContractionSpec spec) {
        Map<Character, Character> first = ties(spec);
        List<String> operands =
                spec.operands().stream().map(o -> replace(o, first)).toList();
        List<String> deltas = new ArrayList<>();
        for (char index : spec.output().toCharArray()) {
            char tied = first.getOrDefault(index, index);
            if (tied != index) {
                deltas.add("" + tied + index);
            }
        }
        // a delta whose indices are all summed still contributes their size as a factor
        String seen = String.join("", operands) + String.join("", deltas);
        String constants = replace(String.join("", spec.deltas()) + spec.ones(), first);
        String ones = Indices.without(Indices.distinct(constants), seen);
        return new ContractionSpec(operands, deltas, ones, spec.output());
    }

    /**
     * Maps every index of a delta to the first index of the output that is equal to it, or to another one if there is
     * none.
     */
    private static Map<Character, Character> ties(ContractionSpec spec) {
        Map<Character, Character> first = new LinkedHashMap<>();
        for (String delta : spec.deltas()) {
            char a = first.getOrDefault(delta.charAt(0), delta.charAt(0));
            char b = first.getOrDefault(delta.charAt(1), delta.charAt(1));
            char winner = rank(spec, a) <= rank(spec, b) ? a : b;
            first.putIfAbsent(delta.charAt(0), a);
            first.putIfAbsent(delta.charAt(1), b);
            first.replaceAll((index, stands) -> stands == a || stands == b ? winner : stands);
        }
        return first;
    }

    private static int rank(ContractionSpec spec, char index) {
        int at = spec.output().indexOf(index);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private static String replace(String indices, Map<Character, Character> first) {
        return Indices.map(indices, index -> first.getOrDefault(index, index));
    }
}
