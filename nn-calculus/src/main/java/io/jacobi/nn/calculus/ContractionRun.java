package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Strides;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One evaluation of a contraction whose constants are simplified, with all sizes known and none of them 0. */
final class ContractionRun {

    private final ContractionSpec spec;
    private final ContractionSizes sizes;
    private final DataType type;
    private final Scratch s = new Scratch();

    ContractionRun(ContractionSpec spec, ContractionSizes sizes, DataType type) {
        this.spec = spec;
        this.sizes = sizes;
        this.type = type;
    }

    /** Writes the result into zeros of the output's shape. */
    void into(INDArray output, List<INDArray> operands) {
        List<IndexedArray> arrays = new ArrayList<>();
        try {
            for (int k = 0; k < operands.size(); k++) {
                String indices = spec.operands().get(k);
                arrays.add(IndexedArray.of(operands.get(k), indices, sizes.relevant(indices)));
            }
            contract(arrays, target(output));
        } finally {
            arrays.forEach(IndexedArray::close);
        }
        double count = sizes.product(Indices.without(spec.ones(), spec.output()));
        if (count != 1) {
            Vectors.scale(s, count, output);
        }
    }

    /** The output, an index that deltas tie to others walking along their diagonal. */
    private IndexedArray target(INDArray output) {
        IndexLayout dense = IndexLayout.of(spec.output(), output.shape(), sizes.relevant(spec.output()));
        String tied =
                String.join("", spec.deltas().stream().map(d -> d.substring(1)).toList());
        String free = Indices.without(dense.indices(), tied);
        long[] strides = free.chars()
                .mapToLong(c -> dense.stride((char) c)
                        + spec.deltas().stream()
                                .filter(delta -> delta.charAt(0) == c)
                                .mapToLong(delta -> dense.stride(delta.charAt(1)))
                                .sum())
                .toArray();
        return new IndexedArray(output, new IndexLayout(free, sizes.shape(free), strides), false);
    }

    private void contract(List<IndexedArray> arrays, IndexedArray target) {
        if (arrays.isEmpty()) {
            IndexedArray one = IndexedArray.zeros(type, "", sizes);
            arrays.add(one);
            Vectors.fill(s, one.array(), 1);
        }
        String kept = Indices.common(target.indices(), spec.operandIndices());
        if (arrays.size() > 1) {
            sumLoneIndices(arrays, kept);
            multiply(arrays, target, kept);
        } else {
            add(arrays.get(0), target);
        }
    }

    /** What only one operand has and the output has not is summed before anything is multiplied. */
    private void sumLoneIndices(List<IndexedArray> arrays, String kept) {
        List<String> left = ContractionPath.summed(
                arrays.stream().map(IndexedArray::indices).toList(), kept);
        for (int k = 0; k < arrays.size(); k++) {
            IndexedArray array = arrays.get(k);
            if (left.get(k).length() < array.indices().length()) {
                IndexedArray sums = IndexedArray.zeros(type, left.get(k), sizes);
                arrays.set(k, sums);
                try (array) {
                    add(array, sums);
                }
            }
        }
    }

    private void multiply(List<IndexedArray> arrays, IndexedArray target, String kept) {
        List<String> indices = arrays.stream().map(IndexedArray::indices).toList();
        List<ContractionStep> steps = ContractionPath.of(indices, kept, sizes);
        PairProduct product = new PairProduct(s, sizes, type);
        // what the output repeats is repeated when all is multiplied
        boolean direct = kept.length() == target.indices().length();
        for (ContractionStep step : steps) {
            boolean last = arrays.size() == indices.size() + steps.size() - 1;
            try (IndexedArray a = arrays.get(step.left());
                    IndexedArray b = arrays.get(step.right())) {
                if (last && direct) {
                    product.into(a, b, target);
                } else {
                    arrays.add(product.of(a, b, step.indices()));
                }
            }
        }
        if (!direct) {
            add(arrays.get(arrays.size() - 1), target);
        }
    }

    /** target += from, summed over what the target has not and repeated along what {@code from} has not. */
    private void add(IndexedArray from, IndexedArray target) {
        String loops = Indices.distinct(target.indices() + from.indices());
        int[] turns =
                loops.chars().map(c -> Math.toIntExact(sizes.size((char) c))).toArray();
        Strides.add(
                s,
                turns,
                from.array(),
                from.layout().strides(loops),
                target.array(),
                target.layout().strides(loops));
    }
}
