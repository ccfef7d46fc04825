package io.jacobi.nn.calculus;

import io.jacobi.nn.ShapeException;
import io.jacobi.nn.calculus.expression.Excerpt;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The size of every index of a contraction, determined by the shapes of its operands. */
final class ContractionSizes {

    private final ContractionSpec spec;
    private final Map<Character, Long> sizes;

    private ContractionSizes(ContractionSpec spec, Map<Character, Long> sizes) {
        this.spec = spec;
        this.sizes = sizes;
    }

    /**
     * @param given sizes of indices that no operand has
     * @throws ShapeException if an operand has the wrong rank, or an index has two sizes or none
     */
    static ContractionSizes of(ContractionSpec spec, Map<Character, Long> given, List<long[]> shapes) {
        List<String> operands = spec.operands();
        if (shapes.size() != operands.size()) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": the number of operands is wrong",
                    operands.size() + (operands.size() == 1 ? " operand" : " operands"),
                    shapes.size() + (shapes.size() == 1 ? " operand" : " operands"),
                    "give one array for each operand, and none for deltas and ones");
        }
        ContractionSizes all = new ContractionSizes(spec, new LinkedHashMap<>(given));
        Map<Character, String> sources = new LinkedHashMap<>();
        given.keySet().forEach(index -> sources.put(index, "withSize"));
        for (int k = 0; k < operands.size(); k++) {
            all.add(k, operands.get(k), shapes.get(k), sources);
        }
        all.tie(sources);
        String unknown = Indices.filter(spec.indices(), c -> !all.sizes.containsKey((char) c));
        if (!unknown.isEmpty()) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": no operand determines the size of index " + unknown.charAt(0),
                    "a size for each index that only constants have",
                    given.isEmpty() ? "none" : given.toString(),
                    "einsum.withSize('" + unknown.charAt(0) + "', n)");
        }
        return all;
    }

    private void add(int operand, String indices, long[] shape, Map<Character, String> sources) {
        String name = "operand " + operand + " \"" + indices + "\"";
        if (shape.length != indices.length()) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": " + name + " has the wrong rank",
                    "rank " + indices.length() + ", one dimension for each index",
                    "rank " + shape.length + ", " + Arrays.toString(shape),
                    "give an array with one dimension for each letter of the operand");
        }
        for (int axis = 0; axis < shape.length; axis++) {
            record(indices.charAt(axis), shape[axis], name, ", dimension " + axis, sources);
        }
    }

    /** Gives both indices of a delta the same size, repeatedly, so that a chain of deltas passes a size on. */
    private void tie(Map<Character, String> sources) {
        for (int round = 0; round < spec.deltas().size(); round++) {
            for (String delta : spec.deltas()) {
                for (int axis = 0; axis < 2; axis++) {
                    Long size = sizes.get(delta.charAt(axis));
                    if (size != null) {
                        record(delta.charAt(1 - axis), size, "δ" + delta, "", sources);
                    }
                }
            }
        }
    }

    private void record(char index, long size, String name, String where, Map<Character, String> sources) {
        Long known = sizes.putIfAbsent(index, size);
        if (known != null && known != size) {
            throw new ShapeException(
                    Excerpt.of(spec) + ": index " + index + " has two sizes",
                    "size " + known + ", as in " + sources.get(index),
                    "size " + size + " in " + name + where,
                    "use another letter, or arrays whose sizes agree; a size of 1 is not broadcast");
        }
        sources.putIfAbsent(index, name + where);
    }

    /** The size of each index. */
    Map<Character, Long> all() {
        return Collections.unmodifiableMap(sizes);
    }

    long size(char index) {
        return Objects.requireNonNull(sizes.get(index));
    }

    /** The product of the sizes, saturated at the largest long. */
    long product(String indices) {
        return indices.chars().mapToLong(c -> size((char) c)).reduce(1, Saturated::times);
    }

    /** The sizes of these indices as loop counts of kernels. */
    int[] turns(String loops) {
        return loops.chars().map(c -> Saturated.toInt(size((char) c))).toArray();
    }

    /** The sizes of these indices. */
    long[] shape(String indices) {
        return indices.chars().mapToLong(c -> size((char) c)).toArray();
    }

    /** The indices whose size is not 1; the others change neither an address nor a sum. */
    String relevant(String indices) {
        return Indices.filter(indices, c -> size((char) c) != 1);
    }
}
