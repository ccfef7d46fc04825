package io.jacobi.nn.calculus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EinsumExplainTest {

    @Test
    void reportsStepsMultiplicationsAndPeakMemory() {
        long[][] shapes = {{10, 1000}, {1000, 10}, {10, 1000}};

        assertThat(Einsum.of("ij,jk,kl->il").explain(shapes)).isEqualTo("""
                        ij,jk,kl->il   i = 10, j = 1000, k = 10, l = 1000
                          result 1 of operand 0 and operand 1: ij,jk->ik, 1 product of matrices 10 x 1000 x 10, 100,000 multiplications
                          result 2 of result 1 and operand 2: ik,kl->il, 1 product of matrices 10 x 10 x 1000, 100,000 multiplications
                        multiplications 200,000
                        peak memory     10,100 numbers, 10,000 of them the result
                        """);
    }

    @Test
    void reportsSumsAndCopies() {
        assertThat(Einsum.of("ijb,bjk->bik").explain(new long[] {20, 30, 4}, new long[] {4, 30, 20}))
                .contains("4 products of matrices 20 x 30 x 20 after copying 2,400 numbers")
                .contains("peak memory     4,000 numbers, 1,600 of them the result");
        assertThat(Einsum.of("ij,k->ik").explain(new long[] {2, 3}, new long[] {5}))
                .contains("operand 0 is summed: ij->i")
                .contains("element by element");
    }

    @Test
    void copiesNothingThatIsStoredAsMatrices() {
        long[] a = {4, 5, 6, 7, 8};
        long[] b = {7, 8, 9, 10, 11};

        assertThat(Einsum.of("ijkmn,mnwyz->ijkwyz").explain(a, b)).contains("1 product of matrices 120 x 56 x 990, ");
        assertThat(Einsum.of("ijkmn,mnwyz->ijkmwyz").explain(a, b)).contains("7 products of matrices 120 x 8 x 990, ");
        assertThat(Einsum.of("ji,kj->ki").explain(new long[] {20, 30}, new long[] {40, 20}))
                .contains("1 product of matrices 30 x 20 x 40, ");
    }

    @Test
    void plansContractionsLargerThanMemory() {
        long[] large = {1_000_000, 1_000_000};

        assertThat(Einsum.of("ij,jk,k->i").explain(large, large, new long[] {1_000_000}))
                .contains("multiplications 2,000,000,000,000")
                .contains("peak memory     2,000,000 numbers, 1,000,000 of them the result");
    }

    @Test
    void needsNoMultiplicationsForAnIndexOfSizeZero() {
        assertThat(Einsum.of("ij,jk->ik").explain(new long[] {2, 0}, new long[] {0, 3}))
                .contains("multiplications 0");
    }
}
