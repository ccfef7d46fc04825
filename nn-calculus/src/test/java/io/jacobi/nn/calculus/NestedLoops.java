package io.jacobi.nn.calculus;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The slow reference for {@link Einsum}: one loop for each index, in no planned order and without matrix products. */
final class NestedLoops {

    /**
     * The result in 'c' order, and the sum of the absolute terms of each element, relative to which rounding is
     * measured.
     */
    static final class Result {
        final double[] values;
        final double[] magnitudes;

        Result(double[] values, double... magnitudes) {
            this.values = values;
            this.magnitudes = magnitudes;
        }
    }

    private final ContractionSpec spec;
    private final String indices;
    private final int[] sizes;

    NestedLoops(ContractionSpec spec, Map<Character, Long> sizes) {
        this.spec = spec;
        this.indices = spec.indices();
        this.sizes = indices.chars()
                .map(c -> Math.toIntExact(Objects.requireNonNull(sizes.get((char) c))))
                .toArray();
    }

    Result run(List<double[]> operands) {
        double[] values = new double[Math.toIntExact(product(spec.output()))];
        double[] magnitudes = values.clone();
        List<int[]> strides = spec.operands().stream().map(this::strides).toList();
        int[] outputStrides = strides(spec.output());
        List<int[]> deltas = spec.deltas().stream()
                .map(d -> d.chars().map(indices::indexOf).toArray())
                .toList();
        int[] at = new int[sizes.length];
        for (long turn = product(indices); turn > 0; turn--) {
            double product = deltas.stream().allMatch(d -> at[d[0]] == at[d[1]]) ? 1 : 0;
            for (int k = 0; k < operands.size(); k++) {
                product *= operands.get(k)[offset(strides.get(k), at)];
            }
            int element = offset(outputStrides, at);
            values[element] += product;
            magnitudes[element] += Math.abs(product);
            for (int d = at.length - 1; d >= 0 && ++at[d] == sizes[d]; d--) {
                at[d] = 0;
            }
        }
        return new Result(values, magnitudes);
    }

    private long product(String group) {
        return group.chars().mapToLong(c -> sizes[indices.indexOf(c)]).reduce(1, (a, b) -> a * b);
    }

    /** The stride of each loop in a dense array with these indices. */
    private int[] strides(String group) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int axis = group.length() - 1; axis >= 0; axis--) {
            int loop = indices.indexOf(group.charAt(axis));
            strides[loop] += stride;
            stride *= sizes[loop];
        }
        return strides;
    }

    private static int offset(int[] strides, int... at) {
        int offset = 0;
        for (int loop = 0; loop < at.length; loop++) {
            offset += strides[loop] * at[loop];
        }
        return offset;
    }
}
