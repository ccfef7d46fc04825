package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A contraction planned for one memory layout of its operands, so that only the values are missing. No index has the
 * size 0, and constants are simplified. The constructor records the steps in a {@link ContractionPlan}.
 */
final class ContractionProgram {

    private final ContractionSpec spec;
    private final ContractionSizes sizes;
    private final ContractionPlan plan;
    private final List<IndexLayout> layouts;
    private final List<@Nullable StridedMove> sums = new ArrayList<>();
    private final List<ContractionStep> steps = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();
    private final boolean direct;
    private final @Nullable StridedMove last;
    private final double count;

    ContractionProgram(ContractionSpec spec, ContractionSizes sizes, List<IndexLayout> operands) {
        this.spec = spec;
        this.sizes = sizes;
        this.layouts = new ArrayList<>(operands);
        this.plan = new ContractionPlan(sizes.product(spec.output()), operands.size());
        this.count = sizes.product(Indices.without(spec.ones(), spec.output()));
        IndexLayout target = target();
        String kept = Indices.common(target.indices(), spec.operandIndices());
        // a product cannot repeat values along an index of the output that no operand has; a last move does
        this.direct = operands.size() > 1 && kept.length() == target.indices().length();
        if (operands.size() > 1) {
            sumLoneIndices(kept);
            multiply(kept, target);
        } else if (operands.isEmpty()) {
            layouts.add(IndexLayout.rowMajor("", sizes));
        }
        if (direct) {
            this.last = null;
        } else {
            this.last = new StridedMove(layouts.get(layouts.size() - 1), target, sizes);
            plan.move(layouts.get(layouts.size() - 1).indices(), spec.output());
        }
    }

    /** The layout of the output. An index that deltas tie to others steps along their diagonal. */
    private IndexLayout target() {
        String output = spec.output();
        IndexLayout dense = IndexLayout.of(output, sizes.shape(output), sizes.relevant(output));
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
        return new IndexLayout(free, sizes.shape(free), strides);
    }

    /** Sums, before any product, the indices that neither another operand nor the output has. */
    private void sumLoneIndices(String kept) {
        List<String> left = ContractionPath.summed(
                layouts.stream().map(IndexLayout::indices).toList(), kept);
        for (int k = 0; k < left.size(); k++) {
            IndexLayout from = layouts.get(k);
            boolean lone = left.get(k).length() < from.indices().length();
            IndexLayout to = lone ? IndexLayout.rowMajor(left.get(k), sizes) : from;
            sums.add(lone ? new StridedMove(from, to, sizes) : null);
            layouts.set(k, to);
            if (lone) {
                plan.sum(k, from.indices(), to);
            }
        }
    }

    private void multiply(String kept, IndexLayout target) {
        List<String> indices = layouts.stream().map(IndexLayout::indices).toList();
        for (ContractionStep step : ContractionPath.of(indices, kept, sizes)) {
            steps.add(step);
            boolean intoTarget = direct && steps.size() == indices.size() - 1;
            IndexLayout a = layouts.get(step.left());
            IndexLayout b = layouts.get(step.right());
            PairLayout how = PairLayout.of(a, b, step.indices(), intoTarget ? target : null);
            IndexLayout c = intoTarget ? target : IndexLayout.rowMajor(how.resultIndices(), sizes);
            layouts.add(c);
            plan.product(step, how, a, b, c, intoTarget);
            products.add(Product.of(how, a, b, c, sizes));
        }
    }

    ContractionPlan plan() {
        return plan;
    }

    /** The memory for a run; nothing is allocated yet. */
    RunMemory memory() {
        return new RunMemory(plan.peak() - sizes.product(spec.output()));
    }

    /** Writes the result into an array of the output's shape, whose values are overwritten. */
    void run(RunMemory memory, INDArray output, List<INDArray> operands) {
        Scratch s = memory.scratch();
        DataType type = output.dataType();
        if (!spec.deltas().isEmpty()) {
            // only the diagonal is written
            Vectors.fill(s, output, 0);
        }
        INDArray[] arrays = Arrays.copyOf(operands.toArray(new INDArray[0]), layouts.size());
        boolean[] taken = new boolean[arrays.length];
        try {
            if (operands.isEmpty()) {
                arrays[0] = take(memory, type, 0, taken);
                Vectors.fill(s, arrays[0], 1);
            }
            for (int k = 0; k < sums.size(); k++) {
                StridedMove sum = sums.get(k);
                if (sum != null) {
                    INDArray from = arrays[k];
                    arrays[k] = take(memory, type, k, taken);
                    sum.run(s, from, arrays[k]);
                }
            }
            for (int i = 0; i < products.size(); i++) {
                int result = operands.size() + i;
                boolean intoOutput = direct && i == products.size() - 1;
                arrays[result] = intoOutput ? output : take(memory, type, result, taken);
                int left = steps.get(i).left();
                int right = steps.get(i).right();
                products.get(i).run(memory, arrays[left], arrays[right], arrays[result]);
                giveBack(memory, arrays, taken, left);
                giveBack(memory, arrays, taken, right);
            }
            if (last != null) {
                last.run(s, arrays[arrays.length - 1], output);
            }
            if (count != 1) {
                Vectors.scale(s, count, output);
            }
        } finally {
            for (int k = 0; k < arrays.length; k++) {
                giveBack(memory, arrays, taken, k);
            }
            // the arrays belong to the caller and may be closed before the memory is
            operands.forEach(s::forget);
            s.forget(output);
        }
    }

    private INDArray take(RunMemory memory, DataType type, int k, boolean... taken) {
        INDArray array = memory.take(type, layouts.get(k).length());
        taken[k] = true;
        return array;
    }

    private static void giveBack(RunMemory memory, INDArray[] arrays, boolean[] taken, int k) {
        if (taken[k]) {
            memory.giveBack(arrays[k]);
            taken[k] = false;
        }
    }
}
