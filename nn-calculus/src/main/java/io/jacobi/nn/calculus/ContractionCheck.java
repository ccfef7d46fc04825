package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.expression.Excerpt;
import java.util.List;

/** The rules that every {@link ContractionSpec} must follow. */
final class ContractionCheck {

    private ContractionCheck() {}

    static void check(List<String> operands, List<String> deltas, String ones, String output) {
        String inputs = String.join("", operands) + String.join("", deltas) + ones;
        String bad = Indices.filter(inputs + output, c -> !Indices.isIndex((char) c));
        if (!bad.isEmpty()) {
            throw new IllegalArgumentException("'" + bad.charAt(0) + "' is not an index"
                    + "\n  expected a letter other than " + ContractionSpec.DELTA + ", which is reserved for deltas");
        }
        for (String delta : deltas) {
            if (delta.length() != 2) {
                throw new IllegalArgumentException(
                        "A delta has two indices, as in δij; received δ" + Excerpt.of(delta));
            }
        }
        String unknown = Indices.without(output, inputs);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("Index " + unknown.charAt(0) + " of the output \"" + Excerpt.of(output)
                    + "\" is in no operand, so it has no size\n  expected one of \""
                    + Excerpt.of(Indices.distinct(inputs))
                    + "\"\n  fix: remove it, or repeat the result along it with ones, 1" + unknown.charAt(0));
        }
        String distinct = Indices.distinct(output);
        if (distinct.length() < output.length()) {
            char twice = output.chars()
                    .mapToObj(c -> (char) c)
                    .filter(c -> output.indexOf(c) != output.lastIndexOf(c))
                    .findFirst()
                    .orElseThrow();
            throw new IllegalArgumentException("Index " + twice + " occurs twice in the output \"" + Excerpt.of(output)
                    + "\"\n  expected each index of the output once"
                    + "\n  fix: to put values on a diagonal, use a delta of " + twice
                    + " and a new index, as in i,δij->ij");
        }
    }
}
