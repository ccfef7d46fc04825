package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ContractionPathTest {

    /** The fewest multiplications of all orders: tries every pair first, then the rest in every order. */
    private static long fewest(List<String> arrays, RandomContraction of) {
        if (arrays.size() == 1) {
            return 0;
        }
        long fewest = Long.MAX_VALUE;
        for (int a = 0; a < arrays.size(); a++) {
            for (int b = a + 1; b < arrays.size(); b++) {
                List<String> left = new ArrayList<>(arrays);
                left.remove(b);
                left.remove(a);
                String pair = Indices.distinct(arrays.get(a) + arrays.get(b));
                String needed = String.join("", left) + of.spec.output();
                left.add(Indices.common(pair, needed));
                long own = 1;
                for (long size : of.shape(pair)) {
                    own *= size;
                }
                fewest = Math.min(fewest, own + fewest(left, of));
            }
        }
        return fewest;
    }

    @Test
    void upToSixOperandsNoOrderTakesFewerMultiplications() {
        SplittableRandom random = new SplittableRandom(5);
        int seen = 0;
        while (seen < 150) {
            RandomContraction drawn = RandomContraction.of(random);
            int count = drawn.spec.operands().size();
            if (count > 1 && count <= ContractionPath.EXACT && !drawn.sizes.containsValue(0L)) {
                seen++;
                long[][] shapes =
                        drawn.spec.operands().stream().map(drawn::shape).toArray(long[][]::new);
                List<String> summed = ContractionPath.summed(
                        drawn.spec.operands().stream().map(Indices::distinct).toList(), drawn.spec.output());

                assertThat(Einsum.of(drawn.spec).plan(shapes).multiplications())
                        .as("%s of %s", drawn.spec, drawn.sizes)
                        .isEqualTo(fewest(summed, drawn));
            }
        }
    }

    @Test
    void aChainOfMatricesIsMultipliedFromItsNarrowEnd() {
        Einsum chain = Einsum.of("ij,jk,kl,l->i");
        long[][] shapes = {{100, 100}, {100, 100}, {100, 100}, {100}};

        assertThat(chain.plan(shapes).multiplications()).isEqualTo(3 * 100 * 100);
    }

    @Test
    void sixMatricesAsInTheTextbookTakeTheTextbooksNumber() {
        // Cormen et al., Introduction to Algorithms, 15.2: sizes 30, 35, 15, 5, 10, 20, 25
        long[][] shapes = {{30, 35}, {35, 15}, {15, 5}, {5, 10}, {10, 20}, {20, 25}};

        assertThat(Einsum.of("ij,jk,kl,lm,mn,no->io").plan(shapes).multiplications())
                .isEqualTo(15_125);
    }

    @Test
    void beyondSixTheSmallestResultComesFirst() {
        long[][] shapes = {{2, 9}, {9, 9}, {9, 9}, {9, 9}, {9, 9}, {9, 9}, {9, 2}};
        long fromTheNarrowEnd = 5 * 2 * 9 * 9 + 2 * 9 * 2;

        assertThat(Einsum.of("ij,jk,kl,lm,mn,no,op->ip").plan(shapes).multiplications())
                .isEqualTo(fromTheNarrowEnd);
    }
}
