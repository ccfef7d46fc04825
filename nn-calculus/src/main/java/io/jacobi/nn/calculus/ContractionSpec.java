package io.jacobi.nn.calculus;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A contraction in index notation: the indices of its operands, its constants and its output.
 *
 * <pre>
 * C[output] = Σ A[operands 0] · B[operands 1] · ... · δ[ij] · ... · 1[k] · ...   over all indices not in the output
 * </pre>
 *
 * Besides operands, whose values are given, a contraction may have two kinds of constants, which derivatives need:
 * deltas, δ[ij] = 1 where i = j and 0 elsewhere, and ones, 1[k] = 1 everywhere. They are written {@code δij} and
 * {@code 1k}: the derivative of the trace {@code ii->} is {@code δij->ij}, and the derivative of the sum {@code i->} is
 * {@code 1i->i}. So δ is reserved and cannot name an index, and a delta has Latin letters, because {@code δγε} might be
 * meant as an operand.
 *
 * @param operands the indices of each operand; an index that occurs twice denotes a diagonal, and a scalar has no
 *     indices
 * @param deltas the two indices of each delta
 * @param ones the indices of all ones
 * @param output the indices of the result, each once
 */
public record ContractionSpec(List<String> operands, List<String> deltas, String ones, String output) {

    /** The character that starts a delta. */
    static final char DELTA = 'δ';

    /** The character that starts ones. */
    static final char ONES = '1';

    /**
     * Checks the indices.
     *
     * @throws IllegalArgumentException if an index is not a letter, an index of the output occurs twice in it or
     *     nowhere else, or a delta does not have two indices
     */
    public ContractionSpec {
        operands = List.copyOf(operands);
        deltas = List.copyOf(deltas);
        ContractionCheck.check(operands, deltas, ones, output);
    }

    /** A contraction without constants. */
    public static ContractionSpec of(List<String> operands, String output) {
        return new ContractionSpec(operands, List.of(), "", output);
    }

    /**
     * Reads a contraction: the operands, separated by commas, then {@code ->} and the output. Without {@code ->} the
     * output is every index that occurs once, in alphabetical order, as in NumPy. Spaces are ignored.
     *
     * @throws IllegalArgumentException if the text cannot be read; the message points at the column
     */
    public static ContractionSpec parse(String text) {
        return new ContractionParser(text).parse();
    }

    /** All indices, each once, in order of first occurrence. */
    public String indices() {
        return Indices.distinct(String.join("", operands) + String.join("", deltas) + ones + output);
    }

    /** The indices of the operands, each once. */
    String operandIndices() {
        return Indices.distinct(String.join("", operands));
    }

    /** The indices whose size no operand determines, because only constants have them. */
    public String constantIndices() {
        return Indices.without(indices(), operandIndices());
    }

    /** Returns a copy with two indices exchanged everywhere, which is the same contraction written differently. */
    ContractionSpec exchange(char a, char b) {
        return new ContractionSpec(
                operands.stream().map(o -> Indices.exchange(o, a, b)).toList(),
                deltas.stream().map(d -> Indices.exchange(d, a, b)).toList(),
                Indices.exchange(ones, a, b),
                Indices.exchange(output, a, b));
    }

    /** The notation that {@link #parse} reads, such as {@code ij,jk->ik}; constants follow the operands. */
    @Override
    public String toString() {
        Stream<String> constants = Stream.concat(
                deltas.stream().map(d -> DELTA + d), ones.isEmpty() ? Stream.empty() : Stream.of(ONES + ones));
        return Stream.concat(operands.stream(), constants).collect(Collectors.joining(",")) + "->" + output;
    }
}
