package io.jacobi.nn.calculus;

import io.jacobi.nn.math.Scratch;
import io.jacobi.nn.math.Span;
import io.jacobi.nn.math.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A contraction for operands of given shapes. It is planned once for dense operands, and again at each run for operands
 * with other layouts.
 *
 * <p>From the second run on, the memory of a run is kept for the next: one {@link RunMemory} for each thread that runs
 * the contraction at the same time, at most as many as there are processors. The memory of the first run is freed
 * immediately, so a contraction that runs once leaves none to the garbage collector.
 */
final class ReadyContraction {

    /** Larger memory is freed after each run, because allocating it is cheap compared with the computation. */
    private static final long KEPT = 1 << 23;

    private final ContractionSpec spec;
    private final ContractionSizes sizes;
    private final List<long[]> shapes;
    private final long[] outputShape;
    private final boolean isEmptySum;
    private final @Nullable ContractionProgram dense;
    private final Queue<RunMemory> idle =
            new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());
    private volatile boolean again;

    ReadyContraction(ContractionSpec spec, ContractionSizes sizes, INDArray... operands) {
        this.spec = spec;
        this.sizes = sizes;
        // shape() returns the array's own long[], which may change
        this.shapes = Arrays.stream(operands).map(a -> a.shape().clone()).toList();
        this.outputShape = sizes.shape(spec.output());
        this.isEmptySum = sizes.product(spec.indices()) == 0;
        this.dense = isEmptySum || !areDense(operands) ? null : dense(spec, sizes);
    }

    /** The program for dense operands of these sizes, none of which is 0. */
    static ContractionProgram dense(ContractionSpec spec, ContractionSizes sizes) {
        List<IndexLayout> layouts = spec.operands().stream()
                .map(indices -> IndexLayout.of(indices, sizes.shape(indices), sizes.relevant(indices)))
                .toList();
        return new ContractionProgram(spec, sizes, layouts);
    }

    private static boolean areDense(INDArray... operands) {
        return Arrays.stream(operands).allMatch(Span::fits);
    }

    /** Whether these operands have the shapes of this contraction. */
    boolean isFor(INDArray... operands) {
        if (operands.length != shapes.size()) {
            return false;
        }
        for (int k = 0; k < operands.length; k++) {
            if (!Arrays.equals(operands[k].shape(), shapes.get(k))) {
                return false;
            }
        }
        return true;
    }

    long[] outputShape() {
        return outputShape.clone();
    }

    /** Writes the result into a dense array of the output's shape, whose values are overwritten. */
    void run(INDArray output, INDArray... operands) {
        if (output.isEmpty()) {
            return;
        }
        if (isEmptySum) {
            Vectors.fill(new Scratch(), output, 0);
        } else if (dense != null && areDense(operands)) {
            runDense(dense, output, operands);
        } else {
            runAsTheyLie(output, operands);
        }
    }

    private void runDense(ContractionProgram program, INDArray output, INDArray... operands) {
        RunMemory kept = idle.poll();
        RunMemory memory = kept == null ? program.memory() : kept;
        boolean done = false;
        try {
            program.run(memory, output, List.of(operands));
            done = true;
        } finally {
            // after a failure it is unknown which arrays the memory refers to
            boolean keep = done && again && memory.numbers() <= KEPT;
            again = true;
            if (!keep || !idle.offer(memory)) {
                memory.close();
            }
        }
    }

    /** Frees the memory kept for the next run. Memory in use by other threads is left to the garbage collector. */
    void release() {
        for (RunMemory memory = idle.poll(); memory != null; memory = idle.poll()) {
            memory.close();
        }
    }

    private void runAsTheyLie(INDArray output, INDArray... operands) {
        List<IndexedArray> arrays = new ArrayList<>();
        try {
            for (int k = 0; k < operands.length; k++) {
                String indices = spec.operands().get(k);
                arrays.add(IndexedArray.of(operands[k], indices, sizes.relevant(indices)));
            }
            List<IndexLayout> layouts =
                    arrays.stream().map(IndexedArray::layout).toList();
            ContractionProgram program = new ContractionProgram(spec, sizes, layouts);
            try (RunMemory memory = program.memory()) {
                program.run(
                        memory, output, arrays.stream().map(IndexedArray::array).toList());
            }
        } finally {
            arrays.forEach(IndexedArray::close);
        }
    }
}
