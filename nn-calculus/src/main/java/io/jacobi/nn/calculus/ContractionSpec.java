package io.jacobi.nn.calculus;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A contraction in index notation, without any numbers: which index stands where.
 *
 * <pre>
 * C[output] = Σ over all indices that are not in the output   A[operands 0] · B[operands 1] · ... · δ[ij] · ... · 1[k] · ...
 * </pre>
 *
 * Besides operands, whose values are given, it has two sorts of constants, which derivatives need: deltas, δ[ij] = 1 where i = j and 0
 * elsewhere, and ones, 1[k] = 1 everywhere. They are written {@code δij} and {@code 1k}: the derivative of the trace {@code ii->} is
 * {@code δij->ij}, and that of the sum {@code i->} is {@code 1i->i}.
 *
 * @param operands the indices of each operand; an index that comes twice stands for a diagonal, a scalar has none
 * @param deltas two indices for each delta
 * @param ones the indices of all ones
 * @param output the indices of the result, each once
 */
public record ContractionSpec(List<String> operands, List<String> deltas, String ones, String output) {

    /** What a delta is written with. */
    static final char DELTA = 'δ';

    /** What ones are written with. */
    static final char ONES = '1';

    /**
     * Checks it.
     *
     * @throws IllegalArgumentException if an index is no letter, the output has one twice or one that stands nowhere else, or a delta
     *     has not two
     */
    public ContractionSpec {
        operands = List.copyOf(operands);
        deltas = List.copyOf(deltas);
        ContractionCheck.check(operands, deltas, ones, output);
    }

    /** One without constants. */
    public static ContractionSpec of(List<String> operands, String output) {
        return new ContractionSpec(operands, List.of(), "", output);
    }

    /**
     * Reads it: operands with commas between them, {@code ->} and the output. Without {@code ->} the output is every index that comes
     * once, in the order of the alphabet, as in NumPy. Spaces do not count.
     *
     * @throws IllegalArgumentException if it cannot be read; the message points at the column
     */
    public static ContractionSpec parse(String text) {
        return new ContractionParser(text).parse();
    }

    /** Every index, each once, in the order in which they come. */
    public String indices() {
        return Indices.distinct(String.join("", operands) + String.join("", deltas) + ones + output);
    }

    /** The indices of the operands, each once. */
    String operandIndices() {
        return Indices.distinct(String.join("", operands));
    }

    /** The indices whose size no operand tells, since only constants have them. */
    public String constantIndices() {
        return Indices.without(indices(), operandIndices());
    }

    /** The same with two indices exchanged everywhere: another way to write the same contraction. */
    ContractionSpec exchange(char a, char b) {
        return new ContractionSpec(
                operands.stream().map(o -> Indices.exchange(o, a, b)).toList(),
                deltas.stream().map(d -> Indices.exchange(d, a, b)).toList(),
                Indices.exchange(ones, a, b),
                Indices.exchange(output, a, b));
    }

    /** As {@link #parse} reads it: {@code ij,jk->ik}; constants stand behind the operands. */
    @Override
    public String toString() {
        Stream<String> constants = Stream.concat(
                deltas.stream().map(d -> DELTA + d), ones.isEmpty() ? Stream.empty() : Stream.of(ONES + ones));
        return Stream.concat(operands.stream(), constants).collect(Collectors.joining(",")) + "->" + output;
    }
}
