package io.jacobi.nn.calculus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A contraction drawn at random: up to seven operands of rank up to 4, with indices that repeat, occur once or occur in
 * all operands, and sizes from 0 to 4. The operands are dense, transposed, or views of larger arrays.
 */
final class RandomContraction {

    private static final String LETTERS = "ijklmn";
    private static final int MOST_TERMS = 800;

    final ContractionSpec spec;
    final Map<Character, Long> sizes;
    final List<INDArray> operands = new ArrayList<>();

    private RandomContraction(ContractionSpec spec, Map<Character, Long> sizes, SplittableRandom random) {
        this.spec = spec;
        this.sizes = sizes;
        spec.operands().forEach(indices -> operands.add(drawn(random, shape(indices))));
    }

    static RandomContraction of(SplittableRandom random) {
        while (true) {
            String letters = LETTERS.substring(0, random.nextInt(1, LETTERS.length() + 1));
            Map<Character, Long> sizes = new LinkedHashMap<>();
            letters.chars().forEach(c -> sizes.put((char) c, size(random)));
            List<String> operands = new ArrayList<>();
            int count = random.nextInt(8) == 0 ? 7 : random.nextInt(1, 5);
            for (int k = 0; k < count; k++) {
                StringBuilder indices = new StringBuilder();
                for (int rank = random.nextInt(count > 4 ? 3 : 5); rank > 0; rank--) {
                    indices.append(letters.charAt(random.nextInt(letters.length())));
                }
                operands.add(indices.toString());
            }
            StringBuilder output = new StringBuilder();
            String inputs = Indices.distinct(String.join("", operands));
            for (int i = 0; i < inputs.length(); i++) {
                if (random.nextBoolean()) {
                    output.insert(random.nextInt(output.length() + 1), inputs.charAt(i));
                }
            }
            long terms = inputs.chars()
                    .mapToLong(c -> Objects.requireNonNull(sizes.get((char) c)))
                    .reduce(1, (a, b) -> a * b);
            if (terms <= MOST_TERMS) {
                sizes.keySet().removeIf(index -> !Indices.has(inputs, index));
                return new RandomContraction(ContractionSpec.of(operands, output.toString()), sizes, random);
            }
        }
    }

    private static long size(SplittableRandom random) {
        int drawn = random.nextInt(20);
        return drawn == 0 ? 0 : drawn < 5 ? 1 : drawn < 12 ? 2 : drawn < 17 ? 3 : 4;
    }

    long[] shape(String indices) {
        return indices.chars()
                .mapToLong(c -> Objects.requireNonNull(sizes.get((char) c)))
                .toArray();
    }

    INDArray[] array() {
        return operands.toArray(new INDArray[0]);
    }

    private static INDArray drawn(SplittableRandom random, long... shape) {
        INDArray dense = Examples.uniform(random, shape);
        if (dense.isEmpty() || dense.rank() < 2) {
            return dense;
        }
        int kind = random.nextInt(3);
        if (kind == 0) {
            return dense.dup('f');
        } else if (kind == 1) {
            long[] larger = shape.clone();
            larger[0]++;
            larger[1]++;
            INDArrayIndex[] part = new INDArrayIndex[shape.length];
            Arrays.setAll(part, axis -> NDArrayIndex.interval(axis < 2 ? 1 : 0, larger[axis]));
            return Examples.uniform(random, larger).get(part);
        }
        return dense;
    }
}
